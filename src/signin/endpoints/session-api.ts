import { SECOND } from '../../kernel/time.ts';
import type { Act } from './act.tsx';
import { isOwnScript } from './own-script.ts';
import type { Visit } from './visit.tsx';

/** RFC 9110 section 6.6.1: the instant the answer was made by our clock, by which the browser reads `timeout`. */
const json = ({ now }: Visit, status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      Date: new Date(now).toUTCString(),
    },
  });

const told = (visit: Visit, secondsLeft: number | null): Response =>
  json(
    visit,
    200,
    secondsLeft === null
      ? { live: false, timeout: null }
      : { live: true, timeout: new Date(visit.now + secondsLeft * SECOND).toISOString() },
  );

/** UR-10, SE-3: whether the session lives and until when. Asking does not prolong it. */
export const sessionStatus: Act = async (visit) => {
  const { hall, handle, now } = visit;
  return told(visit, handle === null ? null : await hall.sessions.peek(handle, now));
};

/** UR-10: prolongs the session for somebody who says they are still there. Same origin and CSRF token only (HD-2). */
export const extendSession: Act = async (visit) => {
  const { hall, handle, now } = visit;
  if (!isOwnScript(visit)) return json(visit, 403, { error: 'invalid_csrf_token' });
  if (handle === null || (await hall.sessions.view(handle, now)) === null) return told(visit, null);
  return told(visit, await hall.sessions.peek(handle, now));
};
