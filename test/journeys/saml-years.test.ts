import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../src/kernel/bytes.ts';
import { DSIG } from '../../src/saml/xml/algorithms.ts';
import { verificationKey } from '../../src/saml/xml/keys.ts';
import { metadataRules } from '../../src/saml/xml/limits.ts';
import { readXml } from '../../src/saml/xml/read.ts';
import { descendantsNamed, textOf } from '../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../src/saml/xml/verify.ts';
import { Browser } from '../support/browser.ts';
import { asObject } from '../support/json.ts';
import { mailsTo } from '../support/mail.ts';
import { aPerson } from '../support/people.ts';
import { answerXml, aSamlApp, authPath, requestXml, rootOf, signIn, YEAR } from '../support/saml.ts';
import { ADMIN_TOKEN, ORIGIN, startWorker, type TestWorker } from '../support/worker.ts';
import { unwrap } from '../support/xml.ts';

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
    const keysOf = (xml: string) =>
      Promise.all([older, newer].map(([certificate = '']) => signedWith(assertionIn(xml), certificate)));
    expect(await keysOf(first), 'and it is that key which signed').toEqual([true, false]);
    await browser.open(authPath(requestXml(app)).replace(`auth${YEAR}`, `auth${NEXT}`));
    expect(answerXml(browser.view)).toContain(newer[0]);
    expect(await keysOf(answerXml(browser.view))).toEqual([false, true]);
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

/** The assertion of a Response, which is a document of its own. */
const assertionIn = (xml: string): string => /<Assertion .*<\/Assertion>/s.exec(xml)?.[0] ?? '';

/** Whether a certificate's key made the signature of a metadata document or an assertion. */
async function signedWith(metadata: string, certificate: string): Promise<boolean> {
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`;
  const document = unwrap(readXml(utf8(metadata), { ...metadataRules, xmlAttributes: 'lang' }));
  return (await verifyEnvelopedSignature(document, [unwrap(await verificationKey(pem))])).ok;
}

const DAY_SECONDS = 86_400;

/** Days on which the calendar changes anything, as MM-DD (saml Y5): a key is made, a year opens, moves, closes. */
const TURNS = ['01-10', '02-01', '03-01', '04-01'];
const isNear = (at: number): boolean =>
  TURNS.some(
    (day) => Math.abs(at - Date.parse(`${new Date(at).getUTCFullYear()}-${day}`)) <= 2 * DAY_SECONDS * 1000,
  );

/** Day by day around the days on which anything changes, in steps of at most nine days in between. */
function stride(at: number): number {
  let days = 1;
  while (days < 9 && !isNear(at + days * DAY_SECONDS * 1000)) days += 1;
  return days;
}

describe('Y5 three years on the clock of a laptop', () => {
  it('has no day on which a service provider that follows the calendar fails', async () => {
    const local = await startWorker({ GH_ENV: 'local' });
    const dayNow = (): string => new Date(local.now()).toISOString().slice(0, 10);
    const read = async (year: number, view = ''): Promise<string | null> => {
      const answer = await local.fetch(`/api/saml/metadata${year}${view}`);
      const text = await answer.text();
      return answer.status === 200 ? text : null;
    };
    const shown = (metadata: string): readonly string[] => [
      ...new Set(
        descendantsNamed(rootOf(metadata), DSIG, 'X509Certificate').map((element) => textOf(element) ?? ''),
      ),
    ];
    try {
      const app = await aSamlApp(local);
      const first = (await read(YEAR)) ?? '';
      /** Typed in by hand: one certificate and one year's addresses, changed on the announced 1 March. */
      let byHand = { year: YEAR, certificate: shown(first)[0] ?? '' };
      /** Reads metadata every day, trusts all it shows, and changes addresses when the next certificate is there. */
      let refreshing = { year: YEAR, trusted: shown(first) };
      let days = 0;
      const changes: string[] = [];
      let tried = -1;
      for (const end = Date.UTC(YEAR + 4, 0, 1); local.now() < end; days += 1) {
        const season = dayNow().slice(5) >= '03-01' ? Number(dayNow().slice(0, 4)) : byHand.year;
        if (season > byHand.year) {
          const [certificate = ''] = shown((await read(season)) ?? '');
          byHand = { year: season, certificate };
          changes.push(`${dayNow()} by hand to ${season}`);
        }
        const now = await read(byHand.year);
        expect(now, `${dayNow()}: ${byHand.year} serves`).not.toBeNull();
        expect(await signedWith(now ?? '', byHand.certificate), `${dayNow()}: with the key known`).toBe(true);

        const seen = await read(refreshing.year, '?profile=full');
        expect(seen, `${dayNow()}: ${refreshing.year} serves`).not.toBeNull();
        const signers = await Promise.all(
          refreshing.trusted.map((certificate) => signedWith(seen ?? '', certificate)),
        );
        expect(signers, `${dayNow()}: with a key trusted before`).toContain(true);
        refreshing = { ...refreshing, trusted: shown(seen ?? '') };
        if (refreshing.trusted.length > 1) {
          refreshing = { ...refreshing, year: refreshing.year + 1 };
          changes.push(`${dayNow()} by itself to ${refreshing.year}`);
        }

        for (const { year } of [byHand, refreshing]) {
          const asked = authPath(requestXml(app)).replace(`auth${YEAR}`, `auth${year}`);
          const answer = await local.fetch(asked, { redirect: 'manual' });
          await answer.text();
          expect(answer.status, `${dayNow()}: a sign-in at ${year} begins`).toBe(303);
        }
        // Whoever just changed, and whoever did not, is answered with a key known before.
        if (changes.length > tried) {
          tried = changes.length;
          const person = await aPerson(local);
          for (const { year, trusted } of [{ ...byHand, trusted: [byHand.certificate] }, refreshing]) {
            const browser = new Browser(local);
            await browser.open(authPath(requestXml(app)).replace(`auth${YEAR}`, `auth${year}`));
            const answer = assertionIn(answerXml(await signIn(browser, person)));
            const keys = await Promise.all(trusted.map((certificate) => signedWith(answer, certificate)));
            expect(keys, `${dayNow()}: the answer at ${year}`).toContain(true);
          }
        }
        await local.advance(stride(local.now()) * DAY_SECONDS);
      }
      expect(days).toBeGreaterThan(3 * 50);
      expect(changes).toEqual(
        [1, 2, 3].flatMap((more) => [
          `${YEAR + more}-02-01 by itself to ${YEAR + more}`,
          `${YEAR + more}-03-01 by hand to ${YEAR + more}`,
        ]),
      );
    } finally {
      await local.close();
    }
  }, 300_000);

  it('tells the people whose app still uses the year that ends', async () => {
    const local = await startWorker({ GH_ENV: 'local' });
    try {
      const contact = 'slow-team@mailbox.test';
      const slow = await aSamlApp(local, { friendly_name: 'Slow', technical_contacts: [contact] });
      const until = (month: number, day: number): number =>
        Math.ceil((Date.UTC(NEXT, month, day, 12) - local.now()) / 1000);
      await local.advance(until(1, 1));
      expect((await mailsTo(local, contact)).map(({ subject }) => subject)).toEqual([
        `SAML addresses and certificate for ${NEXT}`,
      ]);
      await local.advance(until(1, 27));
      const browser = new Browser(local);
      await browser.open(authPath(requestXml(slow)));
      answerXml(await signIn(browser, await aPerson(local)));
      await local.advance(until(2, 1));
      const subjects = (await mailsTo(local, contact)).map(({ subject }) => subject);
      expect(subjects.at(-1)).toBe('Sign-in to Slow stops unless its SAML settings change');
      const listed = await local.api('GET', `${YEARS}/${YEAR}/apps`);
      expect(await listed.json()).toMatchObject({
        apps: [{ issuer: slow.issuer, last_used: `${NEXT}-02-27`, contacts: 1 }],
      });
    } finally {
      await local.close();
    }
  });
});
