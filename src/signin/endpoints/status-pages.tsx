import { displayName } from '../../apps/model.ts';
import { isBanned } from '../../sessions/bans.ts';
import { ALL_APPS } from '../../sessions/model.ts';
import {
  AppInactivePage,
  BouncedPage,
  ProofingUnavailablePage,
  RestrictedPage,
  SuspendedPage,
} from '../pages/status-pages.tsx';
import type { Act } from './act.tsx';
import { standing } from './current-step.ts';
import { requirePassword } from './require-signed-in.ts';
import { pageOf, show } from './show-page.ts';
import { appOf, clearRequestCookie, go } from './visit.tsx';

/** SP-1. Only for the suspended, once they have authenticated: others go on. */
export const userPleaseCall: Act = async (visit) => {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  if ((await standing(signedIn)).step.kind !== 'suspended') return go(visit, '/continue');
  return show(visit, { status: 403 }, <SuspendedPage page={pageOf(visit, { state: signedIn.state })} />);
};

/**
 * SP-2, SI-2: that this account may not be used for the app it came for. Shown to whoever gave the password of such an
 * account, to nobody else.
 */
export const restricted: Act = async (visit) => {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { state } = signedIn;
  const app = await appOf(visit);
  if (app === null || !isBanned(state.facts.bans, app.uuid)) return go(visit, '/continue');
  const everywhere = isBanned(state.facts.bans, ALL_APPS);
  const page = pageOf(visit, { app, state });
  return show(
    visit,
    { app, status: 403 },
    <RestrictedPage page={page} app={displayName(app)} everywhere={everywhere} />,
  );
};

/** SP-2: on to the person's own account. The app's question is dropped, which would lead back to the same page. */
export const leaveRestricted: Act = (visit) => {
  if (visit.request !== null) visit.cookies.push(clearRequestCookie(visit.hall));
  return go(visit, '/account');
};

/**
 * MFA-5: explains a loop instead of taking part in it. The question is named and not taken up: going on with it would end
 * the session that this page speaks of.
 */
export const bounced: Act = async (visit) => {
  const { c, hall, now } = visit;
  const stored = await hall.requests.load(c.req.query('request_id') ?? '', now);
  const request = stored === null ? visit.request : { id: stored.id, app: stored.request.app };
  const named = { ...visit, request };
  const app = await appOf(named);
  return show(named, { app, status: 400 }, <BouncedPage page={pageOf(named, { app })} />);
};

/**
 * AP-6: no sign-in for this app; the question is dropped so that it does not come up again. Apps that speak SAML have
 * always been sent to a page with status 200 (saml section 14).
 */
export const appInactive =
  (status: 200 | 403): Act =>
  (visit) => {
    if (visit.request !== null) visit.cookies.push(clearRequestCookie(visit.hall));
    const page = pageOf({ ...visit, request: null }, {});
    return show(visit, { status }, <AppInactivePage page={page} />);
  };

/** Where the hall sends people whose identity must be verified first (ACR-3): an honest no, and the ways back. */
export const verifyIdentity: Act = async (visit) => {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  // RT-1 (10): somebody whose verified data is locked may have it back, unless they chose to be verified again.
  const isLocked = (signedIn.state.facts.profile?.deactivation ?? null) !== null;
  if (isLocked && visit.c.req.query('again') !== '1') return go(visit, '/account/reactivate/start');
  const app = await appOf(visit);
  const page = pageOf(visit, { app, state: signedIn.state });
  return show(visit, { app }, <ProofingUnavailablePage page={page} />);
};
