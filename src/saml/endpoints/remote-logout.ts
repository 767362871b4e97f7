import type { App } from '../../apps/model.ts';
import { SECOND } from '../../kernel/time.ts';
import { endSessionsOf } from '../../signin/endpoints/end-sessions.ts';
import { isHead, nothingDone } from '../../signin/endpoints/head.ts';
import type { AppContext } from '../../signin/endpoints/visit.tsx';
import { LOGOUT_MEMORY_SECONDS } from '../limits.ts';
import type { SamlPorts, ServingYear } from '../ports.ts';
import { hasOption } from '../rules/app-options.ts';
import { checkLogoutRequest } from '../rules/check-logout-request.ts';
import { isIndexOf } from '../rules/session-index.ts';
import { type LogoutRequest, readLogoutRequest } from '../wire/logout-request.ts';
import { writeLogoutResponse } from '../wire/logout-response.ts';
import { NAMEID_EMAIL } from '../wire/names.ts';
import { headOf, indexTag } from './door.ts';
import { readIncoming, receive } from './receive.ts';
import { silentRefusal, xmlAnswer } from './respond.tsx';

/** SAML Bindings section 3.2 in spirit, Q1 to Q6: a server asks to end the sessions of a person, wherever their browsers are. */
export async function remoteLogout(c: AppContext, ports: SamlPorts, year: ServingYear): Promise<Response> {
  const failed = (reasons: readonly string[]): Response => {
    ports.log('saml_remote_logout_refused', { errors: reasons.join(' '), request_id: c.get('requestId') });
    return silentRefusal();
  };
  const incoming = await readIncoming(c);
  if (!incoming.ok) return failed(incoming.error);
  const received = await receive(ports, incoming.value.parameters, readLogoutRequest);
  if (!received.ok) return failed(received.error);
  const now = c.get('now');
  const checked = checkLogoutRequest(
    received.value.app,
    received.value.message,
    received.value.signature,
    now,
  );
  if (!checked.ok) return failed(checked.error);
  const { app, request, responseUrl } = checked.value;
  const named = await whom(ports, app, request);
  if (named === null) return failed(['no_user_found_from_session_index']);
  if (isHead(c)) return nothingDone();
  const isFirst = await ports.remember(app.uuid, request.id, now + LOGOUT_MEMORY_SECONDS * SECOND, now);
  if (isFirst) await endSessions(ports, named);

  const head = headOf(ports, year, { now, destination: responseUrl, inResponseTo: request.id });
  const written = await writeLogoutResponse(head, hasOption(app, 'signed_logout_response'));
  return written.ok ? xmlAnswer(written.value) : failed(['no_auth_or_logout_request']);
}

/** Whose sessions are meant: all of an account's, or the one an assertion belonged to. */
interface Named {
  readonly account: string;
  readonly index: string | null;
}

/**
 * Q2, Q3, F4: the SessionIndex holds the person's subject, who must have signed in to this very app. For apps that ask
 * for it, NameID may name the person and the SessionIndex be that of an assertion (section 17).
 */
async function whom(ports: SamlPorts, app: App, request: LogoutRequest): Promise<Named | null> {
  const [index] = request.sessionIndexes;
  if (index === undefined || index === '') return null;
  const account = await ports.findPerson(app.uuid, index);
  if (account !== null) return { account, index: null };
  if (!hasOption(app, 'remote_logout_by_session_index') || request.nameId === null) return null;
  const person = await byNameId(ports, app, request.nameId);
  return person === null ? null : { account: person, index };
}

async function byNameId(
  ports: SamlPorts,
  app: App,
  { value, format }: NonNullable<LogoutRequest['nameId']>,
): Promise<string | null> {
  if (format !== NAMEID_EMAIL) return ports.findPerson(app.uuid, value);
  // Who may not be told addresses may not try them out on its people either.
  if (!app.email_nameid_format_allowed) return null;
  const found = await ports.hall.accounts.findByEmail(value);
  if (found === null) return null;
  return (await ports.hall.connections.find(found.uuid, app.uuid)) === null ? null : found.uuid;
}

/** Q4: every browser of the person; one that is gone already is just as well. */
async function endSessions(ports: SamlPorts, { account, index }: Named): Promise<void> {
  const { sessions, accounts } = ports.hall;
  if (index === null) {
    await endSessionsOf(ports.hall, account, null);
    return;
  }
  const tag = indexTag(ports);
  const live = await accounts.sessionLocators(account);
  await Promise.all(
    live
      .filter(({ locator }) => isIndexOf(index, locator, tag))
      .map(async ({ locator }) => {
        await sessions.endFor(locator, account, 'signed-out');
        await accounts.forgetSession(locator);
      }),
  );
}
