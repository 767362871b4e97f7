import type { TokenFor } from '../../accounts/ports/mailed-links.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { readPersonalKey } from '../../proofing/rules/personal-key.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { notifyWithDisavow } from '../../signin/endpoints/disavow-link.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { ownPath, RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { PersonalKeyChallengePage } from '../pages/personal-key-challenge.tsx';
import { SECOND_FACTOR_LOCK_MS } from '../second-factor-lock.ts';
import { requireChallenge } from './challenge.tsx';
import { factorPassed, successOf } from './factor-passed.ts';
import { lockedOut } from './locked-out.tsx';

/** PK-1: the page, for people whose account still has this method. */
export const showPersonalKeyChallenge: Act = async (visit) => {
  const challenge = await requireChallenge(visit);
  if (challenge instanceof Response) return challenge;
  return challenge.kinds.includes('personal_key')
    ? draw(challenge, undefined)
    : go(visit, '/login/two_factor/options');
};

/**
 * PK-1, FC-1: a personal key as second factor. The try is counted before it is made. The key works once: it is retired by
 * its use, and its owner hears of it.
 */
export const checkPersonalKeyFactor: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const signedIn = await requirePassword(visit);
    if (signedIn instanceof Response) return signedIn;
    const { hall, now, browser } = visit;
    const { handle, state } = signedIn;
    const { methods, secondFactorSucceededAt } = state.facts;
    if (!methods.includes('personal_key')) return go(visit, '/continue');
    const t = translator(visit.c.get('locale'));
    const key = readPersonalKey(form.get('personal_key') ?? '');
    if (!key.ok) return draw(signedIn, t('identity.factor.malformed'));
    const counted = await hall.attempts.secondFactor(state.account, secondFactorSucceededAt, now);
    if (!counted.allowed) return lockedOut(visit, handle, counted.lockedUntil);
    const recorded = await hall.factors.consumePersonalKey(key.value, {
      ...successOf(signedIn),
      disavow: true,
    });
    if (recorded === null) {
      const event = { kind: 'sign_in_unsuccessful_2fa', at: now, browser } as const;
      hall.after(hall.accounts.recordEvent(state.account, event));
      if (counted.left === 0) return lockedOut(visit, handle, now + SECOND_FACTOR_LOCK_MS);
      const wrong = t('identity.factor.wrong');
      const few = counted.left <= NUMBERS['otp.attempts_left_warning'];
      return draw(signedIn, few ? `${wrong} ${t.plural('factors.code.left', counted.left)}` : wrong);
    }
    const back = ownPath(await hall.sessions.openDraft(handle, state, RETURN_DRAFT)) ?? '/continue';
    const left = methods.filter((kind) => kind !== 'personal_key');
    flashNext(visit, { type: 'info', text: t('identity.factor.retired') });
    const passed = await factorPassed(visit, signedIn, {
      method: 'personal_key',
      remember: null,
      changes: [{ kind: 'facts', facts: { methods: left } }],
      next: back,
      recorded,
    });
    if (passed instanceof Response) return passed;
    hall.after(tell(passed.signedIn, recorded.disavowTokens));
    return passed.response;
  });

async function tell({ visit, handle, state }: SignedIn, disavowTokens: TokenFor | null): Promise<void> {
  if (disavowTokens === null) return;
  const { hall, now: at } = visit;
  const { emails } = await profileOf(visit, handle, state);
  await notifyWithDisavow(hall, emails, state.facts.emailLocale, disavowTokens, (disavowUrl) => ({
    kind: 'personal-key-used',
    disavowUrl,
    at,
  }));
}

async function draw({ visit, state }: SignedIn, error: string | undefined): Promise<Response> {
  const app = await appOf(visit);
  return show(
    visit,
    error === undefined ? { app } : { app, status: 422 },
    <PersonalKeyChallengePage
      page={pageOf(visit, { app, state })}
      others={state.facts.methods.length > 1}
      error={error}
    />,
  );
}
