import { toBase64Url } from '../../kernel/bytes.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import { PATHS } from '../../kernel/paths.ts';
import { readText } from '../../kernel/read-text.ts';
import { LOGOUT_CONFIRMATION_MS } from '../../sessions/model.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import { isHead, nothingDone } from '../../signin/endpoints/head.ts';
import { requirePassword } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import {
  type AppContext,
  clearRequestCookie,
  go,
  localPath,
  readVisit,
  type Visit,
} from '../../signin/endpoints/visit.tsx';
import { MAX_QUERY_LENGTH } from '../limits.ts';
import { LogoutConfirmationPage } from '../pages/logout-confirmation.tsx';
import { ProtocolErrorPage } from '../pages/protocol-error.tsx';
import type { OidcPorts } from '../ports.ts';
import {
  checkLogoutRequest,
  logoutIssuer,
  type ReceivedHint,
  readLogoutParameters,
} from '../rules/logout-request.ts';
import { type Message, message, unreadable } from '../rules/messages.ts';
import { encodeQuery } from '../wire/add-query.ts';
import { isBlank } from '../wire/read-parameters.ts';
import { verifiedHint } from './verified-hint.ts';

/** Where a question is asked: the form leads there as well, so that it can be asked anew. */
const askedAt = (path: string, query: string): string => `${path}?${query}`;

const queryOf = (url: string): string => {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at + 1);
};

/** OIDC RP-Initiated Logout 1.0 section 2, LGO-1, LGO-2: the request, and the page that asks. */
export function logout(ports: OidcPorts): (c: AppContext) => Promise<Response> {
  const { hall, docsUrl, rejectLogoutHints } = ports;
  const policy = rejectLogoutHints ? 'rejecting' : 'accepting';
  return async (c) => {
    const now = c.get('now');
    const parameters = readLogoutParameters(queryOf(c.req.url));
    if (!parameters.ok) return refuse(c, ports, [message(unreadable(parameters.error.reason), docsUrl)]);
    const hint = await receivedHint(parameters.value.get('id_token_hint'), ports);
    const issuer = logoutIssuer(parameters.value, hint, policy);
    const found = issuer === null ? null : await ports.findAppByIssuer(issuer);
    const checked = checkLogoutRequest(parameters.value, hint, found, { policy, docsUrl });
    if (!checked.ok) return refuse(c, ports, checked.error);
    if (isHead(c)) return nothingDone();
    const { app, target } = checked.value;

    const visit = readVisit(c, hall);
    if (visit.handle === null) return leave(target, []);
    const pending = {
      id: toBase64Url(hall.random(16)),
      app: app.uuid,
      target,
      expiresAt: now + LOGOUT_CONFIRMATION_MS,
    };
    // COD-5: the app's pending codes die before the person answers.
    const state = await hall.sessions.change(visit.handle, now, [
      { kind: 'void-codes', app: app.uuid },
      { kind: 'logout', pending },
    ]);
    if (state === null) return leave(target, [hall.sessions.clearCookie()]);
    // LGO-4: showing the page drops the app's branding.
    visit.cookies.push(clearRequestCookie(hall));
    const page = pageOf({ ...visit, request: null }, { state });
    // The same question without its hint: that one holds personal data, and has said whose app it is.
    const said = [...parameters.value].filter(([name]) => name !== 'id_token_hint' && name !== 'client_id');
    const again = encodeQuery([['client_id', app.issuer], ...said]);
    return show(
      visit,
      { app },
      <LogoutConfirmationPage
        page={page}
        app={app.friendly_name}
        confirmation={pending.id}
        action={askedAt(localPath(visit, PATHS.logout), again)}
      />,
    );
  };
}

/** LGO-3: a posted request becomes a GET; LGO-4: the confirmation posts here too, with the method it means. */
export function postLogout(ports: OidcPorts): (c: AppContext) => Promise<Response> {
  const { hall, docsUrl } = ports;
  return async (c) => {
    const type = c.req.header('content-type') ?? '';
    const text = type.startsWith('application/x-www-form-urlencoded')
      ? await readText(c.req.raw.clone(), MAX_QUERY_LENGTH)
      : '';
    if (text === null) return refuse(c, ports, [message('parameter-too-long', docsUrl)]);
    const form = new URLSearchParams(text);
    const visit = readVisit(c, hall);
    if (form.get('_method') !== 'delete') {
      const parameters = readLogoutParameters(text);
      if (!parameters.ok) return refuse(c, ports, [message(unreadable(parameters.error.reason), docsUrl)]);
      const query = encodeQuery([...parameters.value]);
      return new Response(null, {
        status: 302,
        headers: {
          location: askedAt(localPath(visit, PATHS.logout), query),
          'cache-control': 'no-store',
        },
      });
    }
    const query = queryOf(c.req.url);
    const again = query === '' ? '/account' : askedAt(PATHS.logout, query);
    return withForm(visit, (checked) => confirm(visit, checked.get('confirmation') ?? '', again), again);
  };
}

/**
 * LGO-4: ends the session and leaves to the target that was checked when the page was shown. An answer to another
 * question than the last one asked ends nothing; its own is asked `again`.
 */
async function confirm(visit: Visit, confirmation: string, again: string): Promise<Response> {
  const { hall, now } = visit;
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const pending = signedIn.state.logout;
  if (pending === null || now >= pending.expiresAt || !equalSecrets(pending.id, confirmation))
    return go(visit, again);
  await hall.sessions.end(signedIn.handle, now);
  hall.after(hall.accounts.forgetSession(signedIn.handle.locator));
  return leave(pending.target, [hall.sessions.clearCookie()]);
}

async function receivedHint(token: string | undefined, ports: OidcPorts): Promise<ReceivedHint> {
  if (token === undefined || isBlank(token)) return { kind: 'none' };
  const claims = await verifiedHint(token, ports);
  return claims === null ? { kind: 'invalid' } : { kind: 'verified', claims };
}

function leave(target: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location: target, 'cache-control': 'no-store', pragma: 'no-cache' });
  for (const line of cookies) headers.append('set-cookie', line);
  return new Response(null, { status: 302, headers });
}

function refuse(c: AppContext, ports: OidcPorts, messages: readonly Message[]): Response {
  const visit = readVisit(c, ports.hall);
  return show(
    visit,
    { status: 400 },
    <ProtocolErrorPage page={pageOf(visit, {})} messages={messages} requestId={c.get('requestId')} />,
  );
}
