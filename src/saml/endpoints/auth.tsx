import { sha256Base64Url } from '../../kernel/crypto.ts';
import { arrive } from '../../signin/endpoints/hall.ts';
import type { AppContext } from '../../signin/endpoints/visit.tsx';
import type { SamlPorts, ServingYear } from '../ports.ts';
import { hasOption } from '../rules/app-options.ts';
import { countUnknown } from '../rules/authn-context.ts';
import { checkAuthnRequest } from '../rules/check-authn-request.ts';
import { chooseAcs } from '../rules/choose-acs.ts';
import type { SamlError } from '../rules/errors.ts';
import { readLocale } from '../rules/read-locale.ts';
import { toSignInRequest } from '../rules/to-sign-in-request.ts';
import { type AuthnRequest, readAuthnRequest } from '../wire/authn-request.ts';
import { encodeMessage } from '../wire/decode-message.ts';
import { endpointOf } from '../wire/metadata.ts';
import { STATUS_INVALID_NAMEID_POLICY, STATUS_NO_AUTHN_CONTEXT, STATUS_REQUESTER } from '../wire/names.ts';
import { MESSAGE_PARAMETERS, queryParameter } from '../wire/read-parameters.ts';
import { writeErrorResponse } from '../wire/response.ts';
import { headOf, writeSlip } from './door.ts';
import { type Incoming, type Received, readIncoming, receive } from './receive.ts';
import { answerFields, postPage, postTargets, refuse } from './respond.tsx';

/** SAML Profiles section 4.1.3, F1: an AuthnRequest by redirect, or by POST once it comes from our own page. */
export async function auth(c: AppContext, ports: SamlPorts, year: ServingYear): Promise<Response> {
  const incoming = await readIncoming(c);
  if (!incoming.ok) return refuse(c, ports, incoming.error);
  const { query, parameters, relayState } = incoming.value;
  const received = await receive(ports, parameters, readAuthnRequest);
  if (!received.ok) return refuse(c, ports, received.error);
  const { app, message: request, signature } = received.value;
  const { origin } = ports.hall.site;
  const endpoints = ['auth', 'authpost'].flatMap((name) => [
    endpointOf(origin, name, year.year),
    `${origin}/api/saml/${name}`,
  ]);
  const checked = checkAuthnRequest(app, request, { now: c.get('now'), endpoints, signature });
  if (!checked.ok) return refuseOrTell(c, ports, year, received.value, relayState, checked.error);
  const valid = checked.value;
  note(ports, valid.acs, received.value);
  // A1: told last, when the request is known to be sound.
  if (!app.active) return redirect(`${origin}/errors/service_provider_inactive`);

  const locale = readLocale(queryParameter(query, 'locale'));
  const signIn = toSignInRequest(valid, {
    locale,
    wantsCreate: parameters.get('prompt')?.value === 'create',
  });
  // R4: only for apps on the list, and only where nobody real signs in.
  const maySkip =
    hasOption(app, 'skip_encryption_allowed') &&
    !['staging', 'production'].includes(ports.hall.site.environment);
  const plain = maySkip && queryParameter(query, 'skip_encryption') !== undefined;
  return arrive(c, ports.hall, app, {
    door: 'saml',
    request: signIn,
    slip: writeSlip(valid, { year: year.year, relayState, plain }),
    // A4: only a forced re-authentication has to recognise the same question.
    fingerprint: signIn.forceReauthentication ? sha256Base64Url(`${app.uuid} ${request.id}`) : '',
  });
}

/**
 * E3: a cross-site POST arrives without the session cookie, so a page of our own posts the same fields once more, to
 * ourselves. They go through unread; nothing else does.
 */
export async function bounce(c: AppContext, ports: SamlPorts, year: ServingYear): Promise<Response> {
  const incoming = await readIncoming(c);
  if (!incoming.ok) return refuse(c, ports, incoming.error);
  return passOn(c, ports, endpointOf('', 'authpost', year.year), incoming.value);
}

/** The page of a bounce. Language and encryption choices are in the address, so they stay in it. */
export function passOn(
  c: AppContext,
  ports: SamlPorts,
  path: string,
  { query, parameters }: Incoming,
): Response {
  const kept = ['locale', 'skip_encryption'].flatMap((name) => {
    const value = queryParameter(query, name);
    return value === undefined ? [] : [[name, value]];
  });
  const action = kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`;
  const fields = MESSAGE_PARAMETERS.flatMap((name) => {
    const parameter = parameters.get(name);
    return parameter === undefined ? [] : [[name, parameter.value] as const];
  });
  return postPage(ports.hall.site, { nonce: c.get('nonce'), locale: c.get('locale') }, action, fields);
}

/** A2, A3, A11: what an app asked for and did not get, for its developers to find in the log. */
function note(ports: SamlPorts, acs: string, { app, message }: Received<AuthnRequest>): void {
  if (message.acsUrl !== null && message.acsUrl !== acs) ports.log('saml_acs_ignored', { app: app.uuid });
  if (message.destination !== null && !message.destination.startsWith(`${ports.hall.site.origin}/`))
    ports.log('saml_foreign_destination', { app: app.uuid });
  const unknown = countUnknown(message.classRefs, message.comparison);
  if (unknown > 0) ports.log('saml_classes_ignored', { app: app.uuid, count: unknown });
}

const DETAILS: ReadonlyMap<SamlError, string> = new Map([
  ['unauthorized_authn_context', STATUS_NO_AUTHN_CONTEXT],
  ['unauthorized_nameid_format', STATUS_INVALID_NAMEID_POLICY],
]);

/** Z3, section 17: an app that asked for it hears of what its own request could not have; everybody else's people see a page. */
async function refuseOrTell(
  c: AppContext,
  ports: SamlPorts,
  year: ServingYear,
  { app, message }: Received<AuthnRequest>,
  relayState: string | null,
  errors: readonly SamlError[],
): Promise<Response> {
  const detail = errors[0] === undefined ? undefined : DETAILS.get(errors[0]);
  const chosen = chooseAcs(app, message);
  const tellable = errors.every((error) => DETAILS.has(error));
  if (!app.active || !hasOption(app, 'error_responses') || !tellable || detail === undefined || !chosen.ok)
    return refuse(c, ports, errors);
  const { acs } = chosen.value;
  const head = headOf(ports, year, { now: c.get('now'), destination: acs, inResponseTo: message.id });
  const written = await writeErrorResponse(head, { status: STATUS_REQUESTER, detail });
  if (!written.ok) return refuse(c, ports, errors);
  const view = { nonce: c.get('nonce'), locale: c.get('locale') };
  const fields = answerFields(encodeMessage(written.value), relayState);
  return postPage(ports.hall.site, view, acs, fields, postTargets(acs, app));
}

const redirect = (location: string): Response =>
  new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store', pragma: 'no-cache' } });
