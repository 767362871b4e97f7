import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf, shownEmail } from '../../signin/endpoints/session-profile.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { checkNickname } from '../nickname.ts';
import { readOneTimeCode } from '../one-time-code.ts';
import { AuthenticatorSetUpPage, type AuthenticatorSetUpProps } from '../pages/authenticator-set-up.tsx';
import { fromBase32, toBase32 } from '../totp/base32.ts';
import { qrSvg } from '../totp/qr.ts';
import { generateTotpSecret, otpauthUri, verifyTotp } from '../totp/totp.ts';
import { eventOf, methodAdded, requireSetUp } from './set-up.ts';

const SECRET_DRAFT = 'totp';

/** The secret waiting in the session, made at the first visit; a reload keeps it (TO-2). */
async function pendingSecret({ visit, handle, state }: SignedIn): Promise<Uint8Array<ArrayBuffer>> {
  const { hall, now } = visit;
  const kept = await hall.sessions.openDraft(handle, state, SECRET_DRAFT);
  const secret = kept === null ? null : fromBase32(kept);
  if (secret !== null) return secret;
  const made = generateTotpSecret(hall.random);
  const sealed = await hall.sessions.sealDraft(handle, state, SECRET_DRAFT, toBase32(made));
  await hall.sessions.change(handle, now, [{ kind: 'draft', name: SECRET_DRAFT, value: sealed }]);
  return made;
}

async function page(
  signedIn: SignedIn,
  secret: Uint8Array,
  more: Pick<AuthenticatorSetUpProps, 'name' | 'errors'>,
): Promise<Response> {
  const { visit, handle, state } = signedIn;
  const [app, profile] = await Promise.all([appOf(visit), profileOf(visit, handle, state)]);
  const told = pageOf(visit, { app, state });
  const uri = otpauthUri({ issuer: visit.hall.site.brand, account: shownEmail(profile, state), secret });
  const words = { title: told.t('factors.totp.qr'), description: told.t('factors.totp.qr_use') };
  const spaced = (toBase32(secret).match(/.{1,4}/g) ?? []).join(' ');
  const element = <AuthenticatorSetUpPage page={told} qr={qrSvg(uri, words)} secret={spaced} {...more} />;
  return show(visit, more.errors === undefined ? { app } : { app, status: 422 }, element);
}

/** TO-1, TO-2: shows the secret. */
export const showAuthenticatorSetUp: Act = async (visit) => {
  const signedIn = await requireSetUp(visit);
  return signedIn instanceof Response ? signedIn : page(signedIn, await pendingSecret(signedIn), {});
};

const codeError = (visit: Visit, reason: 'malformed' | 'mismatch' | 'replayed'): string =>
  translator(visit.c.get('locale'))(reason === 'malformed' ? 'factors.code.malformed' : 'factors.totp.wrong');

/** Stores the app once a first code proved it. */
export const addAuthenticator: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const signedIn = await requireSetUp(visit);
    if (signedIn instanceof Response) return signedIn;
    const { hall, now, c } = visit;
    const { state } = signedIn;
    const t = translator(c.get('locale'));
    const secret = await pendingSecret(signedIn);
    const typed = form.get('name') ?? '';
    const name = checkNickname(typed, []);
    const code = readOneTimeCode(form.get('code') ?? '');
    const proof = code === null ? null : verifyTotp({ secret, code, now, lastStep: null });
    if (!name.ok || proof === null || !proof.ok) {
      const errors = {
        name: name.ok ? undefined : t(`factors.nickname.${name.error.reason}`),
        code: proof?.ok ? undefined : codeError(visit, proof === null ? 'malformed' : proof.error.reason),
      };
      return page(signedIn, secret, { name: typed, errors });
    }
    const added = await hall.factors.addTotp({
      account: state.account,
      name: name.value,
      secret,
      step: proof.value.step,
      event: eventOf(visit, 'authenticator_enabled'),
    });
    if (!added.ok) {
      if (added.error.reason === 'name_taken') {
        return page(signedIn, secret, { name: typed, errors: { name: t('factors.nickname.taken') } });
      }
      flashNext(visit, { type: 'error', text: t('factors.totp.limit') });
      return go(visit, '/authentication_methods_setup?choose=1');
    }
    flashNext(visit, { type: 'success', text: t('factors.totp.added') });
    return methodAdded(visit, signedIn, {
      kind: 'totp',
      factor: added.value.id,
      method: 'totp',
      name: name.value,
      changes: [{ kind: 'draft', name: SECRET_DRAFT, value: null }],
    });
  });
