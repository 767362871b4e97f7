import { sha256Base64Url } from '../../kernel/crypto.ts';
import { type StableDocument, stableDocument } from '../../kernel/stable-document.ts';
import { PUBLIC_CACHE_SECONDS } from '../limits.ts';
import type { OidcPorts, PublicJwk } from '../ports.ts';
import { discoveryDocument } from '../wire/discovery.ts';

/** CFG-7: a week, for everybody. What scripts may read depends on their origin, so caches have to know (NET-1). */
const HEADERS = {
  'cache-control': `max-age=${PUBLIC_CACHE_SECONDS}, public`,
  'content-type': 'application/json; charset=utf-8',
  vary: 'Origin',
} as const;

/** What anybody may fetch of this door, without storage. */
export interface PublishedDocuments {
  /** DSC-1 and its RFC 8414 alias: the same bytes in every language. */
  readonly discovery: () => StableDocument;
  /** JWK-1 to JWK-3: the published keys, the signing one first, from isolate memory. */
  readonly certs: () => Promise<StableDocument>;
}

/** Each document is made when it is first asked for, and again when it has changed. */
export function publishedDocuments(ports: OidcPorts): PublishedDocuments {
  const secure = ports.hall.site.secureCookies;
  const make = (body: string): StableDocument =>
    stableDocument(body, HEADERS, { etag: `"${sha256Base64Url(body).slice(0, 22)}"`, secure });
  let discovery: StableDocument | null = null;
  let certs: { readonly from: readonly PublicJwk[]; readonly document: StableDocument } | null = null;
  return {
    discovery: () => {
      discovery ??= make(discoveryDocument(ports.issuer, ports.docsUrl));
      return discovery;
    },
    certs: async () => {
      const keys = await ports.keys.published();
      if (certs?.from !== keys) certs = { from: keys, document: make(JSON.stringify({ keys })) };
      return certs.document;
    },
  };
}
