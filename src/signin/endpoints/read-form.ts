import { equalSecrets } from '../../kernel/crypto.ts';
import { readText } from '../../kernel/read-text.ts';
import { isOwnOrigin } from './own-origin.ts';
import { csrfOf, type Visit } from './visit.tsx';

/** Bodies of our own forms are small; anything larger is not from our pages. */
const MAX_FORM_BYTES = 64 * 1024;

/**
 * The fields of one of our own forms after its origin and CSRF token were checked (HD-2); null when they do not
 * belong to this browser. Oversize bodies count as foreign. The first of repeated fields counts, except through `getAll`.
 */
export async function readForm(visit: Visit): Promise<URLSearchParams | null> {
  const { c } = visit;
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== 'null' && !isOwnOrigin(origin, visit.hall.site)) return null;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return null;
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return null;
  const text = await readText(c.req.raw, MAX_FORM_BYTES);
  if (text === null) return null;
  const form = new URLSearchParams(text);
  return equalSecrets(csrfOf(visit), form.get('csrf') ?? '') ? form : null;
}
