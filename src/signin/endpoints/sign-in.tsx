import type { SignInAccount } from '../../accounts/model.ts';
import { readEmailAddress } from '../../accounts/rules/email-address.ts';
import { readUserAgent } from '../../accounts/rules/user-agent.ts';
import { type App, displayName } from '../../apps/model.ts';
import { SECOND } from '../../kernel/time.ts';
import { type Flash, formatDuration, translator } from '../../ui/index.ts';
import { SignInPage, type SignInProps } from '../pages/sign-in.tsx';
import { type Act, withForm } from './act.tsx';
import { appHelp } from './app-help.ts';
import { beginSession } from './begin-session.ts';
import { proceed } from './hall.ts';
import { offerPasskey } from './passkey-challenge.ts';
import { recheckPassword } from './recheck-password.ts';
import { isRemembered } from './remembered-device.ts';
import { pageOf, type Showing, show } from './show-page.ts';
import { keepUpgraded, unlockAtSignIn } from './unlock-profile.ts';
import {
  addressKey,
  adoptRequest,
  appOf,
  clearRequestCookie,
  go,
  loadRequest,
  type Visit,
} from './visit.tsx';

/** Nobody's address is longer; what is will not be echoed or counted in full. */
const LONGEST_EMAIL = 254;
const LIMITS = ['sign-in-session', 'sign-in-email-ip', 'sign-in-user-ip'] as const;

export interface Shown extends Omit<SignInProps, 'page' | 'help' | 'passkey' | 'card'> {
  readonly flashes?: readonly Flash[];
  readonly status?: Showing['status'];
}

/** The sign-in page, whatever led there. */
export async function signInPage(
  visit: Visit,
  app: App | null,
  { flashes, status, ...shown }: Shown,
): Promise<Response> {
  const told = pageOf(visit, { app, ...(flashes === undefined ? {} : { flashes }) });
  const showing = status === undefined ? { app } : { app, status };
  const passkey = await offerPasskey(visit, status !== undefined);
  const help = appHelp(visit, app, 'sign_in');
  const card = visit.hall.cards !== null && !readUserAgent(visit.c.req.header('user-agent')).mobile;
  return show(
    visit,
    showing,
    <SignInPage page={told} help={help} passkey={passkey} card={card} {...shown} />,
  );
}

/** SI-1: the sign-in page. Somebody who is signed in already is sent on. */
export const showSignIn: Act = async (arrived) => {
  const { hall, c, now } = arrived;
  let visit = await adoptRequest(arrived, c.req.query('request_id'));
  if (visit.handle !== null) {
    if ((await hall.sessions.view(visit.handle, now)) !== null) {
      return visit.request === null ? go(visit, '/account') : proceed(visit);
    }
    const why = c.req.query('timeout') === undefined ? await hall.sessions.whyEnded(visit.handle) : null;
    visit.cookies.push(hall.sessions.clearCookie());
    visit = { ...visit, handle: null };
    // SE-2: said at a page of its own address, so that a reload says it again.
    if (why !== null)
      return go(visit, `/?timeout=${why}${visit.request === null ? '' : `&request_id=${visit.request.id}`}`);
  }
  const stored = await loadRequest(visit);
  if (stored === null && visit.request !== null) {
    visit.cookies.push(clearRequestCookie(hall));
    visit = { ...visit, request: null };
  }
  const app = stored === null ? null : await hall.findApp(stored.request.app);
  if (app !== null && !app.active) return go(visit, '/app_inactive');
  const t = translator(c.get('locale'));
  const again = c.req.query('again') === '1' && app !== null;
  return signInPage(visit, app, {
    email: stored?.request.emailHint ?? undefined,
    flashes: again ? [{ type: 'info', text: t('signin.page.again', { app: displayName(app) }) }] : [],
  });
};

/** An account that may sign in with this address: confirmed, and with a password. Anything else is unknown (AE-1). */
const usable = (account: SignInAccount | null): SignInAccount | null =>
  account !== null &&
  account.password !== null &&
  account.emails.some((email) => email.id === account.emailId && email.confirmedAt !== null)
    ? account
    : null;

/** SI-2, SI-3: counts the attempt, compares the password at one cost for everybody (AE-2), opens the session. */
export const signIn: Act = (arrived) =>
  withForm(
    arrived,
    async (form, visit) => {
      const { hall, c, now } = arrived;
      const app = await appOf(visit);
      const t = translator(c.get('locale'));
      const typed = (form.get('email') ?? '').slice(0, LONGEST_EMAIL);
      const password = form.get('password') ?? '';

      const address = readEmailAddress(typed);
      if (!address.ok || password === '') {
        const email = address.ok
          ? undefined
          : t(
              address.error.reason === 'missing'
                ? 'signin.errors.email_missing'
                : 'signin.errors.email_malformed',
            );
        const errors = { email, password: password === '' ? t('signin.errors.password_missing') : undefined };
        return signInPage(visit, app, { email: typed, errors, status: 422 });
      }

      const place = addressKey(c);
      const subject = `email-ip:${address.value}|${place}`;
      const { visitSecret } = visit;
      const limits = ['sign-in-ip', ...LIMITS] as const;
      const spent = await hall.attempts.spend(subject, limits, now, place, null, visitSecret);
      if (!spent.allowed) {
        const time = formatDuration(c.get('locale'), (spent.retryAt - now) / SECOND);
        return signInPage(visit, app, {
          email: typed,
          refusal: t('signin.errors.limited', { time }),
          status: 429,
        });
      }

      const account = usable(await hall.accounts.findByEmail(address.value));
      const verdict = await hall.passwords.verify(account?.uuid ?? null, account?.password ?? null, password);
      if (account === null || !verdict.matches) {
        return signInPage(visit, app, { email: typed, refusal: t('signin.errors.wrong'), status: 422 });
      }

      const [remembered, breached] = await Promise.all([
        isRemembered(visit, account),
        recheckPassword(visit, account, password),
      ]);
      const opener = verdict.dataKey === null ? null : ({ kind: 'password', key: verdict.dataKey } as const);
      const identity = await unlockAtSignIn(visit, account, opener);
      const next = await beginSession(visit, account, { remembered, announce: true, identity, breached });
      if (next === null) {
        return signInPage(visit, app, { email: typed, refusal: t('signin.errors.wrong'), status: 422 });
      }
      hall.after(hall.attempts.clear(subject, LIMITS, place, visitSecret));
      if (verdict.upgraded !== null)
        hall.after(keepUpgraded(visit, account, verdict.upgraded, identity.unlocked));
      return go(visit, next);
    },
    '/',
  );
