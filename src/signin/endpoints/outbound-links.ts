import type { Site } from '../ports.ts';
import type { Act } from './act.tsx';
import { go } from './visit.tsx';

/**
 * UR-9: addresses that help articles and old links have for pages of the operator. 302 to the configured page, or to our
 * first page where there is none.
 */
export const outbound =
  (link: keyof Site['links']): Act =>
  (visit) => {
    const address = visit.hall.site.links[link];
    if (address === undefined) return go(visit, '/');
    const headers = new Headers({ Location: address, 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    for (const line of visit.cookies) headers.append('Set-Cookie', line);
    return new Response(null, { status: 302, headers });
  };
