import { toBase64Url } from '../../kernel/bytes.ts';
import { sha256 } from '../../kernel/crypto.ts';
import { type EpochMs, toEpochSeconds } from '../../kernel/time.ts';
import { type ReleaseFacts, type UserinfoClaims, userinfoClaims } from './userinfo.ts';

/** What an id_token says beyond userinfo (IDT-3 to IDT-10). */
export interface IdTokenFacts {
  /** `client_id` */
  readonly audience: string;
  readonly nonce: string;
  /** Random, 22 characters base64url. */
  readonly jti: string;
  readonly accessToken: string;
  readonly code: string;
  readonly now: EpochMs;
  /** End of the browser session that produced it (IDT-9). */
  readonly expiresAt: EpochMs;
  /** Leave the person's attributes to userinfo. */
  readonly slim: boolean;
}

export interface IdTokenClaims extends UserinfoClaims {
  acr: string;
  nonce: string;
  aud: string;
  jti: string;
  at_hash: string;
  c_hash: string;
  exp: number;
  iat: number;
  nbf: number;
}

/** IDT-2 to IDT-12: the userinfo body and what binds it to this exchange. `aud` is a string, dates are integers. */
export function idTokenClaims(release: ReleaseFacts, token: IdTokenFacts): IdTokenClaims {
  const claims = userinfoClaims(token.slim ? { ...release, scopes: [] } : release);
  const now = toEpochSeconds(token.now);
  return {
    ...claims,
    acr: claims.ial,
    nonce: token.nonce,
    aud: token.audience,
    jti: token.jti,
    at_hash: halfHash(token.accessToken),
    c_hash: halfHash(token.code),
    exp: toEpochSeconds(token.expiresAt),
    iat: now,
    nbf: now,
  };
}

/** OIDC Core section 3.1.3.6, IDT-7, IDT-8: the left half of the SHA-256 digest, base64url. */
export const halfHash = (secret: string): string => toBase64Url(sha256(secret).subarray(0, 16));

/** TOK-11: seconds left of the browser session, never negative. */
export const expiresIn = (expiresAt: EpochMs, now: EpochMs): number =>
  Math.max(0, toEpochSeconds(expiresAt) - toEpochSeconds(now));
