import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { SECOND } from '../../kernel/time.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { ownPath, RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { rememberPreset } from '../../signin/endpoints/remembered-device.ts';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { ONE_TIME_CODE_LIFETIME_MS, readOneTimeCode } from '../one-time-code.ts';
import { PhoneCodePage } from '../pages/phone-code.tsx';
import { canReach, capabilityOf } from '../phone/capabilities.ts';
import { choosePhone } from '../phone/choose-phone.ts';
import { maskNumber } from '../phone/mask-number.ts';
import { type Channel, isChannel } from '../phone/model.ts';
import { SECOND_FACTOR_LOCK_MS } from '../second-factor-lock.ts';
import { requireChallenge } from './challenge.tsx';
import { deliverCode, FAILURE_WORDS } from './deliver-code.ts';
import { factorPassed } from './factor-passed.ts';
import { lockedOut } from './locked-out.tsx';
import { forgetWaiting, secondsLeft, type WaitingCode, waitingCode } from './phone-draft.ts';
import { useOf } from './send-code.ts';

/** A code that comes again this soon after it was right is the same click. */
const SENT_TWICE_MS = 10 * SECOND;

const pathOf = (channel: Channel): string => `/login/two_factor/${channel}`;

/** Whether a confirmed number of this country can get codes this way. */
export const reaches = ({ hall }: Visit, country: string, channel: Channel): boolean => {
  const capability = capabilityOf(country, hall.phoneService?.countries ?? null);
  return capability !== null && canReach(capability, channel, true);
};

/** What became of a code after it left: the telephone company calls back, and the next view of the page says so. */
async function failureOf({ hall, now }: Visit, waiting: WaitingCode): Promise<WaitingCode['failure']> {
  if (waiting.failure !== null || waiting.channel === 'voice' || waiting.sentAt === now)
    return waiting.failure;
  const news = await hall.phones.news(waiting.number);
  return news?.failedAt != null && news.failedAt >= waiting.sentAt ? news.failure : null;
}

async function page(
  signedIn: SignedIn,
  waiting: WaitingCode,
  told: { readonly error?: string; readonly remember?: boolean },
): Promise<Response> {
  const { visit, state } = signedIn;
  const t = translator(visit.c.get('locale'));
  const app = await appOf(visit);
  const failure = told.error === undefined ? await failureOf(visit, waiting) : null;
  const other: Channel = waiting.channel === 'sms' ? 'voice' : 'sms';
  const element = (
    <PhoneCodePage
      page={pageOf(visit, { app, state })}
      use="sign_in"
      channel={waiting.channel}
      number={maskNumber(waiting.number)}
      otherChannel={reaches(visit, waiting.country, other)}
      failure={failure === null ? null : t(FAILURE_WORDS[failure])}
      error={told.error}
      secondsLeft={secondsLeft(waiting, visit.now)}
      remember={told.remember ?? rememberPreset(visit, app)}
      // Other phones, other methods, and at least the way out of having lost them all.
      others
    />
  );
  return show(visit, told.error === undefined ? { app } : { app, status: 422 }, element);
}

const isOver = (waiting: WaitingCode, now: number): boolean =>
  now - waiting.sentAt >= ONE_TIME_CODE_LIFETIME_MS;

/** Whether another method was used after the code was sent: then it belongs to a sign-in that is over. */
const isPassed = ({ state }: SignedIn, { sentAt }: WaitingCode): boolean =>
  state.events.some(({ method, at }) => method !== 'password' && at > sentAt);

/**
 * `/login/two_factor/sms` and `/voice`: the page for the code. At the first view of a sign-in the code is sent, to the
 * default phone or the newest (PH-5); later views send nothing.
 */
export const showPhoneChallenge =
  (channel: Channel): Act =>
  async (visit) => {
    const challenge = await requireChallenge(visit);
    if (challenge instanceof Response) return challenge;
    if (!challenge.kinds.includes('phone')) return go(visit, '/login/two_factor/options');
    const waiting = await waitingCode(challenge, 'sign_in');
    if (waiting !== null && !isPassed(challenge, waiting)) {
      if (waiting.channel !== channel) return go(visit, pathOf(waiting.channel));
      const t = translator(visit.c.get('locale'));
      return isOver(waiting, visit.now)
        ? page(challenge, waiting, { error: t('phone.code.expired') })
        : page(challenge, waiting, {});
    }
    const phone = choosePhone(await visit.hall.phones.list(challenge.state.account), null);
    if (phone === null) return go(visit, '/login/two_factor/options');
    const wanted: Channel = channel === 'voice' ? 'voice' : phone.delivery;
    const used = reaches(visit, phone.country, wanted) ? wanted : 'sms';
    const sent = await deliverCode(
      challenge,
      { purpose: 'sign_in', number: phone.number, country: phone.country, channel: used },
      phone.id,
    );
    if (sent instanceof Response) return sent;
    return used === channel ? page(challenge, sent, {}) : go(visit, pathOf(used));
  };

/** The code that was sent, at sign-in or when asked again. Counted before it is compared (FC-1). */
export const checkPhoneCode: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const signedIn = await requirePassword(visit);
    if (signedIn instanceof Response) return signedIn;
    const { hall, now, browser } = visit;
    const { handle, state } = signedIn;
    const { facts, account, events } = state;
    if (!facts.methods.includes('phone')) return go(visit, '/continue');
    const waiting = await waitingCode(signedIn, 'sign_in');
    // Sent twice by one impatient person: the first time was right, in this very session.
    if (waiting === null) {
      const twice = events.some(({ method, at }) => isChannel(method) && now - at < SENT_TWICE_MS);
      return go(visit, twice ? '/continue' : '/login/two_factor/sms');
    }
    const t = translator(visit.c.get('locale'));
    const remember = form.get('remember_device') === '1';
    const code = readOneTimeCode(form.get('code') ?? '');
    if (code === null) return page(signedIn, waiting, { error: t('factors.code.malformed'), remember });
    const checked = await hall.attempts.checkCode(
      account,
      code,
      useOf(signedIn, waiting),
      facts.secondFactorSucceededAt,
      now,
    );
    if (!checked.allowed) return lockedOut(visit, handle, checked.lockedUntil);
    if (checked.verdict !== 'right') {
      hall.after(hall.accounts.recordEvent(account, { kind: 'sign_in_unsuccessful_2fa', at: now, browser }));
      if (checked.left === 0) return lockedOut(visit, handle, now + SECOND_FACTOR_LOCK_MS);
      const wrong = t(checked.verdict === 'expired' ? 'phone.code.expired' : 'factors.code.wrong');
      const few = checked.left <= NUMBERS['otp.attempts_left_warning'];
      const error = few ? `${wrong} ${t.plural('factors.code.left', checked.left)}` : wrong;
      return page(signedIn, waiting, { error, remember });
    }
    // Removed after the code left, as a lost phone is: then it vouches for nobody, whatever other phones there are (MM-3).
    const phones = await hall.phones.list(account);
    if (!phones.some(({ id, number }) => id === waiting.phone && number === waiting.number)) {
      await hall.sessions.change(handle, now, [forgetWaiting('sign_in')]);
      return go(visit, '/login/two_factor/options');
    }
    const next = ownPath(await hall.sessions.openDraft(handle, state, RETURN_DRAFT)) ?? '/continue';
    const passed = await factorPassed(visit, signedIn, {
      method: waiting.channel,
      remember,
      changes: [forgetWaiting('sign_in')],
      next,
      ...(waiting.phone === null ? {} : { used: waiting.phone }),
    });
    return passed instanceof Response ? passed : passed.response;
  });
