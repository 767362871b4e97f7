import { listDurableObjectIds, runInDurableObject } from 'cloudflare:test';
import { textsIn } from './encodings.ts';

/** A line of a dump: where it stands, and what. */
export interface Kept {
  readonly where: string;
  readonly text: string;
}

const linesOf = (where: string, value: unknown): readonly Kept[] =>
  textsIn(value).map((text) => ({ where, text }));

async function dumpDatabase(db: D1Database): Promise<readonly Kept[]> {
  const { results } = await db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '_cf_%'")
    .all<{ name: string }>();
  const tables = await Promise.all(
    results.map(async ({ name }) => {
      const rows = await db.prepare(`SELECT * FROM "${name}"`).all();
      return rows.results.flatMap((row) =>
        Object.entries(row).flatMap(([column, value]) => linesOf(`D1 ${name}.${column}`, value)),
      );
    }),
  );
  return tables.flat();
}

async function dumpKv(kv: KVNamespace): Promise<readonly Kept[]> {
  const { keys } = await kv.list();
  const entries = await Promise.all(
    keys.map(async ({ name, metadata }) =>
      linesOf(`KV ${name}`, [name, metadata, await kv.get(name, 'arrayBuffer')]),
    ),
  );
  return entries.flat();
}

async function dumpObjects<T extends Rpc.DurableObjectBranded>(
  what: string,
  namespace: DurableObjectNamespace<T>,
): Promise<readonly Kept[]> {
  const ids = await listDurableObjectIds(namespace);
  const objects = await Promise.all(
    ids.map((id) =>
      runInDurableObject(namespace.get(id), (_object, { storage }) => {
        const tables = storage.sql
          .exec<{ name: string }>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '_cf_%'",
          )
          .toArray();
        const rows = tables.flatMap(({ name }) => storage.sql.exec(`SELECT * FROM "${name}"`).toArray());
        return linesOf(what, [[...storage.kv.list()], rows]);
      }),
    ),
  );
  return objects.flat();
}

/** Everything that rests anywhere: each table, each KV entry, each object's storage. */
export async function dumpStores(env: Env): Promise<readonly Kept[]> {
  const dumps = await Promise.all([
    dumpDatabase(env.DB),
    dumpKv(env.PUBLIC),
    dumpObjects('Session', env.SESSIONS),
    dumpObjects('StoredRequest', env.REQUESTS),
    dumpObjects('Attempts', env.ATTEMPTS),
    dumpObjects('ReplayGuard', env.REPLAY),
  ]);
  return dumps.flat();
}
