import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../../src/kernel/time.ts';
import { oneDatabase } from '../../../src/platform/d1/database.ts';
import { samlYearRing } from '../../../src/platform/keys/saml-years.ts';
import { metadataMaker } from '../../../src/saml/endpoints/make-metadata.ts';
import { testKeys } from '../../support/sessions.ts';

const ORIGIN = 'https://idp.test';
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
let now = 0;
/** The ring as an isolate has it that just started. */
const ring = () =>
  samlYearRing(oneDatabase(env.DB), testKeys(), env.PUBLIC, {
    origin: ORIGIN,
    organization: 'Harbours',
    makeMetadata: metadataMaker(ORIGIN, { name: 'Harbours', url: `${ORIGIN}/` }, random),
    clock: () => now,
    loaded: () => {},
  });
const at = (text: string): number => Date.parse(`${text}T12:00:00Z`);
const run = async (day: string): Promise<readonly string[]> => {
  now = at(day);
  return ring().keepCalendar(now);
};
const states = async (): Promise<readonly string[]> =>
  (await ring().list()).map(({ year, state }) => `${year} ${state}`);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));
beforeEach(async () => {
  await env.DB.exec('DELETE FROM signing_keys');
  await env.DB.exec('DELETE FROM meta');
  await run('2026-06-01');
  await run('2027-01-10');
});

describe('Y9 a year whose metadata does not verify', () => {
  it('does not open, and the year before serves on', async () => {
    // The certificate of another year's key.
    await env.DB.exec(
      'UPDATE signing_keys SET certificate = (SELECT certificate FROM signing_keys WHERE year = 2026) WHERE year = 2027',
    );
    await expect(run('2027-02-01')).rejects.toThrow('does not verify');
    expect(await states()).toEqual(['2027 staged', '2026 live']);
    expect(await ring().serving(2027)).toBeNull();
    expect((await ring().serving(2026))?.state).toBe('live');
    expect(await env.PUBLIC.get('saml/2027/metadata.xml')).toBeNull();
  });

  it('opens on the day when it does', async () => {
    expect(await run('2027-02-01')).toEqual(['opened 2027']);
    expect(await states()).toEqual(['2027 live', '2026 retiring']);
  });
});

describe('Y10 the end of the last certificate', () => {
  it('is told 60, 30 and 7 days before, each once', async () => {
    await env.DB.exec('DELETE FROM signing_keys WHERE year = 2027');
    const [only] = await ring().list();
    const daysBefore = (days: number): string =>
      new Date((only?.notAfter ?? 0) - days * DAY).toISOString().slice(0, 10);
    const told: string[] = [];
    for (const days of [62, 60, 59, 31, 30, 8, 7, 6]) {
      // Whatever else would save the day is taken away.
      for (const what of await run(daysBefore(days)))
        if (!/^(staged|opened)/.test(what)) told.push(`${days}: ${what}`);
      await env.DB.exec('DELETE FROM signing_keys WHERE year = 2027');
    }
    expect(told).toEqual([
      '60: the last certificate ends within 60 days',
      '30: the last certificate ends within 30 days',
      '7: the last certificate ends within 7 days',
    ]);
  });
});

describe('Y11 a key that became known', () => {
  it('leaves the fingerprints of both certificates in the audit', async () => {
    const before = (await ring().list()).find(({ year }) => year === 2026);
    now = at('2027-01-11');
    const replaced = await ring().replace(2026, { actor: 'operator', reason: 'leaked', now });
    const after = replaced.ok ? replaced.value.certificateSha256 : '';
    expect(after).not.toBe(before?.certificateSha256);
    const line = await env.DB.prepare(
      "SELECT changes FROM audit WHERE item_type = 'saml_year' AND action = 'replace' ORDER BY id DESC LIMIT 1",
    ).first<{ changes: string }>();
    expect(JSON.parse(line?.changes ?? '{}')).toEqual({
      reason: [null, 'leaked'],
      certificate_sha256: [before?.certificateSha256, after],
    });
  });
});
