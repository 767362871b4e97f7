import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import type { HallPorts } from '../ports.ts';
import { visiting } from './act.tsx';
import { proceed } from './hall.ts';
import { outbound } from './outbound-links.ts';
import { reportPageEvent } from './page-events.ts';
import { signInWithPasskey } from './passkey-sign-in.ts';
import { accountVerified, cancelToApp, failureToProof } from './return-to-app.ts';
import { robots } from './robots.ts';
import { acceptRules, showRules } from './rules-of-use.tsx';
import { extendSession, sessionStatus } from './session-api.ts';
import { showSignIn, signIn } from './sign-in.tsx';
import { askSignOut, signOut } from './sign-out.tsx';
import {
  appInactive,
  bounced,
  leaveRestricted,
  restricted,
  userPleaseCall,
  verifyIdentity,
} from './status-pages.tsx';
import { go } from './visit.tsx';

/** The hall's own pages: sign-in, the way on, the way back, the way out. */
export function signInRoutes(hall: HallPorts): Hono<AppEnv> {
  const act = visiting(hall);
  const routes = newRoutes();
  routes.get('/', act(showSignIn)).post('/', act(signIn));
  routes
    .get(
      '/login/passkey',
      act((visit) => go(visit, '/')),
    )
    .post('/login/passkey', act(signInWithPasskey));
  routes.get('/continue', act(proceed));
  routes.get('/rules_of_use', act(showRules)).post('/rules_of_use', act(acceptRules));
  routes.get('/user_please_call', act(userPleaseCall));
  routes.get('/restricted', act(restricted));
  routes.get('/restricted/account', act(leaveRestricted));
  routes.get('/bounced', act(bounced));
  routes.get('/app_inactive', act(appInactive(403)));
  routes.get('/verify', act(verifyIdentity));
  for (const path of ['/sign_out', '/logout']) routes.get(path, act(askSignOut)).post(path, act(signOut));
  routes.get('/redirect/return_to_sp/cancel', act(cancelToApp));
  routes.get('/redirect/return_to_sp/failure_to_proof', act(failureToProof));
  routes.get('/redirect/return_to_sp/account_verified_cta', act(accountVerified));
  routes.get('/redirect/help_center', act(outbound('help')));
  routes.get('/redirect/contact', act(outbound('contact')));
  routes.get('/redirect/policy', act(outbound('privacy')));
  routes.get('/redirect/marketing', act(outbound('marketing')));
  routes.get(
    '/sign_up/completed/cancel',
    act((visit) => go(visit, '/redirect/return_to_sp/cancel')),
  );
  routes.get('/api/internal/sessions', act(sessionStatus)).put('/api/internal/sessions', act(extendSession));
  routes.post('/api/logger', act(reportPageEvent));
  routes.get('/robots.txt', act(robots));
  return routes;
}
