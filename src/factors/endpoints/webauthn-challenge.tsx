import type { SecondFactorRecord } from '../../accounts/ports/events.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { ownPath, RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { rememberPreset } from '../../signin/endpoints/remembered-device.ts';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { WebauthnChallengePage } from '../pages/webauthn-challenge.tsx';
import { requestOptions, verificationFor } from '../webauthn/ceremony-options.ts';
import { userHandleOf } from '../webauthn/credential.ts';
import type { WebauthnKind } from '../webauthn/model.ts';
import { answersPrf } from '../webauthn/prf.ts';
import { readAssertion } from '../webauthn/read-response.ts';
import { relyingParty } from '../webauthn/relying-party.ts';
import { verifyAssertion } from '../webauthn/verify-assertion.ts';
import { requireChallenge } from './challenge.tsx';
import { factorPassed, successOf } from './factor-passed.ts';
import { lockedOut } from './locked-out.tsx';
import { challengeToShow, expectedChallenge } from './webauthn-draft.ts';
import { wrapWithPrf } from './wrap-with-prf.ts';

/** Which of the two kinds an address asks for. */
export const askedKind = (visit: Visit): WebauthnKind =>
  visit.c.req.query('platform') === 'true' ? 'platform_passkey' : 'security_key';

const pathOf = (kind: WebauthnKind): string =>
  kind === 'platform_passkey' ? '/login/two_factor/webauthn?platform=true' : '/login/two_factor/webauthn';

async function page(
  signedIn: SignedIn,
  kind: WebauthnKind,
  shown: { readonly others: boolean; readonly remember?: boolean; readonly error?: string },
): Promise<Response> {
  const { visit, state } = signedIn;
  const { hall } = visit;
  const [app, held, challenge] = await Promise.all([
    appOf(visit),
    hall.factors.webauthnCredentials(state.account),
    challengeToShow(signedIn, 'webauthn-get', shown.error !== undefined),
  ]);
  const options = requestOptions({
    party: relyingParty(hall.site.origin),
    challenge,
    credentials: held.filter((one) => one.kind === kind).map(({ credential }) => credential),
    userVerification: verificationFor(kind),
  });
  return show(
    visit,
    shown.error === undefined ? { app } : { app, status: 422 },
    <WebauthnChallengePage
      page={pageOf(visit, { app, state })}
      kind={kind}
      options={options}
      error={shown.error}
      remember={shown.remember ?? rememberPreset(visit, app)}
      others={shown.others}
    />,
  );
}

/** WA-5: the page of a security key or, with `platform=true`, of face and touch unlock. */
export const showWebauthnChallenge: Act = async (visit) => {
  const kind = askedKind(visit);
  const challenge = await requireChallenge(visit);
  if (challenge instanceof Response) return challenge;
  if (!challenge.kinds.includes(kind)) return go(visit, '/login/two_factor/options');
  return page(challenge, kind, { others: challenge.kinds.length > 1 });
};

interface Used {
  readonly kind: WebauthnKind;
  readonly factor: string;
  readonly recorded: SecondFactorRecord;
}

/** The credential that answered, if it is this person's and its answer holds; of several uses at once one is taken. */
async function check(signedIn: SignedIn, form: URLSearchParams): Promise<Used | null> {
  const { visit, state } = signedIn;
  const { hall, now } = visit;
  const response = readAssertion(form);
  const challenge = await expectedChallenge(signedIn, 'webauthn-get');
  if (response === null || challenge === null) return null;
  const credentials = await hall.factors.webauthnCredentials(state.account);
  const held = credentials.find(({ credential }) => credential.id === form.get('credential_id'));
  if (held === undefined) return null;
  const verified = await verifyAssertion(response, held.credential, {
    party: relyingParty(hall.site.origin),
    challenge: challenge.bytes,
    challengeAt: challenge.at,
    userVerification: verificationFor(held.kind),
    userHandle: userHandleOf(state.account),
    handleRequired: false,
    now,
  });
  if (!verified.ok) return null;
  const recorded = await hall.factors.recordSecondUse(held, verified.value, successOf(signedIn));
  return recorded === null ? null : { kind: held.kind, factor: held.factor, recorded };
}

/** WA-5: the answer of a key or device at sign-in. A refused one may be tried again and counts nowhere (TR-6). */
export const checkWebauthn: Act = (visit) => {
  const kind = askedKind(visit);
  return withForm(
    visit,
    async (form) => {
      const signedIn = await requirePassword(visit);
      if (signedIn instanceof Response) return signedIn;
      const { hall, now, browser } = visit;
      const { handle, state } = signedIn;
      const { methods, secondFactorSucceededAt } = state.facts;
      if (!methods.includes(kind)) return go(visit, '/continue');
      const locked = await hall.attempts.lockedUntil(state.account, secondFactorSucceededAt, now);
      if (locked !== null) return lockedOut(visit, handle, locked);
      const remember = form.get('remember_device') === '1';
      const used = await check(signedIn, form);
      if (used === null) {
        hall.after(
          hall.accounts.recordEvent(state.account, { kind: 'sign_in_unsuccessful_2fa', at: now, browser }),
        );
        const error = translator(visit.c.get('locale'))('webauthn.refused');
        return page(signedIn, kind, { others: methods.length > 1, remember, error });
      }
      const passed = await factorPassed(visit, signedIn, {
        method: used.kind,
        recorded: used.recorded,
        remember,
        changes: [{ kind: 'draft', name: 'webauthn-get', value: null }],
        next: ownPath(await hall.sessions.openDraft(handle, state, RETURN_DRAFT)) ?? '/continue',
      });
      if (passed instanceof Response) return passed;
      if (answersPrf(used.kind)) hall.after(wrapWithPrf(passed.signedIn, used.factor, form));
      return passed.response;
    },
    pathOf(kind),
  );
};
