import { type App, displayName } from '../../apps/model.ts';
import { ATTRIBUTES } from '../../consent/attributes.ts';
import { absoluteUrl } from '../../signin/endpoints/absolute-url.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import type { Connection } from '../model.ts';
import {
  type ConnectedApp,
  ConnectedAppsPage,
  RevokeAppPage,
  SelectedEmailPage,
} from '../pages/connected-apps.tsx';
import {
  accountPage,
  addressesOf,
  changeEverywhere,
  eventOf,
  nothingHere,
  signedIn,
  tell,
} from './signed-in.ts';

const APPS = '/account/connected_services';

/** Where an app lives, for a link to it (AP-4): what it registered, else the origin of its first address. */
function homeOf(app: App): string | null {
  const address = app.return_to_sp_url ?? app.redirect_uris[0] ?? app.acs_url ?? app.acs_urls[0];
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return app.return_to_sp_url === null ? url.origin : url.href;
}

const nameOf = (found: SignedIn, app: App | null): string =>
  app === null ? translator(found.visit.c.get('locale'))('accounts.apps.unknown') : displayName(app);

/** One address goes to this app, and the person may say which (EM-5). */
const sharesOneEmail = ({ agreed }: Connection): boolean =>
  agreed.includes('email') && !agreed.includes('all_emails');

async function connectionsOf({ visit, state }: SignedIn): Promise<readonly Connection[]> {
  return (await visit.hall.accounts.overview(state.account))?.connections ?? [];
}

/** CA-1: the apps this person is connected to. */
export const showConnectedApps = signedIn(async (found) => {
  const { visit, handle, state } = found;
  const [connections, { emails }] = await Promise.all([
    connectionsOf(found),
    profileOf(visit, handle, state),
  ]);
  const lastUsed = [...emails].sort((a, b) => (b.lastSignInAt ?? 0) - (a.lastSignInAt ?? 0))[0];
  const shown = connections.map(async (connection): Promise<ConnectedApp> => {
    const app = await visit.hall.findApp(connection.app);
    const shared = emails.find(({ id }) => id === connection.emailId) ?? lastUsed;
    return {
      id: connection.uuid,
      app: connection.app,
      name: nameOf(found, app),
      home: app === null ? null : homeOf(app),
      connectedAt: connection.createdAt,
      lastUsedAt: connection.lastUsedAt,
      attributes: ATTRIBUTES.filter((attribute) => connection.agreed.includes(attribute)),
      agreedAt: connection.consentedAt,
      email: sharesOneEmail(connection) ? (shared?.address ?? null) : null,
    };
  });
  const apps = (await Promise.all(shown)).sort((a, b) => b.connectedAt - a.connectedAt);
  return accountPage(found, (page) => <ConnectedAppsPage page={page} apps={apps} />);
});

/** EM-5: which address an app receives. */
export const showSelectedEmail = signedIn((found) => drawSelectedEmail(found, undefined));

async function drawSelectedEmail(found: SignedIn, error: string | undefined): Promise<Response> {
  const { visit, handle, state } = found;
  const connection = (await connectionsOf(found)).find(({ uuid }) => uuid === visit.c.req.param('id'));
  if (connection === undefined || !sharesOneEmail(connection)) return nothingHere(found);
  const [app, { emails }] = await Promise.all([
    visit.hall.findApp(connection.app),
    profileOf(visit, handle, state),
  ]);
  const props = {
    connection: { id: connection.uuid, name: nameOf(found, app) },
    emails,
    selected: connection.emailId ?? undefined,
    error,
  };
  return accountPage(
    found,
    (page) => <SelectedEmailPage page={page} {...props} />,
    error === undefined ? {} : { status: 422 },
  );
}

/** EM-5: stores the choice, here and in every session. */
export const selectEmail = signedIn((found) =>
  withForm(found.visit, async (form) => {
    const { visit, state } = found;
    const { hall, c } = visit;
    const t = translator(c.get('locale'));
    const connection = (await connectionsOf(found)).find(({ uuid }) => uuid === c.req.param('id'));
    if (connection === undefined || !sharesOneEmail(connection)) return nothingHere(found);
    const chosen = form.get('selected_email_id') ?? '';
    if (!(await hall.connections.chooseEmail(state.account, connection.app, chosen))) {
      return drawSelectedEmail(found, t('accounts.selected_email.choose'));
    }
    const link = await hall.connections.find(state.account, connection.app);
    if (link !== null) await changeEverywhere(found, [{ kind: 'link', app: connection.app, link }]);
    flashNext(visit, { type: 'success', text: t('accounts.selected_email.done') });
    return go(visit, APPS);
  }),
);

async function ownConnection(found: SignedIn): Promise<{ app: string; name: string } | null> {
  const { visit } = found;
  const id = visit.c.req.param('id');
  const connection = (await connectionsOf(found)).find(({ app }) => app === id);
  return connection === undefined
    ? null
    : { app: connection.app, name: nameOf(found, await visit.hall.findApp(connection.app)) };
}

/** CA-2: asks before an app is disconnected. */
export const showRevokeApp = signedIn(async (found) => {
  const own = await ownConnection(found);
  return own === null
    ? nothingHere(found)
    : accountPage(found, (page) => <RevokeAppPage page={page} {...own} />);
});

/** CA-2, CNS-5: takes the agreement back; live codes and tokens of the app die in every session; the subject stays. */
export const revokeApp = signedIn((found) =>
  withForm(found.visit, async () => {
    const { visit, state } = found;
    const { hall, now, c } = visit;
    const own = await ownConnection(found);
    if (own === null) return nothingHere(found);
    await hall.connections.revoke(state.account, own.app, eventOf(found, 'sp_user_consent_revoked', own.app));
    await changeEverywhere(found, [{ kind: 'revoke-app', app: own.app }]);
    const accountUrl = absoluteUrl(hall, state.facts.emailLocale, APPS);
    tell(found, await addressesOf(found), { kind: 'app-disconnected', app: own.name, accountUrl, at: now });
    const text = translator(c.get('locale'))('accounts.revoke_app.done', { app: own.name });
    flashNext(visit, { type: 'success', text });
    return go(visit, APPS);
  }),
);
