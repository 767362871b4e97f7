import { PREFLIGHT_MAX_AGE_SECONDS } from '../limits.ts';

/** How an endpoint lets itself be called from scripts (NET-1). */
export interface CorsPolicy {
  readonly methods: 'GET' | 'POST, OPTIONS';
  readonly credentials: boolean;
}

/** Discovery, certs, userinfo. */
export const READ_CORS: CorsPolicy = { methods: 'GET', credentials: false };
export const TOKEN_CORS: CorsPolicy = { methods: 'POST, OPTIONS', credentials: true };

/** Answers depend on the origin, also when it is refused: caches have to know. */
const REFUSED = { vary: 'Origin' } as const;

const ORIGIN =
  /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._-]+(?::[0-9]{1,5})?$|^https?:\/\/\[[0-9a-f:.]+\](?::[0-9]{1,5})?$/;
const HEADER_NAMES = /^[A-Za-z0-9!#$%&'*+.^_`|~, -]*$/;
const MAX_HEADER_NAMES_LENGTH = 1024;

/** The origin to look up among registered ones, or null when CORS is no matter here: no origin, ours, or none at all. */
export const foreignOrigin = (origin: string | null, ownOrigin: string): string | null =>
  origin === null || origin === ownOrigin || origin.length > 300 || !ORIGIN.test(origin) ? null : origin;

/**
 * NET-1: headers for an answer to `origin`, which is `foreignOrigin`'s result if it is registered, otherwise null.
 * `requestedHeaders` is `Access-Control-Request-Headers`; names that are no header names are not echoed.
 */
export function corsHeaders(
  origin: string | null,
  policy: CorsPolicy,
  requestedHeaders: string | null,
): Readonly<Record<string, string>> {
  if (origin === null) return REFUSED;
  const headers: Record<string, string> = {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-methods': policy.methods,
    'access-control-expose-headers': '',
    'access-control-max-age': String(PREFLIGHT_MAX_AGE_SECONDS),
  };
  if (policy.credentials) headers['access-control-allow-credentials'] = 'true';
  if (
    requestedHeaders !== null &&
    requestedHeaders.length <= MAX_HEADER_NAMES_LENGTH &&
    HEADER_NAMES.test(requestedHeaders)
  ) {
    headers['access-control-allow-headers'] = requestedHeaders;
  }
  return headers;
}
