import type { App } from '../../apps/model.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { endListed, endSessionsOf } from '../../signin/endpoints/end-sessions.ts';
import { isHead, nothingDone } from '../../signin/endpoints/head.ts';
import type { AppContext } from '../../signin/endpoints/visit.tsx';
import { MOST_SESSION_INDEXES } from '../limits.ts';
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
  const whose = [named.account, ...named.indexes].join(' ');
  // S17: a repeat does nothing more than the first was to do, which spares no session for the sake of clocks that differ.
  const firstMet = await ports.remember(app.uuid, request.id, whose, now);
  if (firstMet !== null)
    await endSessions(ports, named, firstMet === now ? Number.POSITIVE_INFINITY : firstMet);

  const head = headOf(ports, year, { now, destination: responseUrl, inResponseTo: request.id });
  const written = await writeLogoutResponse(head, hasOption(app, 'signed_logout_response'));
  return written.ok ? xmlAnswer(written.value) : failed(['no_auth_or_logout_request']);
}

/** Whose sessions are meant: those that assertions belonged to, or all of an account's where none is named. */
interface Named {
  readonly account: string;
  readonly indexes: readonly string[];
  /** Q4: what began later was never used for the app. Null while the person has not disconnected it. */
  readonly disconnectedAt: EpochMs | null;
}

/**
 * Q2, Q3, F4: the SessionIndex holds the person's subject, who must have signed in to this very app. For apps that ask
 * for it, NameID may name the person and the SessionIndex be that of an assertion (section 17).
 */
async function whom(ports: SamlPorts, app: App, request: LogoutRequest): Promise<Named | null> {
  const indexes = request.sessionIndexes;
  const [index] = indexes;
  if (index === undefined || index === '' || indexes.length > MOST_SESSION_INDEXES) return null;
  const bySubject = await ports.findPerson(app.uuid, index);
  if (bySubject !== null) return { ...bySubject, indexes: [] };
  if (!hasOption(app, 'remote_logout_by_session_index') || request.nameId === null) return null;
  const byName = await byNameId(ports, app, request.nameId);
  return byName === null ? null : { ...byName, indexes };
}

async function byNameId(
  ports: SamlPorts,
  app: App,
  { value, format }: NonNullable<LogoutRequest['nameId']>,
): ReturnType<SamlPorts['findPerson']> {
  if (format !== NAMEID_EMAIL) return ports.findPerson(app.uuid, value);
  // Who may not be told addresses may not try them out on its people either.
  if (!app.email_nameid_format_allowed) return null;
  const found = await ports.hall.accounts.findByEmail(value);
  if (found === null) return null;
  const link = await ports.hall.connections.find(found.uuid, app.uuid);
  return link === null || link.revoked ? null : { account: found.uuid, disconnectedAt: null };
}

/** Q4: every browser of the person that was signed in by then; one that is gone already is just as well. */
async function endSessions(ports: SamlPorts, named: Named, until: EpochMs): Promise<void> {
  const { hall } = ports;
  const { account, indexes, disconnectedAt } = named;
  if (indexes.length === 0) {
    const begunUntil = Math.min(until, disconnectedAt ?? until);
    await endSessionsOf(hall, account, null, 'signed-out', begunUntil);
    return;
  }
  const tag = indexTag(ports);
  const live = (await hall.accounts.sessionLocators(account)).map(({ locator }) => locator);
  const meant = live.filter((locator) => indexes.some((index) => isIndexOf(index, locator, tag)));
  await endListed(hall, account, meant, 'signed-out');
}
