import type { MiddlewareHandler } from 'hono';
import { PROBLEMS, refuse, refuseFields } from './apps/endpoints/api-problems.ts';
import { validateApp } from './apps/validate.ts';
import type { AppEnv } from './http.ts';
import { readText } from './kernel/read-text.ts';
import { readSpMetadata } from './saml/wire/read-sp-metadata.ts';
import type { Environment } from './signin/ports.ts';

const MAX_METADATA_BYTES = 512 * 1024;

const MESSAGES = {
  unreadable: 'The document is not plain XML of at most half a megabyte, without DTD.',
  not_service_provider: 'The document does not describe exactly one SAML 2.0 service provider.',
  no_entity_id: 'The service provider has no entityID.',
  no_post_acs: 'The service provider names no AssertionConsumerService with the POST binding.',
  expired: 'The document says that it is not valid any more.',
} as const;

/**
 * `POST /apps/import?format=saml-metadata` (M10): a draft of a registration from a service provider's metadata, with
 * what is still wrong with it. It saves nothing, whatever `dry_run` says; other formats go on to the bundles.
 */
export const samlMetadataImport =
  (env: Environment): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    if (c.req.query('format') !== 'saml-metadata') return next();
    const text = await readText(c.req.raw, MAX_METADATA_BYTES);
    if (text === null) return refuse(c, PROBLEMS.tooLarge);
    const read = readSpMetadata(text, c.get('now'));
    if (!read.ok) {
      const { reason } = read.error;
      return refuseFields(c, [{ field: 'metadata', code: `metadata.${reason}`, message: MESSAGES[reason] }]);
    }
    const { draft, notes } = read.value;
    const checked = validateApp(draft, { env, previous: null });
    return c.json({ dry_run: true, applied: false, draft, notes, errors: checked.ok ? [] : checked.error });
  };
