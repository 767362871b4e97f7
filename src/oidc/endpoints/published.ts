import { sha256Base64Url } from '../../kernel/crypto.ts';
import type { AppContext } from '../../signin/endpoints/visit.tsx';
import type { OidcPorts, PublicJwk } from '../ports.ts';
import { discoveryDocument } from '../wire/discovery.ts';

/** CFG-7: a week, for everybody. */
const CACHE = 'max-age=604800, public';

interface Document {
  readonly body: string;
  readonly etag: string;
}

const makeDocument = (body: string): Document => ({ body, etag: `"${sha256Base64Url(body).slice(0, 22)}"` });

function serve(c: AppContext, { body, etag }: Document): Response {
  const headers = { 'cache-control': CACHE, etag, 'content-type': 'application/json; charset=utf-8' };
  const asked = c.req.header('if-none-match');
  if (
    asked !== undefined &&
    (asked === '*' || asked.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
  ) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(body, { headers });
}

/** DSC-1 and its RFC 8414 alias: the same bytes in every language, without storage. */
export function discovery(ports: OidcPorts): (c: AppContext) => Response {
  let document: Document | null = null;
  return (c) => {
    document ??= makeDocument(discoveryDocument(ports.issuer, ports.docsUrl));
    return serve(c, document);
  };
}

/** JWK-1 to JWK-3: the published keys, the signing one first, from isolate memory. */
export function certs(ports: OidcPorts): (c: AppContext) => Promise<Response> {
  let made: { readonly from: readonly PublicJwk[]; readonly document: Document } | null = null;
  return async (c) => {
    const keys = await ports.keys.published();
    if (made?.from !== keys) made = { from: keys, document: makeDocument(JSON.stringify({ keys })) };
    return serve(c, made.document);
  };
}
