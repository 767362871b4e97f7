import type { EventKind } from '../../accounts/model.ts';
import { mustReauthenticate } from '../../accounts/rules/reauthentication.ts';
import { readText } from '../../kernel/read-text.ts';
import type { Act } from '../../signin/endpoints/act.tsx';
import { refreshOthers, type SignedIn } from '../../signin/endpoints/hall.ts';
import { isOwnScript } from '../../signin/endpoints/own-script.ts';
import type { Visit } from '../../signin/endpoints/visit.tsx';
import type { FactorKind, FactorSummary } from '../model.ts';
import { checkNickname } from '../nickname.ts';
import { checkRemoval } from '../remove-factor.ts';
import { summaries } from './kinds.ts';
import { eventOf, tellAboutFactor } from './set-up.ts';

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

/** A factor of this person's own, and every method held beside it. */
interface Own {
  readonly signedIn: SignedIn;
  readonly factor: FactorSummary;
  readonly held: readonly FactorSummary[];
}

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
  (kinds: readonly FactorKind[], act: (own: Own) => Promise<Response>): Act =>
  async (visit) => {
    if (!isOwnScript(visit)) return refuse(403, 'invalid_csrf_token');
    const signedIn = await recentlySignedIn(visit);
    if (signedIn === null) return refuse(401, 'recent_authn_required');
    const overview = await visit.hall.accounts.overview(signedIn.state.account);
    const id = visit.c.req.param('id');
    const factor = overview?.factors.find((one) => one.id === id && kinds.includes(one.kind));
    if (overview === null || factor === undefined) return refuse(404, 'not_found');
    // Backup codes count as one method when an account asks whether another is left (MM-2).
    const codes = overview.backupCodesLeft === 0 ? [] : summaries(['backup_codes']);
    return act({ signedIn, factor, held: [...overview.factors, ...codes] });
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
  own(kinds, async ({ signedIn: { visit, state }, factor, held }) => {
    const taken = held
      .filter(({ id, kind }) => kind === factor.kind && id !== factor.id)
      .map(({ label }) => label);
    const name = checkNickname(await nameIn(visit), taken);
    if (!name.ok) return refuse(422, `name_${name.error.reason}`);
    const renamed = await visit.hall.factors.rename(state.account, factor.id, name.value);
    if (renamed.ok) return done();
    return renamed.error.reason === 'gone' ? refuse(404, 'not_found') : refuse(422, 'name_taken');
  });

/** UR-10, MM-2, MM-3: `DELETE` removes a factor, forgets remembered browsers, and tells every confirmed address. */
export const removeFactor = (kinds: readonly FactorKind[]): Act =>
  own(kinds, async ({ signedIn, factor, held }) => {
    const { visit, handle, state } = signedIn;
    const { hall, now } = visit;
    const kind = REMOVED[factor.kind];
    const checked = checkRemoval(held, factor.id);
    if (kind === undefined) return refuse(404, 'not_found');
    if (!checked.ok)
      return checked.error.reason === 'unknown_factor'
        ? refuse(404, 'not_found')
        : refuse(409, checked.error.reason);
    // Two removals at once: the database keeps the last method even if both saw two.
    if (!(await hall.factors.remove(state.account, factor.id, eventOf(visit, kind))))
      return refuse(409, 'last_factor');
    const facts = { kind: 'facts', facts: { methods: await hall.factors.kinds(state.account) } } as const;
    await hall.sessions.change(handle, now, [facts]);
    hall.after(refreshOthers(visit, state.account, [facts]));
    hall.after(tellAboutFactor(signedIn, 'factor-removed', factor.kind, factor.label || null));
    return done();
  });
