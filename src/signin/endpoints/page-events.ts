import { readText } from '../../kernel/read-text.ts';
import type { Act } from './act.tsx';
import { isOwnOrigin } from './own-origin.ts';

/** Everything a script of a page may report; a name of its own is a decision, as in the log. */
const EVENTS: ReadonlySet<unknown> = new Set([
  'frontend_error',
  'passkey_canceled',
  'passkey_failed',
  'passkey_unsupported',
]);
/** A name and whatever else a page sends along, which is not looked at. */
const MAX_BODY_BYTES = 4096;

/** The name reported in `{event, payload}`; null for anything else. */
function eventOf(text: string | null): string | null {
  try {
    const body: unknown = JSON.parse(text ?? '');
    if (typeof body !== 'object' || body === null || !('event' in body)) return null;
    return typeof body.event === 'string' && EVENTS.has(body.event) ? body.event : null;
  } catch {
    return null;
  }
}

/**
 * UR-10: something happened in a page of ours that only its script saw. One line with the name of the event and nothing
 * else of what was sent (O23). 200 `{success: true}`; 400 for an unknown event or a body over 4 kB; 403 for other origins.
 */
export const reportPageEvent: Act = async ({ c, hall }) => {
  const answer = (status: number, body: { success: boolean; error?: string }): Response =>
    Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
  // Browsers name the origin of every POST; without one it was none, and there is nothing here to forge.
  const origin = c.req.header('origin');
  if (origin !== undefined && !isOwnOrigin(origin, hall.site))
    return answer(403, { success: false, error: 'foreign_origin' });
  const what = eventOf(await readText(c.req.raw, MAX_BODY_BYTES));
  if (what === null) return answer(400, { success: false, error: 'invalid_event' });
  hall.log('info', 'page_event', { what });
  return answer(200, { success: true });
};
