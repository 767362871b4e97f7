import { utf8 } from './bytes.ts';

/** RFC 6797: what every answer of a site on https carries. */
export const STRICT_TRANSPORT_SECURITY = 'max-age=31536000; includeSubDomains; preload';

/** A document that is the same for everybody, encoded once and sent any number of times. */
export interface StableDocument {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Built once too: making headers is most of what sending a small document costs. */
  readonly headers: Headers;
  /** With its quotes; null for a document that is not to be compared. */
  readonly etag: string | null;
}

/** A document with its headers; with `etag` that header as well. On a `secure` site also strict transport security. */
export function stableDocument(
  body: string,
  fields: Readonly<Record<string, string>>,
  options: { readonly etag: string | null; readonly secure: boolean },
): StableDocument {
  const headers = new Headers(fields);
  if (options.etag !== null) headers.set('etag', options.etag);
  if (options.secure) headers.set('strict-transport-security', STRICT_TRANSPORT_SECURITY);
  return { bytes: utf8(body), headers, etag: options.etag };
}

const names = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch === etag ||
  ifNoneMatch === '*' ||
  ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

/** The document, or 304 without a body for somebody whose `If-None-Match` names it (RFC 9110 section 13.1.2). */
export function sendDocument(document: StableDocument, ifNoneMatch: string | null): Response {
  const { bytes, headers, etag } = document;
  return ifNoneMatch !== null && etag !== null && names(ifNoneMatch, etag)
    ? new Response(null, { status: 304, headers })
    : new Response(bytes, { headers });
}
