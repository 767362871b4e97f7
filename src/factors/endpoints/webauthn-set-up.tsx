import { describeUserAgent, readUserAgent } from '../../accounts/rules/user-agent.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf, shownEmail } from '../../signin/endpoints/session-profile.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { checkNickname, nameNobodyTook } from '../nickname.ts';
import { WebauthnSetUpPage, type WebauthnSetUpProps } from '../pages/webauthn-set-up.tsx';
import { creationOptions, verificationFor } from '../webauthn/ceremony-options.ts';
import { kindOfTransports, userHandleOf } from '../webauthn/credential.ts';
import type { HeldCredential, WebauthnCredential, WebauthnKind } from '../webauthn/model.ts';
import { answersPrf } from '../webauthn/prf.ts';
import { readRegistration } from '../webauthn/read-response.ts';
import { relyingParty } from '../webauthn/relying-party.ts';
import { verifyRegistration } from '../webauthn/verify-registration.ts';
import { eventOf, methodAdded, requireSetUp } from './set-up.ts';
import { askedKind } from './webauthn-challenge.tsx';
import { challengeToShow, expectedChallenge } from './webauthn-draft.ts';
import { mismatchDraft } from './webauthn-mismatch.tsx';
import { wrapWithPrf } from './wrap-with-prf.ts';

/** Where each kind is set up. */
export const setUpPath = (kind: WebauthnKind): string =>
  kind === 'platform_passkey' ? '/webauthn_setup?platform=true' : '/webauthn_setup';

const ADDED_EVENT = {
  security_key: 'webauthn_key_added',
  platform_passkey: 'webauthn_platform_added',
} as const;

async function page(
  signedIn: SignedIn,
  kind: WebauthnKind,
  more: Pick<WebauthnSetUpProps, 'name' | 'errors'>,
): Promise<Response> {
  const { visit, handle, state } = signedIn;
  const { hall } = visit;
  const refused = more.errors !== undefined;
  const [app, profile, held, challenge] = await Promise.all([
    appOf(visit),
    profileOf(visit, handle, state),
    hall.factors.webauthnCredentials(state.account),
    challengeToShow(signedIn, 'webauthn-create', refused),
  ]);
  const options = creationOptions({
    kind,
    party: relyingParty(hall.site.origin),
    siteName: hall.site.brand,
    challenge,
    userHandle: userHandleOf(state.account),
    userName: shownEmail(profile, state),
    held: held.map(({ credential }) => credential),
  });
  return show(
    visit,
    refused ? { app, status: 422 } : { app },
    <WebauthnSetUpPage page={pageOf(visit, { app, state })} kind={kind} options={options} {...more} />,
  );
}

/** WA-1: the page that adds a security key or, with `platform=true`, face and touch unlock. */
export const showWebauthnSetUp: Act = async (visit) => {
  const signedIn = await requireSetUp(visit);
  return signedIn instanceof Response ? signedIn : page(signedIn, askedKind(visit), {});
};

async function check(
  signedIn: SignedIn,
  kind: WebauthnKind,
  form: URLSearchParams,
): Promise<WebauthnCredential | null> {
  const response = readRegistration(form);
  const challenge = await expectedChallenge(signedIn, 'webauthn-create');
  if (response === null || challenge === null) return null;
  const verified = verifyRegistration(response, {
    party: relyingParty(signedIn.visit.hall.site.origin),
    challenge: challenge.bytes,
    userVerification: verificationFor(kind),
  });
  return verified.ok ? verified.value : null;
}

/**
 * WA-3: a key is called what its owner typed, a device what browser and system are called. A name that is taken gets a
 * number: the key has its credential by now, and would keep it in vain if the form were refused.
 */
function nameFor(
  visit: Visit,
  kind: WebauthnKind,
  typed: string | null,
  held: readonly HeldCredential[],
): string {
  const device = describeUserAgent(readUserAgent(visit.c.req.header('user-agent')));
  const base =
    (kind === 'security_key' ? typed : null) ??
    device ??
    translator(visit.c.get('locale'))('webauthn.unnamed');
  return nameNobodyTook(
    base,
    held.filter((one) => one.kind === kind).map(({ name }) => name),
  );
}

/** Stores the key or passkey the browser made; one of the other kind than was asked for is a matter to talk about (WA-2). */
export const addWebauthn: Act = (visit) => {
  const asked = askedKind(visit);
  const path = setUpPath(asked);
  return withForm(
    visit,
    async (form) => {
      const signedIn = await requireSetUp(visit, path);
      if (signedIn instanceof Response) return signedIn;
      const { hall, c } = visit;
      const { state } = signedIn;
      const t = translator(c.get('locale'));
      const typed = form.get('name') ?? '';
      const nickname = asked === 'security_key' ? checkNickname(typed, []) : null;
      if (nickname !== null && !nickname.ok) {
        return page(signedIn, asked, {
          name: typed,
          errors: { name: t(`factors.nickname.${nickname.error.reason}`) },
        });
      }
      const credential = await check(signedIn, asked, form);
      if (credential === null) {
        return page(signedIn, asked, { name: typed, errors: { ceremony: t('webauthn.refused') } });
      }
      const kind = kindOfTransports(credential.transports);
      const held = await hall.factors.webauthnCredentials(state.account);
      const name = nameFor(visit, kind, nickname?.value ?? null, held);
      const event = eventOf(visit, ADDED_EVENT[kind]);
      const added = await hall.factors.addWebauthn({ account: state.account, kind, name, credential, event });
      if (!added.ok) {
        const errors =
          added.error.reason === 'name_taken'
            ? { name: t('factors.nickname.taken') }
            : { ceremony: t('webauthn.known') };
        return page(signedIn, asked, { name: typed, errors });
      }
      if (answersPrf(kind)) hall.after(wrapWithPrf(signedIn, added.value.id, form));
      const added_text =
        kind === 'security_key' ? 'webauthn.key_set_up.added' : 'webauthn.platform_set_up.added';
      flashNext(visit, { type: 'success', text: t(added_text, { name }) });
      const other = kind !== asked;
      return methodAdded(visit, signedIn, {
        kind,
        factor: added.value.id,
        method: kind,
        name,
        changes: [
          { kind: 'draft', name: 'webauthn-create', value: null },
          ...(other ? [await mismatchDraft(signedIn, added.value.id)] : []),
        ],
        ...(other ? { next: '/webauthn_setup_mismatch' } : {}),
      });
    },
    path,
  );
};
