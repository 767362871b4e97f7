import { MAX_PARAMETER_LENGTH } from '../limits.ts';

/**
 * RFC 3986, read strictly. The platform's URL parser repairs what it reads (backslashes become slashes, tabs and
 * newlines vanish, dot segments are walked, hosts are converted), and a repaired URI is not the one that was
 * registered. Here whatever is not in the grammar is not a URI.
 */
export interface UriParts {
  /** Lower case, without the colon. */
  readonly scheme: string;
  /** Null without `//`. */
  readonly authority: {
    readonly userinfo: string | null;
    readonly host: string;
    readonly port: string | null;
  } | null;
  readonly path: string;
  readonly query: string | null;
  readonly fragment: string | null;
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;
const USERINFO = /^[A-Za-z0-9\-._~!$&'()*+,;=:%]*$/;
const REG_NAME = /^[A-Za-z0-9\-._~!$&'()*+,;=%]*$/;
const IP_LITERAL = /^\[[0-9A-Fa-f:.]+\]$/;
const PORT = /^[1-9][0-9]{0,4}$/;
const PATH = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/;
const QUERY = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*$/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** Whether a scheme names a web address. */
export const isWebScheme = (scheme: string): boolean => scheme === 'https' || scheme === 'http';

/** Schemes that run or hold content instead of naming a place; nobody is ever sent to one. */
const NO_PLACE: ReadonlySet<string> = new Set(['javascript', 'data', 'vbscript', 'blob', 'about', 'file']);

const isPlaceScheme = (scheme: string): boolean => !NO_PLACE.has(scheme);

/** Splits an absolute URI (RFC 3986 appendix A); null when it does not follow the grammar, is over-long, or names no
 * place to go. */
export function parseUri(text: string): UriParts | null {
  if (text.length > MAX_PARAMETER_LENGTH || BAD_ESCAPE.test(text)) return null;
  const colon = text.indexOf(':');
  if (colon < 1) return null;
  const scheme = text.slice(0, colon);
  if (!SCHEME.test(scheme)) return null;
  let rest = text.slice(colon + 1);

  let fragment: string | null = null;
  const hash = rest.indexOf('#');
  if (hash !== -1) {
    fragment = rest.slice(hash + 1);
    rest = rest.slice(0, hash);
    if (!QUERY.test(fragment)) return null;
  }
  let query: string | null = null;
  const mark = rest.indexOf('?');
  if (mark !== -1) {
    query = rest.slice(mark + 1);
    rest = rest.slice(0, mark);
    if (!QUERY.test(query)) return null;
  }
  let authority: UriParts['authority'] = null;
  if (rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2);
    authority = parseAuthority(slash === -1 ? rest.slice(2) : rest.slice(2, slash));
    if (authority === null) return null;
    rest = slash === -1 ? '' : rest.slice(slash);
  }
  if (!PATH.test(rest)) return null;
  const lower = scheme.toLowerCase();
  // A web address needs a host (REG-2); browsers would take one from the path.
  if (isWebScheme(lower) && (authority === null || authority.host === '')) return null;
  if (!isPlaceScheme(lower)) return null;
  return { scheme: lower, authority, path: rest, query, fragment };
}

/** Empty ports and leading zeros are in the grammar, but nobody registers them: refused rather than interpreted. */
function parseAuthority(text: string): UriParts['authority'] {
  const sign = text.lastIndexOf('@');
  const userinfo = sign === -1 ? null : text.slice(0, sign);
  if (userinfo !== null && !USERINFO.test(userinfo)) return null;
  const hostPort = text.slice(sign + 1);
  const bracket = hostPort.startsWith('[') ? hostPort.indexOf(']') : -1;
  if (hostPort.startsWith('[') && bracket === -1) return null;
  const colon = hostPort.indexOf(':', bracket === -1 ? 0 : bracket);
  const host = colon === -1 ? hostPort : hostPort.slice(0, colon);
  const port = colon === -1 ? null : hostPort.slice(colon + 1);
  if (port !== null && (!PORT.test(port) || Number(port) > 65_535)) return null;
  if (bracket === -1 ? !REG_NAME.test(host) : !IP_LITERAL.test(host)) return null;
  return { userinfo, host: host.toLowerCase(), port };
}

/**
 * The form in which two URIs are compared (RED-1): scheme and host in lower case, the effective port spelled out, an
 * empty path as `/`. Nothing is decoded, path and query keep their case. Null when the text is not a URI.
 */
export function normaliseUri(text: string): string | null {
  const parts = parseUri(text);
  if (parts === null) return null;
  const { scheme, authority, path, query, fragment } = parts;
  let normal = `${scheme}:`;
  if (authority !== null) {
    const port = authority.port ?? DEFAULT_PORTS[scheme] ?? '';
    const userinfo = authority.userinfo === null ? '' : `${authority.userinfo}@`;
    normal += `//${userinfo}${authority.host}:${port}`;
  }
  normal += path === '' ? '/' : path;
  if (query !== null) normal += `?${query}`;
  if (fragment !== null) normal += `#${fragment}`;
  return normal;
}
