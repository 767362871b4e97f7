import { SECOND } from '../../kernel/time.ts';
import type { SessionHandle } from '../../sessions/ports.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, type Visit } from '../../signin/endpoints/visit.tsx';
import { formatDuration } from '../../ui/index.ts';
import { LockedPage } from '../pages/locked.tsx';

/** FC-1, FC-2: too many wrong codes, or too many sent. The session ends, and the page says for how long. */
export async function lockedOut(
  visit: Visit,
  handle: SessionHandle,
  until: number,
  cause: 'codes' | 'sends' = 'codes',
): Promise<Response> {
  const { hall, now, c } = visit;
  await hall.sessions.end(handle, now);
  hall.after(hall.accounts.forgetSession(handle.locator));
  visit.cookies.push(hall.sessions.clearCookie());
  const signedOut = { ...visit, handle: null };
  const app = await appOf(visit);
  const time = formatDuration(c.get('locale'), (until - now) / SECOND);
  const page = pageOf(signedOut, { app });
  return show(signedOut, { app, status: 429 }, <LockedPage page={page} time={time} cause={cause} />);
}
