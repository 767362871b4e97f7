import { sha256Base64Url } from '../../kernel/crypto.ts';
import { PATHS } from '../../kernel/paths.ts';
import { readText } from '../../kernel/read-text.ts';
import { arrive } from '../../signin/endpoints/hall.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { type AppContext, localPath, readVisit } from '../../signin/endpoints/visit.tsx';
import { localizedPath } from '../../ui/index.ts';
import { MAX_QUERY_LENGTH } from '../limits.ts';
import { ProtocolErrorPage } from '../pages/protocol-error.tsx';
import type { OidcPorts } from '../ports.ts';
import { checkAuthorizationRequest } from '../rules/check-authorization-request.ts';
import { type Message, message, unreadable } from '../rules/messages.ts';
import { toSignInRequest } from '../rules/to-sign-in-request.ts';
import { encodeQuery } from '../wire/add-query.ts';
import { readAuthorizationParameters } from '../wire/authorization-parameters.ts';
import { encodeInvalidRequest } from '../wire/encode-authorization.ts';
import { writeSlip } from './door.ts';
import { verifiedHint } from './verified-hint.ts';

/** ERR-6. */
const INACTIVE = '/app_inactive';

const queryOf = (url: string): string => {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at + 1);
};

/** OIDC Core section 3.1.2, oidc section 3: the authorization endpoint, GET. */
export function authorize(ports: OidcPorts): (c: AppContext) => Promise<Response> {
  const { hall, issuer, docsUrl, strictScopes } = ports;
  return async (c) => {
    const parameters = readAuthorizationParameters(queryOf(c.req.url));
    if (!parameters.ok) return refuse(c, ports, [message(unreadable(parameters.error.reason), docsUrl)]);
    const clientId = parameters.value.get('client_id');
    const app = clientId === undefined ? null : await ports.findAppByIssuer(clientId);
    const checked = checkAuthorizationRequest(parameters.value, app, { strictScopes, docsUrl });
    if (!checked.ok) {
      if (checked.error.kind === 'page') return refuse(c, ports, checked.error.messages);
      return redirect(encodeInvalidRequest(checked.error.to, checked.error.messages, issuer));
    }
    const valid = checked.value;
    if (!valid.app.active) {
      const locale = c.get('localeInPath') ?? valid.locale;
      const path = locale === null ? INACTIVE : localizedPath(locale, INACTIVE);
      return redirect(`${hall.site.origin}${path}`);
    }
    const hint = valid.idTokenHint === null ? null : await verifiedHint(valid.idTokenHint, ports);
    const request = toSignInRequest(valid, hint !== null && hint.aud === valid.app.issuer ? hint.sub : null);
    // SCP-3: an operator may want to tell the app's developers.
    if (!valid.scopes.includes('openid')) hall.log('info', 'oidc_without_openid', { app: valid.app.uuid });
    const slip = writeSlip(valid);
    // Only a forced re-authentication has to recognise the same question (MFA-5): everything it asks, not its state
    // alone, which some apps never change. The language may differ.
    const fingerprint = request.forceReauthentication ? sha256Base64Url(`${valid.app.uuid} ${slip}`) : '';
    return arrive(c, hall, valid.app, { door: 'oidc', request, slip, fingerprint });
  };
}

/**
 * OIDC Core section 3.1.2.1 wants POST as well (AUT-1). Lax cookies do not ride on a cross-site POST, so the form
 * becomes a GET of our own first.
 */
export function authorizeByPost(ports: OidcPorts): (c: AppContext) => Promise<Response> {
  return async (c) => {
    const type = c.req.header('content-type') ?? '';
    if (!type.startsWith('application/x-www-form-urlencoded'))
      return refuse(c, ports, [message('parameter-malformed', ports.docsUrl)]);
    const body = await readText(c.req.raw, MAX_QUERY_LENGTH);
    if (body === null) return refuse(c, ports, [message('parameter-too-long', ports.docsUrl)]);
    // Read as the GET will read it: what cannot be read is refused here, not repaired on the way.
    const parameters = readAuthorizationParameters(body);
    if (!parameters.ok)
      return refuse(c, ports, [message(unreadable(parameters.error.reason), ports.docsUrl)]);
    const query = encodeQuery([...parameters.value]);
    return new Response(null, {
      status: 303,
      headers: {
        location: `${localPath(readVisit(c, ports.hall), PATHS.authorize)}?${query}`,
        'cache-control': 'no-store',
      },
    });
  };
}

const redirect = (location: string): Response =>
  new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store', pragma: 'no-cache' } });

/** ERR-1, ERR-4: who asked or where to answer is in doubt, so the person sees a page and nobody is redirected. */
function refuse(c: AppContext, ports: OidcPorts, messages: readonly Message[]): Response {
  const visit = readVisit(c, ports.hall);
  const page = pageOf(visit, {});
  return show(
    visit,
    { status: 400 },
    <ProtocolErrorPage page={page} messages={messages} requestId={c.get('requestId')} />,
  );
}
