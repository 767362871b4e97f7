import { type Context, Hono } from 'hono';
import type { Intervention } from './accounts/ports.ts';
import { baseAddress } from './accounts/rules/base-address.ts';
import { readEmailAddress } from './accounts/rules/email-address.ts';
import { limitBody, PROBLEMS, refuse, refuseFields, requireBearer } from './apps/endpoints/api-problems.ts';
import type { AppEnv } from './http.ts';
import type { LogEvent } from './kernel/log.ts';
import type { Notice } from './notices/notice.ts';
import { logLine } from './platform/log.ts';
import { absoluteUrl } from './signin/endpoints/absolute-url.ts';
import { endSessionsOf } from './signin/endpoints/hall.ts';
import type { HallPorts } from './signin/ports.ts';

type ApiContext = Context<AppEnv>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_BODY = 4096;
const MAX_REASON = 500;
const ALREADY = { status: 409, id: 'already-so', title: 'The account is in that state already.' } as const;

/** What operators do to an account in an incident (SP-1, M3): each with a reason, each written down. */
export function usersApi(hall: HallPorts, adminToken: string): Hono<AppEnv> {
  const api = new Hono<AppEnv>();

  /** The account and the reason, or the refusal to answer with. */
  const read = async (
    c: ApiContext,
  ): Promise<{ readonly account: string; readonly by: Intervention } | Response> => {
    const account = c.req.param('uuid') ?? '';
    if (!UUID.test(account)) return refuse(c, PROBLEMS.notFound);
    const body: unknown = await c.req.json().catch(() => null);
    const given: unknown =
      typeof body === 'object' && body !== null ? Reflect.get(body, 'reason') : undefined;
    const reason = typeof given === 'string' ? given.trim() : '';
    if (reason === '' || reason.length > MAX_REASON) {
      const message = `Say why, in at most ${MAX_REASON} characters.`;
      return refuseFields(c, [{ field: 'reason', code: 'reason.missing', message }]);
    }
    return { account, by: { actor: 'api:admin-token', reason, now: c.get('now') } };
  };
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
  const write = (event: LogEvent, c: ApiContext): void =>
    logLine('warn', event, { request_id: c.get('requestId') });

  api.use('*', requireBearer(adminToken));
  api.use('*', limitBody(MAX_BODY));
  api.post('/:uuid/suspend', async (c) => {
    const asked = await read(c);
    if (asked instanceof Response) return asked;
    const { account, by } = asked;
    const found = await hall.accounts.findByUuid(account);
    if (found === null) return refuse(c, PROBLEMS.notFound);
    const bases = found.emails.flatMap(({ address, confirmedAt }) => {
      const read = confirmedAt === null ? null : readEmailAddress(address);
      return read?.ok ? [baseAddress(read.value, false)] : [];
    });
    const done = await hall.accounts.suspend(account, bases, by);
    if (!done.ok) return refuse(c, done.error.reason === 'gone' ? PROBLEMS.notFound : ALREADY);
    // After the account says so: a sign-in that comes between meets the suspension at its gate.
    const ended = await endSessionsOf(hall, account, null);
    hall.after(tell(account, () => ({ kind: 'account-suspended' })));
    write('account_suspended', c);
    return c.json({ uuid: account, suspended: true, sessions_ended: ended });
  });
  api.post('/:uuid/reinstate', async (c) => {
    const asked = await read(c);
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
  api.post('/:uuid/revoke-sessions', async (c) => {
    const asked = await read(c);
    if (asked instanceof Response) return asked;
    const { account, by } = asked;
    if (!(await hall.accounts.recordSessionsEnded(account, by))) return refuse(c, PROBLEMS.notFound);
    const ended = await endSessionsOf(hall, account, null);
    write('account_sessions_ended', c);
    return c.json({ uuid: account, sessions_ended: ended });
  });
  return api;
}
