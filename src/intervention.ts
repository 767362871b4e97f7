import type { Context } from 'hono';
import type { Intervention } from './accounts/ports/suspensions.ts';
import { PROBLEMS, refuse, refuseFields } from './apps/endpoints/api-problems.ts';
import type { AppEnv } from './http.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_REASON = 500;

/** What an operator asks to be done to an account. */
export interface Asked {
  readonly account: string;
  readonly by: Intervention;
  /** Further members of the body. */
  readonly member: (name: string) => unknown;
}

/** The account a path names; null when it cannot be one. */
export function accountIn(c: Context<AppEnv>): string | null {
  const account = c.req.param('uuid') ?? '';
  return UUID.test(account) ? account : null;
}

/** The account and the reason an operator gave (O32), or the refusal to answer with: 404, or 422 without a reason. */
export async function readIntervention(c: Context<AppEnv>): Promise<Asked | Response> {
  const account = accountIn(c);
  if (account === null) return refuse(c, PROBLEMS.notFound);
  const body: unknown = await c.req.json().catch(() => null);
  const member = (name: string): unknown =>
    typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  const given = member('reason');
  const reason = typeof given === 'string' ? given.trim() : '';
  if (reason === '' || reason.length > MAX_REASON) {
    const message = `Say why, in at most ${MAX_REASON} characters.`;
    return refuseFields(c, [{ field: 'reason', code: 'reason.missing', message }]);
  }
  return { account, by: { actor: 'api:admin-token', reason, now: c.get('now') }, member };
}
