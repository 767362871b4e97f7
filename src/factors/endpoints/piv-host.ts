import type { RequestContext } from '../../http.ts';
import { problemResponse } from '../../kernel/problem.ts';
import { SECOND } from '../../kernel/time.ts';
import { addressKey } from '../../signin/endpoints/visit.tsx';
import type { HallPorts } from '../../signin/ports.ts';
import { localizedPath } from '../../ui/index.ts';
import { findingName, writeFinding } from '../piv/card-token.ts';
import { type CardTicket, RETURN_PATHS, readTicket } from '../piv/ticket.ts';

/** The only page of the host on which cards are presented. */
export const CHECK_PATH = '/check';
const TAG_NAME = 'card-ticket';

/** The tag of an errand. */
export const ticketTag = (hall: HallPorts) => (text: string) => hall.cookies.tag(TAG_NAME, text);

/** Whether an address belongs to the host for cards; `host` may begin with `*.` for names of one label. */
export const isCardHost = (host: string, pattern: string): boolean =>
  pattern.startsWith('*.')
    ? host.endsWith(pattern.slice(1)) && /^[a-z0-9-]{1,63}$/.test(host.slice(0, 1 - pattern.length))
    : host === pattern;

const away = (location: string): Response =>
  new Response(null, {
    status: 303,
    headers: { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  });

/**
 * PV-1, MT-1 to MT-4: the page of the host that asks browsers for a certificate. It shows nothing: it checks what the
 * edge says about the connection and sends the browser back with what it found, sealed, for this errand alone. No
 * cookie and no session is read here, and nothing is stored but how often: looking at a card asks its authorities.
 */
export const answerCardHost =
  (hall: HallPorts) =>
  async (c: RequestContext): Promise<Response> => {
    const now = c.get('now');
    if (hall.cards === null || c.get('path') !== CHECK_PATH || c.req.method !== 'GET') {
      return problemResponse({
        status: 404,
        id: 'not-found',
        title: 'There is nothing here.',
        requestId: c.get('requestId'),
      });
    }
    const ticket = readTicket(c.req.query('ticket') ?? '', ticketTag(hall), now);
    if (ticket === null) return away(`${hall.site.origin}/`);
    const spent = await hall.attempts.spend(
      `card:${ticket.nonce}`,
      ['card-check', 'card-check-ip'],
      now,
      addressKey(c),
    );
    if (!spent.allowed) {
      return problemResponse({
        status: 429,
        id: 'too-many',
        title: 'Too many requests.',
        requestId: c.get('requestId'),
        headers: { 'Retry-After': String(Math.ceil((spent.retryAt - now) / SECOND)) },
      });
    }
    const checked = await hall.cards.check(c.req.raw.cf, now);
    const result = checked.ok ? { card: checked.value } : { error: checked.error.reason };
    const token = await hall.cookies.seal(findingName(ticket.nonce), writeFinding({ at: now, result }));
    return away(`${hall.site.origin}${pathFor(c, ticket)}?token=${encodeURIComponent(token)}`);
  };

function pathFor(c: RequestContext, { purpose }: CardTicket): string {
  const locale = c.get('localeInPath');
  const path = RETURN_PATHS[purpose];
  return locale === undefined ? path : localizedPath(locale, path);
}
