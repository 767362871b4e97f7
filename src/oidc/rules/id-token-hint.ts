import type { UnverifiedJws } from '../wire/jws.ts';

/** Whom an earlier id_token of ours was about. */
export interface IdTokenHint {
  /** `client_id` of the app it was issued to. */
  readonly aud: string;
  readonly sub: string;
}

/**
 * The claims of an `id_token_hint` whose signature the caller has verified with a published key (LGO-6, OIDC Core
 * section 3.1.2.1). Its dates are ignored: a hint is an old token by nature. Null when it is not from this issuer.
 */
export function idTokenHintClaims({ claims }: UnverifiedJws, issuer: string): IdTokenHint | null {
  const { iss, aud, sub } = claims;
  return iss === issuer && typeof aud === 'string' && typeof sub === 'string' ? { aud, sub } : null;
}
