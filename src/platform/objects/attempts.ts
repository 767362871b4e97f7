import { DurableObject } from 'cloudflare:workers';
import type { OnceOnly, OnceOutcome } from '../../accounts/ports/attempts.ts';
import { clearedBy, type Limiter, type LimiterState, spend } from '../../accounts/rules/limiter.ts';
import {
  checkSentCode,
  keepSentCode,
  type NewSentCode,
  type SentCode,
} from '../../factors/phone/sent-codes.ts';
import { beginTry, lockedUntil, lockNow, type Tries } from '../../factors/second-factor-tries.ts';
import { DAY, type EpochMs, HOUR } from '../../kernel/time.ts';
import { now as clock, toRealTime } from '../clock.ts';

/** Wrong second factors do not wear off sooner: only a success or a served lock forgets them (FC-1). */
const TRIES_KEPT_MS = 30 * DAY;

export interface CountedLimit {
  readonly key: string;
  readonly limiter: Limiter;
  /** Counts and refuses nobody; told beside the answer once it is over (LI-4). */
  readonly watched?: boolean;
}

/**
 * Counters and locks. An account has an object of its own; limits on what strangers can choose (addresses, networks)
 * share 256 objects, so that nobody can make objects without end (platform LM-1).
 */
export class Attempts extends DurableObject<Env> {
  private hasTable = false;

  /** The table goes with everything else when the object empties itself, while this instance may live on. */
  private get sql(): SqlStorage {
    const { sql } = this.ctx.storage;
    if (!this.hasTable) {
      sql.exec(
        'CREATE TABLE IF NOT EXISTS limits (key TEXT PRIMARY KEY, count INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID',
      );
      this.hasTable = true;
    }
    return sql;
  }

  /** Counts one attempt at each limit, in order; stops at the first that refuses. What was counted up to `clearedAt` is forgotten. */
  async spend(
    limits: readonly CountedLimit[],
    now: EpochMs,
    clearedAt: EpochMs | null = null,
  ): Promise<
    | { allowed: true; over?: readonly string[] }
    | { allowed: false; key: string; retryAt: EpochMs; over?: readonly string[] }
  > {
    const over: string[] = [];
    const told = () => (over.length === 0 ? {} : { over });
    for (const { key, limiter, watched } of limits) {
      const spent = spend(clearedBy(this.state(key), limiter, clearedAt), limiter, now);
      this.sql.exec(
        'INSERT INTO limits (key, count, expires_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET count = excluded.count, expires_at = excluded.expires_at',
        key,
        spent.state.count,
        spent.state.expiresAt,
      );
      if (spent.allowed) continue;
      if (watched !== true) return { allowed: false, key, retryAt: spent.state.expiresAt, ...told() };
      over.push(key);
    }
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + DAY);
    return { allowed: true, ...told() };
  }

  clear(keys: readonly string[]): void {
    for (const key of keys) this.sql.exec('DELETE FROM limits WHERE key = ?', key);
  }

  /** Takes back one counted attempt at each limit; none goes below zero. */
  giveBack(keys: readonly string[]): void {
    for (const key of keys) this.sql.exec('UPDATE limits SET count = max(0, count - 1) WHERE key = ?', key);
  }

  /** Keeps the digest of a code about to be sent; its slot's earlier code is dead (PH-7). */
  async keepCode(code: NewSentCode, now: EpochMs): Promise<void> {
    this.ctx.storage.kv.put('codes', keepSentCode(this.codes(), code, now));
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + HOUR);
  }

  /**
   * One try with a sent code: counted before it is made (FC-1), used up when right. Nothing is awaited between counting
   * and comparing, so of parallel guesses no more than the limit reach a comparison.
   */
  async checkCode(
    slot: string,
    digests: readonly string[],
    succeededAt: EpochMs | null,
    now: EpochMs,
  ): Promise<
    | { allowed: true; left: number; verdict: 'right' | 'wrong' | 'expired' }
    | { allowed: false; lockedUntil: EpochMs }
  > {
    const begun = beginTry(this.tries(), succeededAt, now);
    if (!begun.allowed) return begun;
    const { verdict, codes } = checkSentCode(this.codes(), slot, digests, now);
    this.ctx.storage.kv.put('tries', begun.tries);
    this.ctx.storage.kv.put('codes', codes);
    if ((await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(toRealTime(now + TRIES_KEPT_MS));
    return { allowed: true, left: begun.left, verdict };
  }

  /** Locks the account at once (`otp_send.max`); tells until when. */
  async lock(succeededAt: EpochMs | null, now: EpochMs): Promise<EpochMs> {
    const tries = lockNow(this.tries(), succeededAt, now);
    this.ctx.storage.kv.put('tries', tries);
    if ((await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(toRealTime(now + TRIES_KEPT_MS));
    return lockedUntil(tries, null, now) ?? now;
  }

  /** One try at the account's second factor, counted before it is made (FC-1), and at a limit of its kind as well. */
  async secondFactor(
    succeededAt: EpochMs | null,
    now: EpochMs,
    limit: CountedLimit | null = null,
  ): Promise<{ allowed: true; left: number } | { allowed: false; lockedUntil: EpochMs; limited?: true }> {
    const begun = beginTry(this.tries(), succeededAt, now);
    if (!begun.allowed) return begun;
    this.ctx.storage.kv.put('tries', begun.tries);
    const spent = limit === null ? null : await this.spend([limit], now, succeededAt);
    if ((await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(toRealTime(now + TRIES_KEPT_MS));
    return spent?.allowed === false
      ? { allowed: false, lockedUntil: spent.retryAt, limited: true }
      : { allowed: true, left: begun.left };
  }

  /**
   * One try with a proof that is good once: nothing is awaited between the look and the note, so of parallel uses one is
   * taken. `count`: it is a try at the account's second factor, too (FC-1).
   */
  async useOnce(
    proof: OnceOnly,
    count: boolean,
    succeededAt: EpochMs | null,
    now: EpochMs,
  ): Promise<OnceOutcome> {
    this.sql.exec("DELETE FROM limits WHERE key LIKE 'once:%' AND expires_at <= ?", now);
    const noted = this.sql.exec(
      'INSERT OR IGNORE INTO limits (key, count, expires_at) VALUES (?, 1, ?)',
      `once:${proof.id}`,
      proof.until,
    );
    if (noted.rowsWritten === 0) return { kind: 'used' };
    const begun = beginTry(this.tries(), succeededAt, now);
    if (begun.allowed && count) this.ctx.storage.kv.put('tries', begun.tries);
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + DAY);
    return begun.allowed ? { kind: 'fresh', left: begun.left } : { kind: 'locked', until: begun.lockedUntil };
  }

  lockedUntil(succeededAt: EpochMs | null, now: EpochMs): EpochMs | null {
    return lockedUntil(this.tries(), succeededAt, now);
  }

  /** Removes counters that ended; an object with nothing left to count disappears. */
  override async alarm(): Promise<void> {
    const now = clock();
    this.sql.exec('DELETE FROM limits WHERE expires_at <= ?', now);
    const left = this.sql.exec<{ n: number }>('SELECT count(*) AS n FROM limits').one().n;
    const tries = this.tries();
    const codes = this.codes().filter(({ expiresAt }) => now < expiresAt);
    this.ctx.storage.kv.put('codes', codes);
    if (left > 0 || codes.length > 0) await this.ctx.storage.setAlarm(Date.now() + 6 * HOUR);
    else if (tries !== null && now < tries.lastAt + TRIES_KEPT_MS)
      await this.ctx.storage.setAlarm(toRealTime(tries.lastAt + TRIES_KEPT_MS));
    else {
      this.hasTable = false;
      await this.ctx.storage.deleteAll();
    }
  }

  private state(key: string): LimiterState | null {
    const row = this.sql
      .exec<{ count: number; expires_at: number }>('SELECT count, expires_at FROM limits WHERE key = ?', key)
      .toArray()[0];
    return row === undefined ? null : { count: row.count, expiresAt: row.expires_at };
  }

  private codes(): readonly SentCode[] {
    return this.ctx.storage.kv.get<readonly SentCode[]>('codes') ?? [];
  }

  private tries(): Tries | null {
    return this.ctx.storage.kv.get<Tries>('tries') ?? null;
  }
}
