import type { Context, MiddlewareHandler } from 'hono';
import { PROBLEMS, refuse, refuseFields } from './apps/endpoints/api-problems.ts';
import { validateApp } from './apps/validate.ts';
import type { AppEnv } from './http.ts';
import { readText } from './kernel/read-text.ts';
import type { FetchMetadata, FetchRefusal } from './platform/fetch-metadata.ts';
import { readSpMetadata, type SpRefusal } from './saml/wire/read-sp-metadata.ts';
import type { Environment } from './signin/ports.ts';

const MAX_METADATA_BYTES = 512 * 1024;

const MESSAGES: Readonly<Record<SpRefusal['reason'] | FetchRefusal['reason'], string>> = {
  unreadable: 'The document is not plain XML of at most half a megabyte, without DTD.',
  not_service_provider: 'The document does not describe exactly one SAML 2.0 service provider.',
  no_entity_id: 'The service provider has no entityID.',
  no_post_acs: 'The service provider names no AssertionConsumerService with the POST binding.',
  expired: 'The document says that it is not valid any more.',
  unreachable: 'The address did not answer within five seconds.',
  not_found: 'The address did not answer with a document.',
  not_xml: 'The address answered with something other than XML in UTF-8.',
  too_large: 'The document has more than half a megabyte.',
  too_many_redirects: 'The address redirects too often.',
  'url.wildcard': 'An address to fetch from has no wildcard.',
  'url.invalid': 'This is not an absolute URL without user, fragment and backslash.',
  'url.scheme': 'The address must begin with https.',
  'url.host': 'The host of the address is not a name.',
  'url.localhost': 'This environment does not fetch from localhost.',
  'url.https': 'The address must begin with https.',
  'url.port': 'The address must use the standard port.',
  'url.private': 'The address must be a host name that the public internet can reach.',
};

/**
 * `POST /apps/import?format=saml-metadata` (M10): a draft of a registration from a service provider's metadata, with
 * what is still wrong with it. The body is the document, or as JSON `{"metadata_url": "https://…"}` where to fetch it
 * once. It saves nothing, whatever `dry_run` says; other formats go on to the bundles.
 */
export const samlMetadataImport =
  (env: Environment, fetchMetadata: FetchMetadata): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    if (c.req.query('format') !== 'saml-metadata') return next();
    const body = await readText(c.req.raw, MAX_METADATA_BYTES);
    if (body === null) return refuse(c, PROBLEMS.tooLarge);
    const isAddress = /^application\/json\b/i.test(c.req.header('content-type') ?? '');
    const url = isAddress ? addressIn(body) : null;
    if (isAddress && url === null) return refuse(c, PROBLEMS.unreadable);
    const text = url === null ? null : await fetchMetadata(url);
    if (text !== null && !text.ok) return refuseBecause(c, 'metadata_url', text.error.reason);
    const read = readSpMetadata(text === null ? body : text.value, c.get('now'));
    if (!read.ok) return refuseBecause(c, 'metadata', read.error.reason);
    const { notes } = read.value;
    const draft = url === null ? read.value.draft : { ...read.value.draft, metadata_url: url };
    const checked = validateApp(draft, { env, previous: null });
    return c.json({ dry_run: true, applied: false, draft, notes, errors: checked.ok ? [] : checked.error });
  };

const refuseBecause = (
  c: Context<AppEnv>,
  field: 'metadata' | 'metadata_url',
  reason: keyof typeof MESSAGES,
): Response => refuseFields(c, [{ field, code: `${field}.${reason}`, message: MESSAGES[reason] }]);

function addressIn(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('metadata_url' in parsed)) return null;
    return typeof parsed.metadata_url === 'string' ? parsed.metadata_url.trim() : null;
  } catch {
    return null;
  }
}
