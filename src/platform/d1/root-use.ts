import { type SQL, sql } from 'drizzle-orm';
import type { PickDatabase } from './database.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';

/** What still needs one root. */
export interface RootUse {
  readonly root: number;
  /** Values sealed under it; the re-sealing job moves them. */
  readonly sealed: number;
  /** Passwords peppered with it; each moves when its owner next signs in with it. */
  readonly passwords: number;
}

type Counted = { readonly head: string; readonly n: number };

/** The roots that a password record's hash begins with: the pepper's, and that of the seal (`g1.1.`, `p1.g1.2.`). */
function rootsOf(head: string): { readonly pepper: number; readonly seal: number } | null {
  const match = /^(?:p(\d+)\.)?g1\.(\d+)/.exec(Buffer.from(head, 'base64').toString('latin1'));
  return match === null ? null : { pepper: Number(match[1] ?? match[2]), seal: Number(match[2]) };
}

/**
 * Counts what hangs on each root, for operators who want to take an old one away. Reads every row that holds something
 * sealed, so it is nothing for a page. Digests tell no root and are not counted.
 */
export async function rootUse(pick: PickDatabase): Promise<readonly RootUse[]> {
  const db = pick({ shared: 'reseal' });
  const uses = new Map<number, { sealed: number; passwords: number }>();
  const useOf = (root: number): { sealed: number; passwords: number } => {
    const use = uses.get(root) ?? { sealed: 0, passwords: 0 };
    uses.set(root, use);
    return use;
  };
  for (const { table, column } of SEALED_COLUMNS) {
    if (table === 'accounts') continue;
    const [name, from]: readonly SQL[] = [sql.raw(`"${column}"`), sql.raw(`"${table}"`)];
    const counted = await db.all<Counted>(
      sql`SELECT substr(${name}, 4, instr(substr(${name}, 4), '.') - 1) AS head, count(*) AS n FROM ${from} WHERE ${name} GLOB 'g1.*' GROUP BY head`,
    );
    for (const { head, n } of counted) useOf(Number(head)).sealed += n;
  }
  // The hash is the last part of `$scrypt$cost$salt$hash`, in base64; what is before its first random byte fits in eight
  // letters, or in twelve with a pepper of its own (`cD` is how "p" begins).
  const passwords = await db.all<Counted>(
    sql`SELECT substr(hash, 1, CASE WHEN hash GLOB 'cD*' THEN 12 ELSE 8 END) AS head, count(*) AS n FROM (SELECT substr(rest, instr(rest, '$') + 1) AS hash FROM (SELECT substr(after, instr(after, '$') + 1) AS rest FROM (SELECT substr(password, 9) AS after FROM accounts WHERE password GLOB '$scrypt$*'))) GROUP BY head`,
  );
  for (const { head, n } of passwords) {
    const roots = rootsOf(head);
    if (roots === null) continue;
    useOf(roots.pepper).passwords += n;
    useOf(roots.seal).sealed += n;
  }
  return [...uses].sort(([a], [b]) => a - b).map(([root, use]) => ({ root, ...use }));
}
