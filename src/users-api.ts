import type { Context, Hono } from 'hono';
import type { AccountEmail } from './accounts/model.ts';
import { baseAddress, isGoogleMail } from './accounts/rules/base-address.ts';
import { domainPart, readEmailAddress } from './accounts/rules/email-address.ts';
import { limitBody, PROBLEMS, refuse, requireBearer } from './apps/endpoints/api-problems.ts';
import { type BansPorts, bansApi } from './bans-api.ts';
import { type AppEnv, newRoutes } from './http.ts';
import { MAX_BODY_BYTES, readIntervention } from './intervention.ts';
import type { LogEvent } from './kernel/log.ts';
import { legacyNameIdsApi } from './legacy-name-ids-api.ts';
import type { Notice } from './notices/notice.ts';
import { logLine } from './platform/log.ts';
import { absoluteUrl } from './signin/endpoints/absolute-url.ts';
import { endSessionsOf } from './signin/endpoints/end-sessions.ts';
import type { HallPorts } from './signin/ports.ts';

type ApiContext = Context<AppEnv>;

const ALREADY = { status: 409, id: 'already-so', title: 'The account is in that state already.' } as const;

/** What the interface needs from outside. */
export interface UsersPorts extends BansPorts {
  readonly hall: HallPorts;
}

/** What operators do to an account in an incident (SP-1, SP-2, M3): each with a reason, each written down. */
export function usersApi(ports: UsersPorts, adminToken: string): Hono<AppEnv> {
  const { hall } = ports;
  const api = newRoutes();

  const tell = async (
    account: string,
    noticeIn: (locale: Parameters<typeof absoluteUrl>[1]) => Notice,
  ): Promise<void> => {
    const found = await hall.accounts.findByUuid(account);
    if (found === null) return;
    const { emailLocale } = found.facts;
    const addresses = found.emails.flatMap(({ address, confirmedAt }) =>
      confirmedAt === null ? [] : [address],
    );
    await hall.notify(addresses, emailLocale, noticeIn(emailLocale));
  };
  /** The mailboxes behind the confirmed addresses, which sign up no more (SU-4). */
  const mailboxesOf = async (emails: readonly AccountEmail[]): Promise<readonly string[]> => {
    const addresses = emails.flatMap(({ address, confirmedAt }) => {
      const read = confirmedAt === null ? null : readEmailAddress(address);
      return read?.ok ? [read.value] : [];
    });
    return Promise.all(
      addresses.map(async (address) => {
        const { hosts } = await hall.findMailRoute(domainPart(address));
        return baseAddress(address, isGoogleMail(hosts));
      }),
    );
  };
  const write = (event: LogEvent, c: ApiContext): void =>
    logLine('warn', event, { request_id: c.get('requestId') });

  api.use('*', requireBearer(adminToken));
  api.use('*', limitBody(MAX_BODY_BYTES));
  api.route('/', bansApi(ports));
  api.route('/', legacyNameIdsApi(hall));
  api.post('/:uuid/suspend', async (c) => {
    const asked = await readIntervention(c);
    if (asked instanceof Response) return asked;
    const { account, by } = asked;
    const found = await hall.accounts.findByUuid(account);
    if (found === null) return refuse(c, PROBLEMS.notFound);
    const done = await hall.accounts.suspend(account, await mailboxesOf(found.emails), by);
    // After the account says so: a sign-in that comes between meets the suspension at its gate. Who asks twice may do so
    // because not every session answered the first time.
    const ended = await endSessionsOf(hall, account, null);
    if (!done.ok) return refuse(c, done.error.reason === 'gone' ? PROBLEMS.notFound : ALREADY);
    hall.after(tell(account, () => ({ kind: 'account-suspended' })));
    write('account_suspended', c);
    return c.json({ uuid: account, suspended: true, sessions_ended: ended });
  });
  api.post('/:uuid/reinstate', async (c) => {
    const asked = await readIntervention(c);
    if (asked instanceof Response) return asked;
    const { account, by } = asked;
    const done = await hall.accounts.reinstate(account, by);
    if (!done.ok) return refuse(c, done.error.reason === 'gone' ? PROBLEMS.notFound : ALREADY);
    // Sessions begun meanwhile know the account as suspended: signing in again is the way on.
    const ended = await endSessionsOf(hall, account, null);
    hall.after(
      tell(account, (locale) => ({ kind: 'account-reinstated', signInUrl: absoluteUrl(hall, locale, '/') })),
    );
    write('account_reinstated', c);
    return c.json({ uuid: account, suspended: false, sessions_ended: ended });
  });
  api.post('/:uuid/require-password-change', async (c) => {
    const asked = await readIntervention(c);
    if (asked instanceof Response) return asked;
    const { account, by } = asked;
    if (!(await hall.accounts.requirePasswordChange(account, by))) return refuse(c, PROBLEMS.notFound);
    // After the account says so: whoever knows the password signs in no more without being asked for another one.
    const ended = await endSessionsOf(hall, account, null);
    hall.after(
      tell(account, (locale) => ({
        kind: 'please-reset-password',
        url: absoluteUrl(hall, locale, '/users/password/new'),
      })),
    );
    write('account_password_change_required', c);
    return c.json({ uuid: account, password_change_required: true, sessions_ended: ended });
  });
  api.post('/:uuid/revoke-sessions', async (c) => {
    const asked = await readIntervention(c);
    if (asked instanceof Response) return asked;
    const { account, by } = asked;
    if (!(await hall.accounts.recordSessionsEnded(account, by))) return refuse(c, PROBLEMS.notFound);
    const ended = await endSessionsOf(hall, account, null);
    write('account_sessions_ended', c);
    return c.json({ uuid: account, sessions_ended: ended });
  });
  return api;
}
