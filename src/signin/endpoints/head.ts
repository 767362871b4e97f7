import type { AppContext } from './visit.tsx';

/** Whether a request only asks what a GET would say, as link checkers do. */
export const isHead = (c: AppContext): boolean => c.req.method === 'HEAD';

/**
 * What a HEAD hears where the same GET would renew or end a session, store or answer an app's question: that there is
 * something here, and nothing is done (RFC 9110 section 9.3.2 lets headers be left out that depend on doing it).
 */
export const nothingDone = (): Response =>
  new Response(null, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', Pragma: 'no-cache' },
  });
