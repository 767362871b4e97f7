import { DurableObject } from 'cloudflare:workers';
import type { EpochMs } from '../../kernel/time.ts';
import { now as clock, toRealTime } from '../clock.ts';

/** Ids that may be used once, per app and sharded (SAML messages, assertions where an app wants them checked globally). */
export class ReplayGuard extends DurableObject<Env> {
  private hasTable = false;

  /** The table goes with everything else when the object empties itself, while this instance may live on. */
  private get sql(): SqlStorage {
    const { sql } = this.ctx.storage;
    if (!this.hasTable) {
      sql.exec('CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID');
      this.hasTable = true;
    }
    return sql;
  }

  /** Remembers an id until its time is over; false when it was remembered already. */
  async remember(id: string, until: EpochMs, now: EpochMs): Promise<boolean> {
    const isFirst = this.note(id, until, now);
    if (isFirst) await this.wake(until);
    return isFirst;
  }

  /**
   * Remembers an id together with what it is first met about (`pair`, an id of both). Until when that was to be
   * remembered, the first time and whenever it is about the same again; null when it was about something else.
   */
  async rememberPair(id: string, pair: string, until: EpochMs, now: EpochMs): Promise<EpochMs | null> {
    if (this.note(id, until, now)) {
      this.note(pair, until, now);
      await this.wake(until);
    }
    return (
      this.sql.exec<{ until: number }>('SELECT until FROM seen WHERE id = ?', pair).toArray()[0]?.until ??
      null
    );
  }

  private note(id: string, until: EpochMs, now: EpochMs): boolean {
    this.sql.exec('DELETE FROM seen WHERE id = ? AND until <= ?', id, now);
    return this.sql.exec('INSERT OR IGNORE INTO seen (id, until) VALUES (?, ?)', id, until).rowsWritten > 0;
  }

  private async wake(until: EpochMs): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(toRealTime(until));
  }

  override async alarm(): Promise<void> {
    this.sql.exec('DELETE FROM seen WHERE until <= ?', clock());
    const next = this.sql.exec<{ until: number | null }>('SELECT min(until) AS until FROM seen').one().until;
    if (next === null) {
      this.hasTable = false;
      await this.ctx.storage.deleteAll();
    } else await this.ctx.storage.setAlarm(toRealTime(next));
  }
}
