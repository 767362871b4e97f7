/** What `npm run keys -- ...` asks of the machine interface. */
export interface KeyRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/api/admin/v1`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | null;
}

const REASON_LIMIT = 500;

/**
 * Turns the words of the command line into one request, or a sentence saying what is wrong with them. Every change
 * needs a reason, which goes into the audit trail.
 */
export function keyRequest(
  words: readonly string[],
  options: { readonly reason: string | null; readonly force: boolean },
): { readonly ok: true; readonly request: KeyRequest } | { readonly ok: false; readonly said: string } {
  const [verb, subject, ...rest] = words;
  if (rest.length > 0) return { ok: false, said: `Too many words: ${rest.join(' ')}` };
  if (verb === 'list' && subject === undefined)
    return { ok: true, request: { method: 'GET', path: '/keys', body: null } };
  if (verb === 'roots' && subject === undefined)
    return { ok: true, request: { method: 'GET', path: '/keys/roots', body: null } };
  const path = pathOf(verb, subject);
  if (path === null) return { ok: false, said: 'Say list, roots, rotate oidc, activate KID or retire KID.' };
  const reason = options.reason?.trim() ?? '';
  if (reason === '' || reason.length > REASON_LIMIT) {
    return {
      ok: false,
      said: `--reason is needed, in at most ${REASON_LIMIT} characters: it goes into the audit trail.`,
    };
  }
  return {
    ok: true,
    request: { method: 'POST', path, body: { reason, ...(options.force ? { force: true } : {}) } },
  };
}

function pathOf(verb: string | undefined, subject: string | undefined): string | null {
  if (verb === 'rotate') return subject === 'oidc' ? '/keys/oidc/rotate' : null;
  if (subject === undefined || !/^[A-Za-z0-9._-]{1,128}$/.test(subject)) return null;
  return verb === 'activate' || verb === 'retire' ? `/keys/${subject}/${verb}` : null;
}
