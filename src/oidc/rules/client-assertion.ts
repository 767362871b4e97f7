import { err, ok, type Result } from '../../kernel/result.ts';
import { type EpochMs, SECOND } from '../../kernel/time.ts';
import { ASSERTION_IAT_AHEAD_SECONDS, ASSERTION_LEEWAY_SECONDS, MAX_JTI_LENGTH } from '../limits.ts';
import { type JsonObject, readJws, type UnverifiedJws } from '../wire/jws.ts';
import { type TokenFault, tokenFault } from './token-faults.ts';

/** What a verified assertion says beyond who sent it. */
export interface VerifiedAssertion {
  /** Null when it has none that can be remembered. */
  readonly jti: string | null;
  /** Seconds since the epoch. */
  readonly exp: number;
  /** Until when it would be accepted again, leeway included: how long its `jti` has to be remembered. */
  readonly usableUntil: EpochMs;
}

const UNREADABLE = {
  segments: 'assertion-segments',
  encoding: 'assertion-encoding',
  algorithm: 'assertion-algorithm',
  critical: 'assertion-critical',
} as const;

/** Takes an assertion apart: a compact JWS with RS256, nothing else (TOK-5); `kid` and `typ` are ignored. */
export function readClientAssertion(text: string): Result<UnverifiedJws, TokenFault> {
  const jws = readJws(text);
  return jws.ok ? jws : err(tokenFault(UNREADABLE[jws.error.reason]));
}

/** Whose assertion this claims to be: it tells which app's keys to try, nothing more. */
export const claimedIssuer = ({ claims }: UnverifiedJws): string | null =>
  typeof claims.iss === 'string' ? claims.iss : null;

/** Checks one RS256 signature. */
export type VerifySignature<Key> = (
  key: Key,
  signed: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
) => Promise<boolean>;

export interface AssertionExpectations<Key> {
  /** The app's `client_id`. */
  readonly clientId: string;
  /** Keys of its certificates, in registration order; certificate dates play no part (REG-3). */
  readonly keys: readonly Key[];
  readonly audiences: AssertionAudiences;
  readonly now: EpochMs;
  /** The app wants unique ids enforced, so it must send one (TOK-9). */
  readonly jtiRequired: boolean;
  readonly verify: VerifySignature<Key>;
}

/**
 * RFC 7523 section 3, TOK-5 to TOK-9. Every registered key is tried until one fits. When none does, the sentence is
 * the one from the last key tried; audience and `iat` are judged only after signature, issuer and subject.
 */
export async function verifyClientAssertion<Key>(
  assertion: UnverifiedJws,
  expected: AssertionExpectations<Key>,
): Promise<Result<VerifiedAssertion, readonly [TokenFault, ...TokenFault[]]>> {
  const { keys } = expected;
  if (keys.length === 0) return err([tokenFault('invalid-token-signature')]);
  let fitting = -1;
  for (const [index, key] of keys.entries()) {
    if (await expected.verify(key, assertion.signed, assertion.signature)) {
      fitting = index;
      break;
    }
  }
  if (fitting === -1) return err([tokenFault('assertion-signature')]);
  const holder = checkHolder(assertion.claims, expected);
  if (!holder.ok) {
    // The search would have gone on to the keys behind the fitting one, and failed there by signature.
    const last = fitting === keys.length - 1;
    return err([last ? holder.error : tokenFault('assertion-signature')]);
  }
  const faults: TokenFault[] = [];
  if (!namesAudience(assertion.claims.aud, expected.audiences)) {
    faults.push(tokenFault('invalid-aud-claim', expected.audiences.tokenUrl));
  }
  if (!isPastIat(assertion.claims.iat, expected.now)) faults.push(tokenFault('invalid-iat'));
  const jti = readJti(assertion.claims.jti);
  if (jti === null && expected.jtiRequired) faults.push(tokenFault('assertion-jti'));
  const [fault, ...more] = faults;
  return fault === undefined
    ? ok({ jti, exp: holder.value, usableUntil: (holder.value + ASSERTION_LEEWAY_SECONDS) * SECOND })
    : err([fault, ...more]);
}

/**
 * Dates, issuer and subject, the first failure only, in this order. `exp` is required (RFC 7523 section 3) and has no
 * upper bound (TOK-7, FLR-5); it is the value returned.
 */
function checkHolder(
  claims: JsonObject,
  { clientId, now }: { readonly clientId: string; readonly now: EpochMs },
): Result<number, TokenFault> {
  const seconds = now / SECOND;
  const { exp, nbf, iss, sub } = claims;
  if (exp === undefined || exp === null) return err(tokenFault('assertion-no-exp'));
  if (!isDate(exp) || exp + ASSERTION_LEEWAY_SECONDS <= seconds) return err(tokenFault('assertion-expired'));
  if (nbf !== undefined && nbf !== null && (!isDate(nbf) || nbf - ASSERTION_LEEWAY_SECONDS > seconds)) {
    return err(tokenFault('assertion-nbf'));
  }
  if (iss !== clientId) return err(tokenFault('assertion-issuer', clientId, shown(iss)));
  if (sub !== clientId) return err(tokenFault('assertion-subject', clientId, shown(sub)));
  return ok(exp);
}

const isDate = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A received value, cut to what a sentence can bear. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return '<none>';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** TOK-8: optional; a number less than ten seconds ahead. */
const isPastIat = (iat: unknown, now: EpochMs): boolean =>
  iat === undefined || iat === null || (isDate(iat) && iat < now / SECOND + ASSERTION_IAT_AHEAD_SECONDS);

const readJti = (jti: unknown): string | null =>
  typeof jti === 'string' && jti !== '' && jti.length <= MAX_JTI_LENGTH ? jti : null;

/** Whom an assertion may address (TOK-6). */
export interface AssertionAudiences {
  /** As published; the sentence about a wrong audience names it. */
  readonly tokenUrl: string;
  readonly accepted: ReadonlySet<string>;
}

/**
 * TOK-6: the token URL, or the issuer with or without its slash (which the revision of RFC 7523 demands and current
 * libraries send). Nothing else, in particular not other paths of ours.
 */
export const assertionAudiences = (tokenUrl: string, issuer: string): AssertionAudiences => ({
  tokenUrl,
  accepted: new Set([trimSlash(tokenUrl), trimSlash(issuer)]),
});

const trimSlash = (url: string): string => (url.endsWith('/') ? url.slice(0, -1) : url);

function namesAudience(aud: unknown, { accepted }: AssertionAudiences): boolean {
  if (typeof aud === 'string') return accepted.has(trimSlash(aud));
  return (
    Array.isArray(aud) && aud.some((one: unknown) => typeof one === 'string' && accepted.has(trimSlash(one)))
  );
}
