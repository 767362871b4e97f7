import { isWebScheme, parseUri, type UriParts } from '../wire/uri.ts';

/** Hosts that can stand in a header as they are: no separators of Content-Security-Policy. */
const HEADER_SAFE_HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

function originOfParts({ scheme, authority }: UriParts): string | null {
  if (authority === null || !HEADER_SAFE_HOST.test(authority.host)) return null;
  const port =
    authority.port === null || authority.port === DEFAULT_PORTS[scheme] ? '' : `:${authority.port}`;
  return `${scheme}://${authority.host}${port}`;
}

/**
 * The origin of a URI as browsers write it in `Origin` (RFC 6454 section 6.1): scheme, host and port, the default
 * port left out. Null without a host.
 */
export function originOf(uri: string): string | null {
  const parts = parseUri(uri);
  return parts === null ? null : originOfParts(parts);
}

/** What stands for a URI in `form-action` (NET-4): the origin of a web address, the bare scheme of anything else. */
export function formActionSource(uri: string): string | null {
  const parts = parseUri(uri);
  if (parts === null) return null;
  return isWebScheme(parts.scheme) ? originOfParts(parts) : `${parts.scheme}:`;
}
