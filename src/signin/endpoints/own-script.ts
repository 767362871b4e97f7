import { equalSecrets } from '../../kernel/crypto.ts';
import { isOwnOrigin } from './own-origin.ts';
import { csrfOf, type Visit } from './visit.tsx';

/** Whether a script of our own pages asks: same origin, and the CSRF token of this browser in `X-CSRF-Token` (HD-2). */
export function isOwnScript(visit: Visit): boolean {
  const { c, hall } = visit;
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  return (
    (origin === undefined || isOwnOrigin(origin, hall.site)) &&
    (site === undefined || site === 'same-origin') &&
    equalSecrets(csrfOf(visit), c.req.header('x-csrf-token') ?? '')
  );
}
