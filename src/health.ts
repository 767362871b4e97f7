import type { OidcKeys } from './oidc/ports.ts';
import type { AppContext } from './signin/endpoints/visit.tsx';

interface Parts {
  readonly database: D1Database;
  readonly keys: OidcKeys;
}

/** O20: 200 when signing in would work, else 500; names of parts, no internals. */
export function health({ database, keys }: Parts): (c: AppContext) => Promise<Response> {
  const works = async (check: () => Promise<unknown>): Promise<{ healthy: boolean }> => {
    try {
      await check();
      return { healthy: true };
    } catch {
      return { healthy: false };
    }
  };
  return async () => {
    const [db, signing] = await Promise.all([
      works(() => database.prepare('SELECT count(*) AS n FROM accounts WHERE uuid = ?').bind('').first()),
      works(() => keys.signing()),
    ]);
    const statuses = { database: db, keys: signing };
    const healthy = db.healthy && signing.healthy;
    return Response.json(
      { healthy, all_checks_healthy: healthy, statuses },
      { status: healthy ? 200 : 500, headers: { 'cache-control': 'no-store' } },
    );
  };
}
