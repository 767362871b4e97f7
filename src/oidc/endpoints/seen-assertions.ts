import type { EpochMs } from '../../kernel/time.ts';

const MAX_REMEMBERED = 20_000;

/**
 * Assertion ids this isolate has seen redeem a code (TOK-9). The session object refuses a repeat within its session
 * durably and exactly; this catches repeats across sessions without another storage call. It is bounded, so it is a
 * second net, not the first.
 */
export class SeenAssertions {
  private readonly until = new Map<string, EpochMs>();

  /** Remembers an id; false when it is remembered already and its time is not over. */
  add(id: string, expiresAt: EpochMs, now: EpochMs): boolean {
    const until = this.until.get(id);
    if (until !== undefined && now < until) return false;
    if (this.until.size >= MAX_REMEMBERED) this.makeRoom(now);
    this.until.set(id, expiresAt);
    return true;
  }

  /** The exchange failed for another reason: the same assertion may try again. */
  forget(id: string): void {
    this.until.delete(id);
  }

  private makeRoom(now: EpochMs): void {
    for (const [id, until] of this.until) {
      if (until <= now || this.until.size >= MAX_REMEMBERED) this.until.delete(id);
      else return;
    }
  }
}
