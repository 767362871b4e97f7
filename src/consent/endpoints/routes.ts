import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { visiting } from '../../signin/endpoints/act.tsx';
import type { HallPorts } from '../../signin/ports.ts';
import { agree, showConsent } from './consent.tsx';
import { chooseAccount, showContinueAs } from './continue-as.tsx';
import { selectEmail, showSelectEmail } from './select-email.tsx';

/** What is shared with an app, and as whom. */
export function consentRoutes(hall: HallPorts): Hono<AppEnv> {
  const act = visiting(hall);
  const routes = newRoutes();
  routes.get('/sign_up/completed', act(showConsent)).post('/sign_up/completed', act(agree));
  routes.get('/sign_up/select_email', act(showSelectEmail)).post('/sign_up/select_email', act(selectEmail));
  routes
    .get('/user_authorization_confirmation', act(showContinueAs))
    .post('/user_authorization_confirmation', act(chooseAccount));
  return routes;
}
