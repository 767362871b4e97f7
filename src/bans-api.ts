import type { Context, Hono } from 'hono';
import type { AccountBans } from './accounts/ports/bans.ts';
import { PROBLEMS, refuse, refuseFields } from './apps/endpoints/api-problems.ts';
import type { AppRegistry } from './apps/ports.ts';
import { type AppEnv, newRoutes } from './http.ts';
import { accountIn, readIntervention } from './intervention.ts';
import type { EpochMs } from './kernel/time.ts';
import { logLine } from './platform/log.ts';
import { ALL_APPS, BANS_MAX } from './sessions/model.ts';
import { tellBans } from './signin/endpoints/tell-bans.ts';
import type { HallPorts } from './signin/ports.ts';

const ALREADY = { status: 409, id: 'already-so', title: 'The account is in that state already.' } as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** No issuer is longer. */
const MAX_APP = 1024;

/** What operators need to close apps to accounts. */
export interface BansPorts {
  readonly hall: Pick<HallPorts, 'accounts' | 'sessions'>;
  readonly bans: AccountBans;
  readonly apps: Pick<AppRegistry, 'byUuid' | 'byIssuer'>;
}

const refuseApp = (c: Context<AppEnv>, code: string, message: string): Response =>
  refuseFields(c, [{ field: 'app', code: `app.${code}`, message }]);

/** SP-2: closes one app, or all, to an account, and opens it again: each with a reason, each written down. */
export function bansApi({ hall, bans, apps }: BansPorts): Hono<AppEnv> {
  const api = newRoutes();

  /** The uuid of the app that a body names by uuid or issuer, or `ALL_APPS`; else the refusal. */
  const readApp = async (
    c: Context<AppEnv>,
    named: unknown,
    mayBeGone: boolean,
  ): Promise<string | Response> => {
    if (typeof named !== 'string' || named === '' || named.length > MAX_APP)
      return refuseApp(c, 'missing', `Name the app by uuid or issuer, or ${ALL_APPS} for all of them.`);
    if (named === ALL_APPS) return named;
    const isUuid = UUID.test(named);
    const app = (isUuid ? await apps.byUuid(named) : null) ?? (await apps.byIssuer(named));
    if (app !== null) return app.uuid;
    // The ban of an app that was deleted since can still be lifted.
    return isUuid && mayBeGone ? named : refuseApp(c, 'unknown', 'No app has this uuid or issuer.');
  };

  /** Who asks twice may do so because not every session answered the first time. */
  const tellAgain = async (account: string, now: EpochMs): Promise<void> => {
    const bans = (await hall.accounts.findByUuid(account))?.facts.bans;
    const listed = bans === undefined ? [] : await hall.accounts.sessionLocators(account);
    const sessions = listed.map(({ locator }) => locator);
    if (bans !== undefined) await tellBans(hall, account, { bans, sessions }, now);
  };

  for (const act of ['ban', 'unban'] as const) {
    api.post(`/:uuid/${act}`, async (c) => {
      const asked = await readIntervention(c);
      if (asked instanceof Response) return asked;
      const { account, by } = asked;
      const app = await readApp(c, asked.member('app'), act === 'unban');
      if (app instanceof Response) return app;
      const done = await bans[act](account, app, by);
      if (!done.ok) {
        if (done.error.reason === 'gone') return refuse(c, PROBLEMS.notFound);
        if (done.error.reason === 'already') {
          await tellAgain(account, by.now);
          return refuse(c, ALREADY);
        }
        const message = `One account has at most ${BANS_MAX} bans; ${ALL_APPS} bans it from all apps.`;
        return refuseApp(c, 'too_many', message);
      }
      // After the account says so: a session that begins meanwhile has read it, or does not begin.
      await tellBans(hall, account, done.value, by.now);
      logLine('warn', act === 'ban' ? 'account_banned' : 'account_unbanned', {
        request_id: c.get('requestId'),
        ...(app === ALL_APPS ? {} : { app }),
      });
      return c.json({ uuid: account, banned_from: done.value.bans.apps });
    });
  }
  api.get('/:uuid/bans', async (c) => {
    const account = accountIn(c);
    const standing = account === null ? null : await bans.standing(account);
    if (standing === null) return refuse(c, PROBLEMS.notFound);
    return c.json(
      standing.map(({ app, actor, reason, since }) => ({
        app,
        actor,
        reason,
        since: new Date(since).toISOString(),
      })),
    );
  });
  return api;
}
