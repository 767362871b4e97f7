import type { Context } from 'hono';
import type { AppEnv } from '../../http.ts';
import { isRecord } from '../canonical.ts';
import { showApp } from '../document.ts';
import { fieldError } from '../field-errors.ts';
import { type CheckedLogo, checkLogoDataUrl } from '../logo.ts';
import type { App } from '../model.ts';
import { validateApp } from '../validate.ts';
import { ACTOR, type AdminPorts } from './admin-ports.ts';
import { PROBLEMS, refuse, refuseFields } from './api-problems.ts';

type ApiContext = Context<AppEnv>;

/** `If-Match` names one version; `*` and nothing mean any. Returns the etag it names, or null. */
export function expectedEtag(c: ApiContext): string | null {
  const header = c.req.header('If-Match')?.trim() ?? '';
  if (header === '' || header === '*') return null;
  return header.replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
}

/** An app as a response: its document, `ETag`, and `Location` when it is new. */
export function answerApp(c: ApiContext, app: App, status: 200 | 201 = 200): Response {
  c.header('ETag', `"${app.etag}"`);
  if (status === 201) c.header('Location', `/api/admin/v1/apps/${app.uuid}`);
  return c.json(showApp(app), status);
}

/** A logo sent inside the document is stored first; the document then carries its path. */
function takeLogo(document: unknown): {
  document: unknown;
  logo: CheckedLogo | null;
  refusal: string | null;
} {
  if (!isRecord(document) || typeof document.logo !== 'string' || !document.logo.startsWith('data:')) {
    return { document, logo: null, refusal: null };
  }
  const checked = checkLogoDataUrl(document.logo);
  if (!checked.ok) return { document: { ...document, logo: null }, logo: null, refusal: checked.error };
  return { document: { ...document, logo: checked.value.path }, logo: checked.value, refusal: null };
}

/**
 * Checks a whole app document and writes it: creates when `previous` is null, replaces otherwise. Answers with the app,
 * or with 409, 412, 422. With `?dry_run=true` it only checks and answers 200 with the settings it would store. `basis`
 * is the etag of the version a partial change was computed from, so that two of them cannot undo each other.
 */
export async function writeApp(
  c: ApiContext,
  ports: AdminPorts,
  input: unknown,
  previous: App | null,
  basis: string | null = null,
): Promise<Response> {
  const { document, logo, refusal } = takeLogo(input);
  const checked = validateApp(document, {
    env: ports.env,
    previous,
    ...(ports.ownKeys === undefined ? {} : { ownKeys: ports.ownKeys }),
  });
  const logoErrors = refusal === null ? [] : [fieldError('logo', refusal)];
  if (!checked.ok || logoErrors.length > 0) {
    return refuseFields(c, [...logoErrors, ...(checked.ok ? [] : checked.error)]);
  }
  const now = c.get('now');
  if (c.req.query('dry_run') === 'true') {
    const { uuid, agencyId, createdAt, etag } = previous ?? {
      uuid: '',
      agencyId: '',
      createdAt: now,
      etag: '',
    };
    return c.json(showApp({ ...checked.value, uuid, agencyId, createdAt, updatedAt: now, etag }), 200);
  }
  if (logo !== null) await ports.saveLogo(logo.sha256, logo.type, logo.bytes);

  if (previous === null) {
    const created = await ports.registry.create(checked.value, ACTOR, now);
    if (created.ok) return answerApp(c, created.value, 201);
    return refuse(c, PROBLEMS.taken, { errors: [fieldError('issuer', 'issuer.taken')] });
  }
  const replaced = await ports.registry.replace(
    previous.uuid,
    checked.value,
    ACTOR,
    now,
    expectedEtag(c) ?? basis,
  );
  if (replaced.ok) return answerApp(c, replaced.value);
  return refuse(c, replaced.error.reason === 'stale' ? PROBLEMS.stale : PROBLEMS.notFound);
}
