import type { App } from '../../apps/model.ts';
import type { StoredSignInRequest } from '../model.ts';
import type { Act } from './act.tsx';
import { clearRequestCookie, go, loadRequest, type Visit } from './visit.tsx';

const isWeb = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address);

/** The root of the first registered address: the last resort of FLO-9 and AP-4. */
function rootOf(app: App): string | null {
  const first = [...app.redirect_uris, ...(app.acs_url === null ? [] : [app.acs_url]), ...app.acs_urls].find(
    isWeb,
  );
  return first === undefined ? null : `${new URL(first).origin}/`;
}

/** 303 to an address from the app's registration, never from the request. */
function leave(visit: Visit, address: string | null): Response {
  if (address === null) return go(visit, '/');
  const headers = new Headers({ Location: address, 'Cache-Control': 'no-store' });
  for (const line of visit.cookies) headers.append('Set-Cookie', line);
  return new Response(null, { status: 303, headers });
}

async function context(visit: Visit): Promise<{ stored: StoredSignInRequest; app: App } | null> {
  const stored = await loadRequest(visit);
  const app = stored === null ? null : await visit.hall.findApp(stored.request.app);
  return stored === null || app === null ? null : { stored, app };
}

/**
 * FLO-9, AP-4: back to the app without signing in. Its door answers the question if it still can; else the app's
 * return address; else its root. The question itself stays until it expires, for people who come back.
 */
export const cancelToApp: Act = async (visit) => {
  const found = await context(visit);
  if (found === null) return go(visit, '/');
  const { hall, c, now } = visit;
  const { stored, app } = found;
  visit.cookies.push(clearRequestCookie(hall));
  const answer = app.active
    ? await hall.doors[stored.door]?.encode({
        stored,
        app,
        locale: c.get('locale'),
        now,
        nonce: c.get('nonce'),
        answer: { kind: 'refused', reason: 'cancelled' },
      })
    : null;
  if (!answer) return leave(visit, app.return_to_sp_url ?? rootOf(app));
  const response = new Response(answer.body, answer);
  for (const line of visit.cookies) response.headers.append('Set-Cookie', line);
  return response;
};

/** AP-5: back to the app without the verified identity it asked for. */
export const failureToProof: Act = async (visit) => {
  const found = await context(visit);
  if (found === null) return go(visit, '/');
  visit.cookies.push(clearRequestCookie(visit.hall));
  const { app } = found;
  return leave(visit, app.failure_to_proof_url ?? app.return_to_sp_url ?? rootOf(app));
};
