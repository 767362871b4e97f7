import { equalSecrets } from '../../kernel/crypto.ts';
import { readText } from '../../kernel/read-text.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { isOwnOrigin } from './own-origin.ts';
import { csrfOf, type Visit } from './visit.tsx';

/** Bodies of our own forms are small; anything larger is not from our pages. */
const MAX_FORM_BYTES = 64 * 1024;

/** Why a form is not read: it does not belong to this browser, or is larger than any of ours. */
type FormRefusal = { readonly reason: 'form-expired' | 'too-large' };

/**
 * The fields of one of our own forms after its origin, size and CSRF token were checked (HD-2). The first of repeated
 * fields counts, except through `getAll`.
 */
export async function readForm(visit: Visit): Promise<Result<URLSearchParams, FormRefusal>> {
  const { c } = visit;
  const expired = err({ reason: 'form-expired' } as const);
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== 'null' && !isOwnOrigin(origin, visit.hall.site)) return expired;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return expired;
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return expired;
  const text = await readText(c.req.raw, MAX_FORM_BYTES);
  if (text === null) return err({ reason: 'too-large' });
  const form = new URLSearchParams(text);
  return equalSecrets(csrfOf(visit), form.get('csrf') ?? '') ? ok(form) : expired;
}
