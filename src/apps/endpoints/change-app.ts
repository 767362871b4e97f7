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

/** Whether `If-Match` lets an etag pass: it names it, is `*`, or was not sent. */
function isMatched(c: ApiContext, etag: string): boolean {
  const header = c.req.header('If-Match')?.trim() ?? '';
  if (header === '' || header === '*') return true;
  // Networks that compress on the way mark etags as weak.
  const named = header.split(',').map((one) =>
    one
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1'),
  );
  return named.includes(etag);
}

/** M3: whether a request only wants to know what would happen. */
export const isDryRun = (c: ApiContext): boolean => c.req.query('dry_run') === 'true';

/** The answer to a change of a version that `If-Match` does not name (RFC 9110 section 13.1.1); null lets it pass. */
export const refuseStale = (c: ApiContext, app: App): Response | null =>
  isMatched(c, app.etag) ? null : refuse(c, PROBLEMS.stale);

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
 * or with 409, 412, 422. With `?dry_run=true` it only checks and answers 200 with the settings it would store. What is
 * replaced is the version `previous` and no later one, so that two changes cannot undo each other.
 */
export async function writeApp(
  c: ApiContext,
  ports: AdminPorts,
  input: unknown,
  previous: App | null,
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
  const stale = previous === null ? null : refuseStale(c, previous);
  if (stale !== null) return stale;
  const now = c.get('now');
  const taken = () => refuse(c, PROBLEMS.taken, { errors: [fieldError('issuer', 'issuer.taken')] });
  if (isDryRun(c)) {
    if (previous === null && (await ports.registry.byIssuer(checked.value.issuer)) !== null) return taken();
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
    return created.ok ? answerApp(c, created.value, 201) : taken();
  }
  const replaced = await ports.registry.replace(previous.uuid, checked.value, ACTOR, now, previous.etag);
  if (replaced.ok) return answerApp(c, replaced.value);
  return refuse(c, replaced.error.reason === 'stale' ? PROBLEMS.stale : PROBLEMS.notFound);
}
