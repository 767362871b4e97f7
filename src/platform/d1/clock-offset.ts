import { eq } from 'drizzle-orm';
import { clockOffset, now, setClockOffset } from '../clock.ts';
import { meta } from '../keys/tables.ts';
import type { PickDatabase } from './database.ts';

const NAME = 'clock_offset_ms';

/**
 * The laptop's movable clock: the offset survives a restart, because everything dated under it does. Loaded by the
 * first request; moved by whole seconds, forward only.
 */
export function movableClock(pick: PickDatabase): {
  readonly load: () => Promise<void>;
  readonly advance: (seconds: number) => Promise<{ now: number }>;
} {
  const db = () => pick({ shared: 'meta' });
  let loaded = false;
  return {
    async load() {
      if (loaded) return;
      const [row] = await db().select().from(meta).where(eq(meta.name, NAME));
      if (row !== undefined) setClockOffset(Number(row.value));
      loaded = true;
    },
    async advance(seconds) {
      const offset = clockOffset() + seconds * 1000;
      await db()
        .insert(meta)
        .values({ name: NAME, value: String(offset) })
        .onConflictDoUpdate({ target: meta.name, set: { value: String(offset) } });
      setClockOffset(offset);
      return { now: now() };
    },
  };
}
