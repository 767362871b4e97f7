/** What differs between the content security policies of two pages. */
export type PolicyInput = {
  /** A fresh random value for this response; scripts and style sheets carry it. */
  readonly nonce: string;
  /** Where a form of this page may end up besides ourselves, already reduced by `formActionSource` (NET-4). */
  readonly formActionOrigins?: readonly string[] | undefined;
};

/** More than this many is not one app's list of addresses. */
const MAX_SOURCES = 100;

/** A CSP source we are willing to write: a web origin, or the scheme of an app. Nothing that could end a directive. */
const WEB_ORIGIN = /^https?:\/\/[a-z0-9.[\]:_-]+$/i;
const APP_SCHEME = /^(?!(?:https?|wss?|data|blob|javascript|filesystem|about|file):$)[a-z][a-z0-9+.-]*:$/i;

/** All names of one label under a host of our own, as `PIV_HOST` may ask for; never taken from an app. */
const OWN_NAMES = /^https:\/\/\*(?:\.[a-z0-9-]+)+(?::\d{1,5})?$/;

const isSafeSource = (source: string): boolean => WEB_ORIGIN.test(source) || APP_SCHEME.test(source);

/**
 * NET-4: the form of an app's address that `form-action` understands. `http` and `https` become
 * scheme, host and port; any other scheme (an app on a phone) becomes the scheme alone. Undefined if
 * the address cannot be read or would not be safe in a header.
 */
export const formActionSource = (address: string): string | undefined => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) return undefined;
  const source = url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : url.protocol;
  return isSafeSource(source) ? source : undefined;
};

/**
 * NET-3: the content security policy of a page. Scripts and styles only by nonce, nothing embedded, no
 * framing, forms only to ourselves and the given origins. Sources that could break out of the header
 * are dropped; a nonce that could is a bug and throws.
 */
export const contentSecurityPolicy = ({ nonce, formActionOrigins = [] }: PolicyInput): string => {
  if (!/^[A-Za-z0-9+/_-]{16,128}={0,2}$/.test(nonce)) throw new Error('malformed nonce');
  const targets = [...new Set(formActionOrigins)].filter(
    (source) => isSafeSource(source) || OWN_NAMES.test(source),
  );
  return [
    "default-src 'self'",
    "base-uri 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    ["form-action 'self'", ...targets.slice(0, MAX_SOURCES)].join(' '),
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "object-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
  ].join('; ');
};

/** NET-2: the headers of every browser page, its policy included. HSTS lasts one year. */
export const securityHeaders = (input: PolicyInput): Readonly<Record<string, string>> => ({
  'Cache-Control': 'no-store',
  'Content-Security-Policy': contentSecurityPolicy(input),
  Pragma: 'no-cache',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains; preload',
  'X-Content-Type-Options': 'nosniff',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-XSS-Protection': '1; mode=block',
});
