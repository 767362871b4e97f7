import type { Context } from 'hono';
import type { Intervention } from './accounts/ports/suspensions.ts';
import { PROBLEMS, refuse, refuseFields } from './apps/endpoints/api-problems.ts';
import type { AppEnv } from './http.ts';
import type { Ceremony } from './platform/keys/signing-keys.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_REASON = 500;
/** Largest body of anything an operator asks for with a reason, in bytes. */
export const MAX_BODY_BYTES = 4096;
const ACTOR = 'api:admin-token';

/** A member of a JSON object, by its name. */
type Member = (name: string) => unknown;

/** What an operator asks to be done to an account. */
export interface Asked {
  readonly account: string;
  readonly by: Intervention;
  /** Further members of the body. */
  readonly member: Member;
}

/** The account a path names; null when it cannot be one. */
export function accountIn(c: Context<AppEnv>): string | null {
  const account = c.req.param('uuid') ?? '';
  return UUID.test(account) ? account : null;
}

/** The members of the JSON in a body; what is empty or no object has none. 400 for what is no JSON. */
async function readMembers(c: Context<AppEnv>): Promise<Member | Response> {
  const text = await c.req.text();
  try {
    const body: unknown = text.trim() === '' ? null : JSON.parse(text);
    return (name) => (typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined);
  } catch {
    return refuse(c, PROBLEMS.unreadable, { detail: 'The body is not JSON.' });
  }
}

/** Who moves a key, why and when (O14), and further members of the body; or the refusal to answer with. */
export async function readCeremony(
  c: Context<AppEnv>,
): Promise<{ readonly by: Ceremony; readonly member: Member } | Response> {
  const member = await readMembers(c);
  if (member instanceof Response) return member;
  const given = member('reason');
  const reason = typeof given === 'string' ? given.slice(0, MAX_REASON) : 'not given';
  return { by: { actor: ACTOR, reason, now: c.get('now') }, member };
}

/** The account and the reason an operator gave (O32), or the refusal to answer with: 404, 400, or 422 without a reason. */
export async function readIntervention(c: Context<AppEnv>): Promise<Asked | Response> {
  const account = accountIn(c);
  if (account === null) return refuse(c, PROBLEMS.notFound);
  const member = await readMembers(c);
  if (member instanceof Response) return member;
  const given = member('reason');
  const reason = typeof given === 'string' ? given.trim() : '';
  if (reason === '' || reason.length > MAX_REASON) {
    const message = `Say why, in at most ${MAX_REASON} characters.`;
    return refuseFields(c, [{ field: 'reason', code: 'reason.missing', message }]);
  }
  return { account, by: { actor: ACTOR, reason, now: c.get('now') }, member };
}
