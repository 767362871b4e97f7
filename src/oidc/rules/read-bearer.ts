import { err, ok, type Result } from '../../kernel/result.ts';

/** Why a userinfo request is not served (UIN-3); also the anchor in the documentation. */
export type UserinfoRefusal = 'no-auth-header' | 'malformed-auth-header' | 'auth-header-contents-not-found';

/**
 * RFC 6750 section 2.1, UIN-1: the token of an `Authorization` header. The scheme word is case-sensitive here; tokens
 * in query or body are never read (RFC 9700 section 4.3.2).
 */
export function readBearer(authorization: string | null): Result<string, UserinfoRefusal> {
  if (authorization === null || authorization === '') return err('no-auth-header');
  if (!authorization.startsWith('Bearer ')) return err('malformed-auth-header');
  const token = authorization.slice(7);
  return token === '' || token.includes(' ') || token.includes(',')
    ? err('malformed-auth-header')
    : ok(token);
}
