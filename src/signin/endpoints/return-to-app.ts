import type { App } from '../../apps/model.ts';
import type { StoredSignInRequest } from '../model.ts';
import type { Act } from './act.tsx';
import { clearRequestCookie, go, type Visit } from './visit.tsx';

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

type Departure = 'cancel' | 'failure_to_proof' | 'account_verified_cta';

/** AP-4: every departure is written down, by app. */
const note = ({ hall }: Visit, { uuid }: App, what: Departure): void =>
  hall.log('info', 'left_for_app', { app: uuid, what });

interface Leaving {
  readonly stored: StoredSignInRequest;
  readonly app: App;
}

/**
 * The question that the page was about (AP-1), else the one this browser works on, which is over for it then; null when
 * there is none any more.
 */
async function leavingFor(visit: Visit): Promise<Leaving | null> {
  const { c, hall, now, request } = visit;
  const id = c.req.query('request_id') ?? request?.id ?? '';
  const stored = await hall.requests.load(id, now);
  const app = stored === null ? null : await hall.findApp(stored.request.app);
  if (stored === null || app === null) return null;
  if (id === request?.id) visit.cookies.push(clearRequestCookie(hall));
  return { stored, app };
}

/**
 * FLO-9, AP-4: back to the app without signing in. Its door answers the question if it still can; else the app's
 * return address; else its root. The question itself stays until it expires, for people who come back.
 */
export const cancelToApp: Act = async (visit) => {
  const found = await leavingFor(visit);
  if (found === null) return go(visit, '/');
  const { stored, app } = found;
  const { hall, c, now } = visit;
  note(visit, app, 'cancel');
  const answer = app.active
    ? await hall.doors[stored.door]?.encode({
        c,
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

const leaving =
  (what: Departure, chosenBy: (app: App, visit: Visit) => string | null | undefined): Act =>
  async (visit) => {
    const found = await leavingFor(visit);
    if (found === null) return go(visit, '/');
    const { app } = found;
    note(visit, app, what);
    return leave(visit, chosenBy(app, visit) ?? app.return_to_sp_url ?? rootOf(app));
  };

/** AP-5: back to the app without the verified identity it asked for. */
export const failureToProof = leaving('failure_to_proof', (app) => app.failure_to_proof_url);

/** AP-5, UR-9: back to the app after a verification that took days, in the person's language. */
export const accountVerified = leaving('account_verified_cta', (app, { c }) =>
  app.post_idv_follow_up_url?.replaceAll('%{locale}', c.get('locale')),
);
