/**
 * D1 and KV for the runtime alone, each one Durable Object behind the wire format that the runtime's own bindings
 * speak. Only what Gatehouse uses; runs in workerd with its types stripped, so it imports nothing but the platform.
 */
import { DurableObject } from 'cloudflare:workers';

type Value = string | number | null;

interface Query {
  readonly sql: string;
  readonly params?: readonly (Value | readonly number[])[] | null;
}

interface LocalEnv {
  readonly DATABASE: DurableObjectNamespace<LocalDatabase>;
  readonly PAIRS: DurableObjectNamespace<LocalPairs>;
}

/** One D1 database: SQL over HTTP as `cloudflare-internal:d1-api` sends it. */
export class LocalDatabase extends DurableObject<LocalEnv> {
  override async fetch(request: Request): Promise<Response> {
    const body: Query | readonly Query[] = await request.json();
    const queries: readonly Query[] = 'sql' in body ? [body] : body;
    const asRows = new URL(request.url).searchParams.get('resultsFormat') === 'ROWS_AND_COLUMNS';
    try {
      const results = this.ctx.storage.transactionSync(() => queries.map((query) => this.run(query, asRows)));
      return Response.json(results, { headers: { 'x-cf-d1-session-commit-token': '0' } });
    } catch (error) {
      return Response.json({ success: false, error: error instanceof Error ? error.message : String(error) });
    }
  }

  private run({ sql, params }: Query, asRows: boolean): object {
    const bound = (params ?? []).map((value) =>
      typeof value === 'object' && value !== null ? new Uint8Array(value).buffer : value,
    );
    const cursor = this.ctx.storage.sql.exec(sql, ...bound);
    const columns = cursor.columnNames;
    const rows = [...cursor.raw()].map((row) =>
      row.map((value) => (value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value)),
    );
    const results = asRows
      ? { columns, rows }
      : rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
    const { changes, id } = this.ctx.storage.sql
      .exec<{ changes: number; id: number }>('SELECT changes() AS changes, last_insert_rowid() AS id')
      .one();
    const { rowsRead, rowsWritten } = cursor;
    return {
      success: true,
      results,
      meta: {
        served_by: 'bench',
        duration: 0,
        changes: rowsWritten === 0 ? 0 : changes,
        last_row_id: id,
        changed_db: rowsWritten !== 0,
        size_after: this.ctx.storage.sql.databaseSize,
        rows_read: rowsRead,
        rows_written: rowsWritten,
      },
    };
  }
}

/** One KV namespace: GET, PUT and DELETE of one key, without expiry. */
export class LocalPairs extends DurableObject<LocalEnv> {
  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const key = decodeURIComponent(pathname.slice(1));
    if (request.method === 'PUT') {
      this.ctx.storage.kv.put(key, {
        bytes: await request.arrayBuffer(),
        metadata: request.headers.get('cf-kv-metadata'),
      });
      return new Response();
    }
    if (request.method === 'DELETE') {
      this.ctx.storage.kv.delete(key);
      return new Response();
    }
    const held = this.ctx.storage.kv.get<{ bytes: ArrayBuffer; metadata: string | null }>(key);
    if (held === undefined) return new Response('Not Found', { status: 404 });
    return new Response(held.bytes, {
      headers: held.metadata === null ? {} : { 'cf-kv-metadata': held.metadata },
    });
  }
}

export default {
  fetch: (request: Request, env: LocalEnv) => env.DATABASE.getByName('only').fetch(request),
};

/** The entrypoint that a KV binding talks to. */
export const pairs = {
  fetch: (request: Request, env: LocalEnv) => env.PAIRS.getByName('only').fetch(request),
};
