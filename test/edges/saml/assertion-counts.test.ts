import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, SECOND } from '../../../src/kernel/time.ts';
import { oneDatabase } from '../../../src/platform/d1/database.ts';
import { assertionCountsIn } from '../../../src/platform/keys/assertion-counts.ts';

const MIDNIGHT = Date.UTC(2027, 1, 11);
const pick = oneDatabase(env.DB);
/** What one isolate counts. */
const anIsolate = () => assertionCountsIn(pick);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));
beforeEach(() => env.DB.exec('DELETE FROM assertion_counts'));

describe('V23 assertions and sign-ins of a day', () => {
  it('add up over isolates, and are told once, when the day is over', async () => {
    const [one, other, third] = [anIsolate(), anIsolate(), anIsolate()];
    for (const { issued, signedIn, flush } of [one, other]) {
      issued();
      signedIn();
      await flush(MIDNIGHT + HOUR);
    }
    one.issued();
    one.signedIn();
    await one.flush(MIDNIGHT + DAY - SECOND);
    // Nothing new: nothing is written twice.
    await one.flush(MIDNIGHT + DAY - SECOND);

    expect(await third.compare(MIDNIGHT + DAY - SECOND), 'not over').toEqual([]);
    expect(await third.compare(MIDNIGHT + DAY + HOUR - SECOND), 'somebody may still write').toEqual([]);
    expect(await third.compare(MIDNIGHT + DAY + HOUR)).toEqual([
      { start: MIDNIGHT, assertions: 3, signIns: 3 },
    ]);
    expect(await third.compare(MIDNIGHT + DAY + HOUR), 'told already').toEqual([]);
  });

  it('come with what the asking isolate still holds, each on its day', async () => {
    const isolate = anIsolate();
    isolate.issued();
    await isolate.flush(MIDNIGHT);
    isolate.signedIn();
    expect(await isolate.compare(MIDNIGHT + DAY + HOUR)).toEqual([
      { start: MIDNIGHT, assertions: 1, signIns: 0 },
    ]);
    expect(await isolate.compare(MIDNIGHT + 3 * DAY)).toEqual([
      { start: MIDNIGHT + DAY, assertions: 0, signIns: 1 },
    ]);
  });

  it('are kept when they cannot be written', async () => {
    const isolate = anIsolate();
    isolate.issued();
    isolate.signedIn();
    await env.DB.exec('ALTER TABLE assertion_counts RENAME TO assertion_counts_away');
    await expect(isolate.flush(MIDNIGHT)).rejects.toThrow();
    await env.DB.exec('ALTER TABLE assertion_counts_away RENAME TO assertion_counts');
    expect(await isolate.compare(MIDNIGHT)).toEqual([]);
    expect(await isolate.compare(MIDNIGHT + 2 * DAY)).toEqual([
      { start: MIDNIGHT, assertions: 1, signIns: 1 },
    ]);
  });
});
