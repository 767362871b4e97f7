import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { descendantsNamed, textOf } from '../../src/saml/xml/tree.ts';
import { Browser } from '../support/browser.ts';
import { asObject } from '../support/json.ts';
import { aPerson } from '../support/people.ts';
import { answerXml, aSamlApp, authPath, requestXml, rootOf, signIn, YEAR } from '../support/saml.ts';
import { ADMIN_TOKEN, ORIGIN, startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

const YEARS = '/api/admin/v1/saml/years';
const NEXT = YEAR + 1;

interface Listed {
  readonly year: number;
  readonly state: string;
  readonly hold: boolean;
  readonly not_after: string;
  readonly certificate_sha256: string;
}
async function listed(): Promise<readonly Listed[]> {
  const { years } = asObject(await (await worker.api('GET', YEARS)).json());
  if (!Array.isArray(years)) throw new Error('no list of years');
  return years;
}
const states = async (): Promise<readonly string[]> =>
  (await listed()).map(({ year, state }) => `${year} ${state}`);
const move = async (year: number, step: string): Promise<number> => {
  const answer = await worker.api('POST', `${YEARS}/${year}/${step}`);
  await answer.text();
  return answer.status;
};
/** The certificates of a year's metadata; null when there is no such year. */
async function certificates(year: number, view = ''): Promise<readonly string[] | null> {
  const answer = await worker.fetch(`/api/saml/metadata${year}${view}`);
  const text = await answer.text();
  if (answer.status !== 200) return null;
  const all = descendantsNamed(rootOf(text), 'http://www.w3.org/2000/09/xmldsig#', 'X509Certificate').map(
    (element) => textOf(element) ?? '',
  );
  return [...new Set(all)];
}

describe('O11, O12 forcing the steps of the calendar', () => {
  it('wants the operator', async () => {
    expect((await worker.fetch(YEARS)).status).toBe(401);
    expect(
      (
        await worker.fetch(`${YEARS}/${NEXT}/open`, {
          method: 'POST',
          headers: { authorization: `Bearer ${ADMIN_TOKEN}x` },
        })
      ).status,
    ).toBe(401);
    expect(await move(1999, 'open')).toBe(404);
    expect(await move(NEXT, 'burn')).toBe(404);
  });

  it('begins with the year in season, whose certificate says what the list says', async () => {
    const [certificate] = (await certificates(YEAR)) ?? [];
    expect(await states()).toEqual([`${YEAR} live`]);
    const read = new X509Certificate(Buffer.from(certificate ?? '', 'base64'));
    const [only] = await listed();
    expect(read.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(only?.certificate_sha256);
    expect(Date.parse(read.validTo)).toBe(Date.parse(only?.not_after ?? ''));
    expect(read.ca).toBe(true);
    expect(new Date(read.validTo).toISOString()).toBe(`${NEXT}-04-01T00:00:00.000Z`);
  });

  it('never closes the only one', async () => {
    expect(await move(YEAR, 'close')).toBe(409);
    expect(await certificates(YEAR)).not.toBeNull();
  });

  it('stages a year, which is nowhere yet, then opens it beside the old one', async () => {
    expect(await move(NEXT, 'stage')).toBe(201);
    expect(await move(NEXT, 'stage')).toBe(409);
    expect(await certificates(NEXT)).toBeNull();
    expect(await states()).toEqual([`${NEXT} staged`, `${YEAR} live`]);
    expect(await move(NEXT, 'open')).toBe(200);
    expect(await move(NEXT, 'open')).toBe(409);
    expect(await states()).toEqual([`${NEXT} live`, `${YEAR} retiring`]);
    const [older] = (await certificates(YEAR)) ?? [];
    const [newer] = (await certificates(NEXT)) ?? [];
    expect(newer).toBeDefined();
    expect(newer).not.toBe(older);
    expect(await certificates(YEAR), 'Y4: a year shows its own certificate alone').toEqual([older]);
    expect(
      await certificates(YEAR, '?profile=full'),
      'section 17: and in the full view the next one',
    ).toEqual([older, newer]);
    expect(await certificates(NEXT, '?profile=full')).toEqual([newer]);
  });

  it('E6 answers with the key of the year in the address, even when a newer one is open', async () => {
    const app = await aSamlApp(worker);
    const browser = new Browser(worker);
    const older = (await certificates(YEAR)) ?? [];
    const newer = (await certificates(NEXT)) ?? [];
    await browser.open(authPath(requestXml(app)));
    const first = answerXml(await signIn(browser, await aPerson(worker)));
    expect(first).toContain(older[0]);
    expect(first).not.toContain(newer[0]);
    await browser.open(authPath(requestXml(app)).replace(`auth${YEAR}`, `auth${NEXT}`));
    expect(answerXml(browser.view)).toContain(newer[0]);
    const elsewhere = requestXml(app, { attributes: ` Destination="${ORIGIN}/api/saml/auth${NEXT}"` });
    await browser.open(authPath(elsewhere));
    expect(answerXml(browser.view), 'Destination chooses nothing').toContain(older[0]);
  });

  it('Y11 replaces a key: both certificates for a day, the new one first', async () => {
    const [before] = (await certificates(NEXT)) ?? [];
    expect(await move(NEXT, 'replace')).toBe(201);
    const now = (await certificates(NEXT)) ?? [];
    expect(now).toHaveLength(2);
    expect(now[0]).not.toBe(before);
    expect(now[1]).toBe(before);
    expect(await states()).toEqual([`${NEXT} live`, `${YEAR} retiring`]);
  });

  it('Y5 holds a year, and lets it go', async () => {
    expect(await move(YEAR, 'hold')).toBe(200);
    expect((await listed()).find(({ year }) => year === YEAR)?.hold).toBe(true);
    expect(await move(YEAR, 'release')).toBe(200);
    expect((await listed()).find(({ year }) => year === YEAR)?.hold).toBe(false);
  });

  it('closes a year for good', async () => {
    expect(await move(YEAR, 'close')).toBe(200);
    expect(await certificates(YEAR)).toBeNull();
    expect((await worker.fetch(`/api/saml/auth${YEAR}`)).status).toBe(404);
    expect(await states()).toEqual([`${NEXT} live`]);
    await worker.runCron();
    expect(await states()).toContain(`${NEXT} live`);
  });
});

describe('Y5 the calendar itself', () => {
  it('turns a year from one spring to the next on the clock of a laptop', async () => {
    const local = await startWorker({ GH_ENV: 'local' });
    const day = 86_400;
    const serves = async (year: number): Promise<boolean> =>
      (await local.fetch(`/api/saml/metadata${year}`)).status === 200;
    try {
      const daysUntil = (month: number): number =>
        Math.ceil((Date.UTC(NEXT, month, 1, 12) - local.now()) / (day * 1000));
      expect([await serves(YEAR), await serves(NEXT)]).toEqual([true, false]);
      await local.advance(daysUntil(1) * day);
      expect([await serves(YEAR), await serves(NEXT)]).toEqual([true, true]);
      await local.advance(daysUntil(3) * day);
      expect([await serves(YEAR), await serves(NEXT)]).toEqual([false, true]);
    } finally {
      await local.close();
    }
  });
});
