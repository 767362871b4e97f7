import { endSession } from '../../signin/endpoints/end-sessions.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { isHead, nothingDone } from '../../signin/endpoints/head.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import {
  type AppContext,
  clearRequestCookie,
  go,
  isForeignForm,
  localPath,
  readVisit,
  type Visit,
} from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { ConfirmSignOutPage } from '../pages/confirm-sign-out.tsx';
import type { SamlPorts, ServingYear } from '../ports.ts';
import { hasOption } from '../rules/app-options.ts';
import { checkLogoutRequest } from '../rules/check-logout-request.ts';
import { encodeMessage } from '../wire/decode-message.ts';
import { readLogoutRequest } from '../wire/logout-request.ts';
import { writeLogoutResponse } from '../wire/logout-response.ts';
import { endpointOf } from '../wire/metadata.ts';
import { passOn } from './auth.tsx';
import { headOf } from './door.ts';
import { readIncoming, receive } from './receive.ts';
import { answerFields, postPage, postTargets, refuse } from './respond.tsx';

const isFromElsewhere = (c: AppContext, { hall }: SamlPorts): boolean =>
  isForeignForm(c, hall.site) || c.req.header('sec-fetch-site') === 'cross-site';

/** SAML Profiles section 4.4.3, L1 to L6: front-channel logout, with a signed request or without any. */
export async function logout(c: AppContext, ports: SamlPorts, year: ServingYear): Promise<Response> {
  const { hall } = ports;
  const incoming = await readIncoming(c);
  if (!incoming.ok) return refuse(c, ports, incoming.error);
  const { parameters, relayState } = incoming.value;
  const visit = readVisit(c, hall);
  const path = endpointOf('', 'logout', year.year);
  if (!parameters.has('SAMLRequest'))
    return isHead(c) ? nothingDone() : leave(visit, path, isFromElsewhere(c, ports));
  // A cross-site POST brings no cookie of ours; coming from our own page it does, and then there is somebody to sign out.
  if (c.req.method === 'POST' && visit.handle === null && isFromElsewhere(c, ports))
    return passOn(c, ports, path, incoming.value);

  const received = await receive(ports, parameters, readLogoutRequest);
  if (!received.ok) return refuse(c, ports, received.error);
  const now = c.get('now');
  const checked = checkLogoutRequest(
    received.value.app,
    received.value.message,
    received.value.signature,
    now,
  );
  if (!checked.ok) return refuse(c, ports, checked.error);
  if (isHead(c)) return nothingDone();
  const { app, request, responseUrl } = checked.value;
  // S17: a captured request signs nobody else out; a repeat gets the same answer, and finishes what a failure cut short.
  const whom = visit.handle?.locator;
  if (whom !== undefined && (await ports.remember(app.uuid, request.id, whom, now)) !== null)
    await signOut(visit);

  const head = headOf(ports, year, { now, destination: responseUrl, inResponseTo: request.id });
  const written = await writeLogoutResponse(head, hasOption(app, 'signed_logout_response'));
  if (!written.ok) return refuse(c, ports, ['no_auth_or_logout_request']);
  const fields = answerFields(encodeMessage(written.value), relayState);
  const view = { nonce: c.get('nonce'), locale: c.get('locale') };
  const response = postPage(hall.site, view, responseUrl, fields, postTargets(responseUrl, app));
  for (const line of visit.cookies) response.headers.append('set-cookie', line);
  return response;
}

/**
 * L1: no request to answer. A link on another site is asked about first, since it could be a prank; so is a form there,
 * which brings no cookie that would say whether anybody is signed in.
 */
async function leave(visit: Visit, path: string, fromElsewhere: boolean): Promise<Response> {
  const { c } = visit;
  if (fromElsewhere && (visit.handle !== null || c.req.method === 'POST')) {
    return show(visit, {}, <ConfirmSignOutPage page={pageOf(visit, {})} action={localPath(visit, path)} />);
  }
  await signOut(visit);
  flashNext(visit, { type: 'success', text: translator(c.get('locale'))('signin.sign_out.done') });
  const response = go(visit, '/');
  return new Response(null, { status: 302, headers: withNoCache(response.headers) });
}

const withNoCache = (headers: Headers): Headers => {
  headers.set('pragma', 'no-cache');
  return headers;
};

/** L3, L6: whoever is signed in here is signed out, before anything is said about it. */
async function signOut(visit: Visit): Promise<void> {
  const { hall, handle, now } = visit;
  if (handle === null) return;
  await endSession(hall, handle, now);
  visit.cookies.push(hall.sessions.clearCookie(), clearRequestCookie(hall));
}
