import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { linkIn, newestMail } from '../support/mail.ts';
import { aPerson } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const MX = 15;
const ALIAS = 5;
const ADDRESS = 1;
type Answers = Readonly<Record<string, readonly { readonly type: number; readonly data: string }[]>>;

/** What the resolver knows, by `domain type`; what it does not know exists without such a record. */
const ZONES: Answers = {
  'city.example MX': [
    { type: MX, data: '10 ALT1.ASPMX.L.GOOGLE.COM.' },
    { type: MX, data: '1 aspmx.l.google.com.' },
  ],
  'county.example MX': [{ type: MX, data: '10 mail.county.example.' }],
  'web-only.example MX': [{ type: MX, data: '0 .' }],
  'web-only.example A': [{ type: ADDRESS, data: '192.0.2.1' }],
  'alias.example MX': [{ type: ALIAS, data: 'nothing.example.' }],
  'old.example A': [{ type: ADDRESS, data: '192.0.2.1' }],
};
const asked: string[] = [];
let down = false;
const resolver = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '', 'http://resolver.test');
  const question = `${searchParams.get('name')} ${searchParams.get('type')}`;
  asked.push(question);
  if (down) response.writeHead(503).end();
  else {
    const body = JSON.stringify({ Status: 0, Answer: ZONES[question] });
    response.writeHead(200, { 'content-type': 'application/dns-json' }).end(body);
  }
});

let worker: TestWorker;
beforeAll(async () => {
  await new Promise<void>((listening) => resolver.listen(0, '127.0.0.1', listening));
  const address = resolver.address();
  const url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/` : '';
  worker = await startWorker({ MAIL_RESOLVER_URL: url });
});
beforeEach(() => {
  asked.length = 0;
  down = false;
});
afterAll(async () => {
  await worker.close();
  resolver.close();
});

async function enter(address: string): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/sign_up/enter_email');
  await browser.submit({ email: address, terms_accepted: '1' });
  return browser;
}
const suspend = async (uuid: string): Promise<void> => {
  const path = `/api/admin/v1/users/${uuid}/suspend`;
  expect((await worker.api('POST', path, { reason: 'ticket 4711' })).status).toBe(200);
};
/** Whether the mail that signing up brought leads on; null when it is a notice. */
const confirmLinks = async (address: string, count = 1): Promise<readonly string[]> =>
  (await newestMail(worker, address, count)).links.filter((link) => link.includes('confirmation_token'));
const aStem = (): string => `pat${crypto.randomUUID().slice(0, 8)}`;
const dotted = (stem: string): string => `${stem.slice(0, 4)}.${stem.slice(4)}+again`;

describe('SU-2 a domain that takes no mail', () => {
  it.each(['nowhere.example', 'web-only.example', 'alias.example'])('%s opens no account', async (domain) => {
    const browser = await enter(`${aStem()}@${domain}`);
    expect(placeOf(browser)).toBe('/sign_up/enter_email');
    expect(browser.view.status).toBe(422);
  });

  it('is not one that has an address but no mail host', async () => {
    expect(placeOf(await enter(`${aStem()}@old.example`))).toBe('/sign_up/verify_email');
    expect(asked).toEqual(['old.example MX', 'old.example A']);
  });

  it('is not one nobody can tell about', async () => {
    down = true;
    expect(placeOf(await enter(`${aStem()}@nowhere.example`))).toBe('/sign_up/verify_email');
  });
});

describe('SU-4 a domain whose mail Google takes', () => {
  it('lets no spelling of a suspended mailbox open an account, and asks for the mail host once', async () => {
    const stem = aStem();
    const person = await aPerson(worker, { email: `${stem}+first@city.example` });
    await suspend(person.uuid);
    asked.length = 0;
    const spelling = `${dotted(stem)}@city.example`;
    const browser = await enter(spelling);
    expect(placeOf(browser)).toBe('/sign_up/verify_email');
    expect(await confirmLinks(spelling)).toEqual([]);
    expect(asked).toEqual(['city.example MX']);

    await browser.submit({}, (form) => form.buttons.some(({ text }) => /Send the email again/.test(text)));
    expect(await confirmLinks(spelling, 2)).toEqual([]);
    expect(asked, 'sending again asks nobody').toEqual(['city.example MX']);
  });

  it('is told from one with a mail host of its own, where spellings are different people', async () => {
    const stem = aStem();
    const person = await aPerson(worker, { email: `${stem}@county.example` });
    await suspend(person.uuid);
    const neighbour = `${dotted(stem)}@county.example`;
    await enter(neighbour);
    expect(linkIn(await newestMail(worker, neighbour), '/sign_up/email/confirm')).toContain(
      'confirmation_token',
    );
  });
});
