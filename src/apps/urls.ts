import { err, ok, type Result } from '../kernel/result.ts';
import { type Environment, isLive } from './environment.ts';

/** Why a URL is refused; the last part of the field error's code. */
export type UrlRefusal =
  | 'url.invalid'
  | 'url.wildcard'
  | 'url.scheme'
  | 'url.host'
  | 'url.localhost'
  | 'url.https'
  | 'url.port'
  | 'url.private';

/**
 * What a URL is for. `redirect`: the browser goes there, custom schemes welcome; `web`: the browser goes there by http;
 * `server`: we call it ourselves, so it must be public.
 */
export type UrlKind = 'redirect' | 'web' | 'server';

const MAX_LENGTH = 2000;
/** Rule 3: a prefix, so that `ftps` and `ldapi` fall too. */
const REFUSED_PREFIXES = ['ftp', 'sftp', 'ldap', 'file', 'mailto'];
/** Rule 3: schemes that run code, hold their own content or never leave the browser. */
const REFUSED_SCHEMES = new Set([
  'javascript',
  'data',
  'vbscript',
  'blob',
  'about',
  'ws',
  'wss',
  'intent',
  'view-source',
  'filesystem',
]);
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const AUTHORITY = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?]*)/;
const HOST = /^[A-Za-z0-9._-]+$/;
/** RFC 3986 section 2. The platform's parser takes more, which could be registered and would never match (RED-1). */
const SPELLED = /^(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
const ODD_PORT = /:(?![1-9][0-9]{0,4}$)/;
/** White space and control characters would be dropped or rewritten by URL parsers. */
const UNSAFE = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\p{Cf}]/u;

interface Parts {
  readonly scheme: string;
  /** Host as written, empty for schemes without one. */
  readonly host: string;
  readonly port: string;
}

/** Reads the written text, not a parser's repair of it: what is compared at sign-in is the text. */
function parts(text: string): Parts | null {
  const scheme = SCHEME.exec(text)?.[1];
  if (scheme === undefined) return null;
  const authority = AUTHORITY.exec(text)?.[1] ?? '';
  const colon = authority.lastIndexOf(':');
  return colon === -1
    ? { scheme: scheme.toLowerCase(), host: authority, port: '' }
    : { scheme: scheme.toLowerCase(), host: authority.slice(0, colon), port: authority.slice(colon + 1) };
}

const isWeb = (scheme: string): boolean => scheme === 'http' || scheme === 'https';

/** Rule 6: whether a URL points at the developer's own machine. */
export function isLocalhost(url: string): boolean {
  const found = parts(url);
  if (found === null) return false;
  // The parser knows other spellings of an address, such as 0x7f.1.
  const host = `${found.host.toLowerCase()} ${isWeb(found.scheme) && URL.canParse(url) ? new URL(url).hostname : ''}`;
  return host.includes('localhost') || host.includes('127.0.0') || found.scheme === 'localhost';
}

/** Names that only a private network resolves, and addresses in place of names. */
const isPrivateHost = (host: string): boolean =>
  !host.replace(/\.$/, '').includes('.') ||
  /\.(local|localhost|internal|intranet|lan|home|corp|test|invalid|example|onion|arpa)\.?$/i.test(host) ||
  /^[0-9.]+$/.test(host);

/**
 * Checks one URL (portal-and-operations 1.5 rules 1 to 5): its form, scheme and host, the same in every environment.
 * Takes text that is already trimmed; returns it unchanged.
 */
export function checkUrl(text: string, kind: UrlKind): Result<string, UrlRefusal> {
  if (text.includes('*')) return err('url.wildcard');
  if (text.length > MAX_LENGTH || UNSAFE.test(text)) return err('url.invalid');
  const found = parts(text);
  if (found === null || /[#\\<>"]/.test(text) || !URL.canParse(text)) return err('url.invalid');
  if (
    REFUSED_SCHEMES.has(found.scheme) ||
    REFUSED_PREFIXES.some((prefix) => found.scheme.startsWith(prefix))
  ) {
    return err('url.scheme');
  }
  if (found.host.includes('@')) return err('url.invalid');
  if (isWeb(found.scheme)) {
    if (!HOST.test(found.host)) return err('url.host');
  } else if (kind !== 'redirect') return err('url.scheme');
  const spelled = kind !== 'redirect' || SPELLED.test(text);
  return spelled && !ODD_PORT.test(AUTHORITY.exec(text)?.[1] ?? '') ? ok(text) : err('url.invalid');
}

/**
 * Checks what the environment adds (1.5 rules 6, 7 and 11; table of section 2): localhost, http and odd ports are for
 * development only, and an address we call ourselves is public wherever we run on the internet. Apply it to changed
 * values only, so that an app registered under older rules can still be edited.
 */
export function checkUrlHere(
  url: string,
  kind: UrlKind,
  environment: Environment,
): Result<string, UrlRefusal> {
  const found = parts(url);
  if (found === null) return err('url.invalid');
  const deployed = environment !== 'local' && environment !== 'test';
  const strict = isLive(environment) || (kind === 'server' && deployed);
  if (!strict) return ok(url);
  if (isLocalhost(url)) return err('url.localhost');
  if (!isWeb(found.scheme)) return ok(url);
  if (found.scheme !== 'https') return err('url.https');
  if (found.port !== '' && found.port !== '443') return err('url.port');
  // The parser's host: it writes 0x7f.1 and 2130706433 as what they are.
  if (kind === 'server' && isPrivateHost(new URL(url).hostname)) return err('url.private');
  return ok(url);
}

/** Rule 1: trimmed, without blanks and exact repetitions, in the order given. */
export const tidyUrls = (urls: readonly string[]): string[] => [
  ...new Set(urls.map((url) => url.trim()).filter((url) => url !== '')),
];

/** Scheme, host and port of a web URL, lower-cased, without the default port (NET-1); null for any other scheme. */
export function originOf(url: string): string | null {
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined || !isWeb(scheme) || !URL.canParse(url)) return null;
  return new URL(url).origin;
}
