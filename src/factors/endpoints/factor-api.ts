import type { EventKind } from '../../accounts/model.ts';
import { mustReauthenticate } from '../../accounts/rules/reauthentication.ts';
import { readText } from '../../kernel/read-text.ts';
import type { Act } from '../../signin/endpoints/act.tsx';
import { isOwnScript } from '../../signin/endpoints/own-script.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import type { Visit } from '../../signin/endpoints/visit.tsx';
import type { FactorKind } from '../model.ts';
import { type OwnFactor, ownFactor, removeOwn, renameOwn } from './own-factor.ts';

/** Longest body: a name and its field. */
const MAX_BODY_BYTES = 4096;

/** Kinds that can be changed here, and what history calls their removal. */
const REMOVED: Readonly<Partial<Record<FactorKind, EventKind>>> = {
  totp: 'authenticator_disabled',
  security_key: 'webauthn_key_removed',
  platform_passkey: 'webauthn_platform_removed',
  piv: 'piv_cac_disabled',
};

/** Every refusal by its stable id. */
type Refusal =
  | 'invalid_csrf_token'
  | 'recent_authn_required'
  | 'not_found'
  | 'name_missing'
  | 'name_too_long'
  | 'name_taken'
  | 'last_factor'
  | 'only_platform_left';

const answer = (status: number, body: { readonly success: boolean; readonly error?: Refusal }): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  });
const done = (): Response => answer(200, { success: true });
const refuse = (status: 401 | 403 | 404 | 409 | 422, error: Refusal): Response =>
  answer(status, { success: false, error });

/** RA-1: the complete session with a recent second factor; null for everybody else. */
async function recentlySignedIn(visit: Visit): Promise<SignedIn | null> {
  const { hall, handle, now } = visit;
  if (handle === null) return null;
  const asked = await hall.sessions.ask(handle, { now, arrivedAt: now, request: null, code: null });
  if (asked.kind !== 'step' || asked.step.kind !== 'grant') return null;
  const { state } = asked;
  return mustReauthenticate('manage', state.facts.methods.length, state.events, now)
    ? null
    : { visit, handle, state };
}

/** Acts on a factor of one of these kinds; what is not this person's own is not there. */
const own =
  (kinds: readonly FactorKind[], act: (own: OwnFactor) => Promise<Response>): Act =>
  async (visit) => {
    if (!isOwnScript(visit)) return refuse(403, 'invalid_csrf_token');
    const signedIn = await recentlySignedIn(visit);
    if (signedIn === null) return refuse(401, 'recent_authn_required');
    const overview = await visit.hall.accounts.overview(signedIn.state.account);
    const factor = ownFactor(signedIn, overview, kinds, visit.c.req.param('id'));
    return factor === null ? refuse(404, 'not_found') : act(factor);
  };

/** The name in a body `{"name": "..."}`; empty for anything else. */
async function nameIn(visit: Visit): Promise<string> {
  const text = await readText(visit.c.req.raw, MAX_BODY_BYTES);
  try {
    const body: unknown = JSON.parse(text ?? '');
    return typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string'
      ? body.name
      : '';
  } catch {
    return '';
  }
}

/** UR-10, MM-1: `PUT` gives a factor another name. */
export const renameFactor = (kinds: readonly FactorKind[]): Act =>
  own(kinds, async (factor) => {
    const renamed = await renameOwn(factor, await nameIn(factor.signedIn.visit));
    if (renamed.ok) return done();
    const { reason } = renamed.error;
    return reason === 'gone' ? refuse(404, 'not_found') : refuse(422, `name_${reason}`);
  });

/** UR-10, MM-2, MM-3: `DELETE` removes a factor, forgets remembered browsers, and tells every confirmed address. */
export const removeFactor = (kinds: readonly FactorKind[]): Act =>
  own(kinds, async (own) => {
    const event = REMOVED[own.factor.kind];
    if (event === undefined) return refuse(404, 'not_found');
    const removed = await removeOwn(own, event, own.factor.label || null);
    if (removed.ok) return done();
    const { reason } = removed.error;
    return reason === 'unknown_factor' ? refuse(404, 'not_found') : refuse(409, reason);
  });
