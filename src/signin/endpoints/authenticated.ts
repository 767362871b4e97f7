import type { AuthenticationMethod } from '../../factors/model.ts';
import type { SessionChange, SessionState } from '../../sessions/model.ts';
import type { SessionHandle } from '../../sessions/ports.ts';
import type { Visit } from './visit.tsx';

/** Records a successful factor in the session and hands the browser its new secret (SE-5). */
export async function authenticated(
  visit: Visit,
  handle: SessionHandle,
  method: AuthenticationMethod,
  more: readonly SessionChange[] = [],
): Promise<{ readonly visit: Visit; readonly handle: SessionHandle; readonly state: SessionState } | null> {
  const rotated = await visit.hall.sessions.rotate(handle, visit.now, [
    { kind: 'authenticated', method, primary: false },
    ...more,
  ]);
  if (rotated === null) return null;
  visit.cookies.push(visit.hall.sessions.toCookie(rotated.handle));
  return { visit: { ...visit, handle: rotated.handle }, ...rotated };
}
