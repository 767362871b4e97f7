import type { SignInAccount } from '../../accounts/model.ts';
import type { FirstUse } from '../../accounts/ports/sign-in-records.ts';
import { userHandleOf } from '../../factors/webauthn/credential.ts';
import { readPrfOutput } from '../../factors/webauthn/prf.ts';
import { readAssertion } from '../../factors/webauthn/read-response.ts';
import { relyingParty } from '../../factors/webauthn/relying-party.ts';
import { verifyAssertion } from '../../factors/webauthn/verify-assertion.ts';
import { SECOND } from '../../kernel/time.ts';
import { formatDuration, translator } from '../../ui/index.ts';
import { type Act, withForm } from './act.tsx';
import { beginSession } from './begin-session.ts';
import { dropPasskeyChallenge, passkeyChallenge } from './passkey-challenge.ts';
import { signInPage } from './sign-in.tsx';
import { unlockAtSignIn } from './unlock-profile.ts';
import { addressKey, appOf, go, type Visit } from './visit.tsx';

/** Whose passkey answered: a user-verified one, of a finished account, with a challenge nobody answered before. */
async function whose(
  visit: Visit,
  form: URLSearchParams,
): Promise<{
  readonly account: SignInAccount;
  readonly use: FirstUse & { readonly kind: 'passkey' };
} | null> {
  const { hall, now } = visit;
  const response = readAssertion(form);
  const challenge = await passkeyChallenge(visit);
  if (response === null || challenge === null) return null;
  const found = await hall.factors.findByCredential(form.get('credential_id') ?? '');
  if (found === null) return null;
  const { held, account } = found;
  const verified = await verifyAssertion(response, held.credential, {
    party: relyingParty(hall.site.origin),
    challenge: challenge.bytes,
    challengeAt: challenge.at,
    userVerification: 'required',
    userHandle: userHandleOf(held.account),
    handleRequired: true,
    now,
  });
  if (!verified.ok || !account.emails.some(({ confirmedAt }) => confirmedAt !== null)) return null;
  return { account, use: { kind: 'passkey', held, used: verified.value } };
}

/**
 * BT-1: signs in with a passkey alone. The gesture proves possession and, because the authenticator verified its user,
 * knowledge or body too: it counts as a phishing-resistant second factor of this session. Failures count nowhere (TR-6)
 * but at the network's limit; a locked account stays locked (FC-2).
 */
export const signInWithPasskey: Act = (arrived) =>
  withForm(
    arrived,
    async (form, visit) => {
      const { hall, c, now } = arrived;
      const app = await appOf(visit);
      const locale = c.get('locale');
      const t = translator(locale);
      const spent = await hall.attempts.spend(`ip:${addressKey(c)}`, ['sign-in-ip'], now);
      if (!spent.allowed) {
        const time = formatDuration(locale, (spent.retryAt - now) / SECOND);
        return signInPage(visit, app, { refusal: t('signin.errors.limited', { time }), status: 429 });
      }
      const found = await whose(visit, form);
      if (found === null)
        return signInPage(visit, app, { refusal: t('webauthn.sign_in.refused'), status: 422 });
      const { account, use } = found;
      const { secondFactorSucceededAt } = account.facts;
      const locked = await hall.attempts.lockedUntil(account.uuid, secondFactorSucceededAt, now);
      if (locked !== null) {
        const time = formatDuration(locale, (locked - now) / SECOND);
        return signInPage(visit, app, { refusal: t('webauthn.sign_in.locked', { time }), status: 429 });
      }
      dropPasskeyChallenge(visit);
      const output = readPrfOutput(form);
      const opener = output === null ? null : ({ kind: 'prf', factor: use.held.factor, output } as const);
      const identity = await unlockAtSignIn(visit, account, opener);
      const next = await beginSession(visit, account, { remembered: false, announce: true, use, identity });
      return next === null
        ? signInPage(visit, app, { refusal: t('webauthn.sign_in.refused'), status: 422 })
        : go(visit, next);
    },
    '/',
  );
