import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { visiting } from '../../signin/endpoints/act.tsx';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { StartPage } from '../pages/start.tsx';
import type { SandboxPorts } from '../ports.ts';
import { inboxActs } from './inbox.tsx';
import { makeAccountActs } from './make-account.tsx';

/** The pages of test environments, mounted at `/sandbox`: sample apps, test accounts, and the mail nobody received. */
export function sandboxPages(ports: SandboxPorts): Hono<AppEnv> {
  const act = visiting(ports.hall);
  const { showInbox, showMessage } = inboxActs(ports);
  const { showMakeAccount, makeAccount } = makeAccountActs(ports);
  const routes = newRoutes();
  routes.get(
    '/sandbox',
    act((visit) =>
      show(
        visit,
        {},
        <StartPage
          page={pageOf(visit, {})}
          sampleApps={ports.sampleApps}
          docsUrl={ports.hall.site.docsUrl}
        />,
      ),
    ),
  );
  routes.get('/sandbox/inbox', act(showInbox)).get('/sandbox/inbox/:id', act(showMessage));
  routes.get('/sandbox/accounts', act(showMakeAccount)).post('/sandbox/accounts', act(makeAccount));
  return routes;
}
