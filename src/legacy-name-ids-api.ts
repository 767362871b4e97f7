import type { Hono } from 'hono';
import { isLegacyNameId } from './accounts/rules/legacy-name-id.ts';
import { PROBLEMS, refuse, refuseFields } from './apps/endpoints/api-problems.ts';
import { type AppEnv, newRoutes } from './http.ts';
import { readIntervention } from './intervention.ts';
import { logLine } from './platform/log.ts';
import type { HallPorts } from './signin/ports.ts';

/** Saml A9: imports the number under which apps knew an account, with a reason, written down. */
export function legacyNameIdsApi({
  accounts,
  sessions,
}: Pick<HallPorts, 'accounts' | 'sessions'>): Hono<AppEnv> {
  const api = newRoutes();
  api.put('/:uuid/legacy-name-id', async (c) => {
    const asked = await readIntervention(c);
    if (asked instanceof Response) return asked;
    const { account, by } = asked;
    const number = asked.member('legacy_name_id');
    if (number !== null && !isLegacyNameId(number)) {
      const message = `A whole number from 1 to ${Number.MAX_SAFE_INTEGER}, or null for none.`;
      return refuseFields(c, [{ field: 'legacy_name_id', code: 'legacy_name_id.invalid', message }]);
    }
    const done = await accounts.setLegacyNameId(account, number, by);
    if (!done.ok) {
      if (done.error.reason === 'gone') return refuse(c, PROBLEMS.notFound);
      const message = 'Another account has this number.';
      return refuseFields(c, [{ field: 'legacy_name_id', code: 'legacy_name_id.taken', message }]);
    }
    // Sessions answer apps from what they know of the account: those that live hear of it.
    const listed = await accounts.sessionLocators(account);
    await Promise.all(
      listed.map(({ locator }) =>
        sessions.refreshFor(locator, account, [{ kind: 'facts', facts: { legacyNameId: number } }], by.now),
      ),
    );
    logLine('warn', 'account_legacy_name_id_set', { request_id: c.get('requestId') });
    return c.json({ uuid: account, legacy_name_id: number });
  });
  return api;
}
