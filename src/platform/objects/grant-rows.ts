import type { EpochMs } from '../../kernel/time.ts';
import {
  CODE_MAX_FAILURES,
  type Grant,
  type GrantDraft,
  MAX_GRANTS,
  type SessionState,
} from '../../sessions/model.ts';
import { rewrap, rowFor } from '../../sessions/rules.ts';
import type { GrantedFacts } from '../../signin/model.ts';

/** How long a fresh code may live in memory alone. A crash inside this window costs one retry. */
const CODE_FLUSH_MS = 250;

const GRANT = 'grant:';

/** What `find` answers when nothing matches. */
export const NONE = -1;

/** Neither code nor token is of any use. */
const isSpent = ({ tokenDigest, failures }: Grant): boolean =>
  tokenDigest === null && failures >= CODE_MAX_FAILURES;

const rowKey = (row: number): string => GRANT + String(row).padStart(2, '0');

/** The codes and access tokens of one session, in memory and, a moment later, on disk. */
export interface GrantRows {
  /** The row of the first grant that matches, or `NONE`. */
  readonly find: (matches: (grant: Grant) => boolean) => number;
  readonly at: (row: number) => Grant | null;
  readonly issue: (
    draft: GrantDraft,
    app: string,
    facts: GrantedFacts,
    state: SessionState,
    now: EpochMs,
  ) => void;
  /** Replaces a grant, durably before the caller hears of it. */
  readonly replace: (row: number, grant: Grant) => void;
  readonly countFailure: (row: number) => void;
  /**
   * Revokes every grant that matches, durably before the caller hears of it: its token is gone, and its code redeems
   * nothing. Which app's it was stays known, so that the app hears in its own way that it is over (TOK-10).
   */
  readonly revoke: (matches: (grant: Grant) => boolean) => void;
  /** Forgets all of them; the caller empties the storage. */
  readonly clear: () => void;
  /** Writes what is due by the real clock; returns when the rest is, or null. */
  readonly flush: (at: number) => number | null;
}

/**
 * The latest grants in rows: when all are taken a new one takes the place of an older, so that their number is bounded
 * whatever an app does and giving one up needs no write of its own. `disk` is asked anew for every write; `flushBy` is told
 * when `flush` has something to write.
 */
export function grantRows(
  disk: () => SyncKvStorage,
  isBegun: boolean,
  flushBy: (due: number) => void,
): GrantRows {
  const grants: (Grant | null)[] = Array.from({ length: MAX_GRANTS }, () => null);
  /** When each row was taken, as a number that grows. */
  const order: number[] = Array.from({ length: MAX_GRANTS }, () => 0);
  let taken = 0;
  /** Rows to write and when, by the real clock. A code redeemed before then is written once, by its redemption. */
  const unsaved = new Map<number, number>();

  const take = (row: number): void => {
    taken += 1;
    order[row] = taken;
  };
  const at = (row: number): Grant | null => (row === NONE ? null : (grants[row] ?? null));
  const save = (row: number): void => {
    const grant = at(row);
    unsaved.delete(row);
    if (grant === null) disk().delete(rowKey(row));
    else disk().put(rowKey(row), grant);
  };
  const saveLater = (row: number): void => {
    const due = Date.now() + CODE_FLUSH_MS;
    unsaved.set(row, due);
    flushBy(due);
  };

  if (isBegun) {
    const rows = [...disk().list<Grant>({ prefix: GRANT })];
    for (const [key, grant] of rows.sort(([, one], [, other]) => one.issuedAt - other.issuedAt)) {
      const row = Number(key.slice(GRANT.length));
      grants[row] = grant;
      take(row);
    }
  }

  return {
    find: (matches) => grants.findIndex((grant) => grant !== null && matches(grant)),
    at,
    issue(draft, app, facts, state, now) {
      const row = rowFor(app, grants, order, now);
      take(row);
      grants[row] = {
        codeDigest: draft.codeDigest,
        tokenDigest: null,
        app,
        payload: draft.payload,
        conditions: draft.conditions,
        wrappedKey: rewrap(state.wrappedKey, draft.keyDelta),
        facts,
        issuedAt: now,
        redeemedAt: null,
        failures: 0,
        proofId: null,
      };
      saveLater(row);
    },
    replace(row, grant) {
      grants[row] = grant;
      save(row);
    },
    countFailure(row) {
      const grant = at(row);
      if (grant === null || isSpent(grant)) return;
      grants[row] = { ...grant, failures: grant.failures + 1 };
      if (grant.failures + 1 >= CODE_MAX_FAILURES) save(row);
      else saveLater(row);
    },
    revoke(matches) {
      for (const [row, grant] of grants.entries()) {
        if (grant === null || isSpent(grant) || !matches(grant)) continue;
        grants[row] = {
          ...grant,
          tokenDigest: null,
          payload: '',
          wrappedKey: '',
          failures: CODE_MAX_FAILURES,
        };
        save(row);
      }
      // A row waiting to be written may still hold, on disk, an older grant that matches.
      for (const row of unsaved.keys()) save(row);
    },
    clear() {
      grants.fill(null);
      unsaved.clear();
    },
    flush(now) {
      let next: number | null = null;
      for (const [row, due] of unsaved) {
        if (due <= now) save(row);
        else if (next === null || due < next) next = due;
      }
      return next;
    },
  };
}
