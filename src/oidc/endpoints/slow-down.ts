import { problemResponse } from '../../kernel/problem.ts';
import { type AppContext, addressKey } from '../../signin/endpoints/visit.tsx';
import type { OidcPorts } from '../ports.ts';

/** NET-6: the answer to an app that asks too often, null for all others. `app` is its uuid, or null where none is named. */
export function slowDown(
  c: AppContext,
  { brake }: Pick<OidcPorts, 'brake'>,
  app: string | null,
): Response | null {
  const wait = brake === null ? null : brake(app, addressKey(c), c.get('now'));
  return wait === null
    ? null
    : problemResponse({
        status: 429,
        id: 'too-many',
        title: 'Too many requests.',
        requestId: c.get('requestId'),
        headers: { 'retry-after': String(wait) },
      });
}
