import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { aPerson, type Person } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const DAY_SECONDS = 86_400;
/** No text goes there, so that nothing but look-ups is counted. */
const LANDLINE = '3075550142';

/** What the telephone company was asked for, which it charges for. */
const texts: string[] = [];
const lookUps: string[] = [];
const company = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += String(chunk);
  });
  request.on('end', () => {
    const line = request.url?.startsWith('/v2/') ?? false;
    if (line) lookUps.push(request.url ?? '');
    else texts.push(new URLSearchParams(text).get('Body') ?? '');
    const type = request.url?.includes(LANDLINE) ? 'landline' : 'mobile';
    const body = line ? { line_type_intelligence: { type } } : { sid: 'SM1', error_code: null };
    response.writeHead(line ? 200 : 201, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});

let worker: TestWorker;
beforeAll(async () => {
  await new Promise<void>((listening) => company.listen(0, '127.0.0.1', listening));
  const address = company.address();
  const url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  worker = await startWorker({
    GH_ENV: 'local',
    TELEPHONY_PROVIDER: 'http',
    TELEPHONY_URL: url,
    TELEPHONY_LOOKUP_URL: url,
    TELEPHONY_ACCOUNT: 'AC1',
    TELEPHONY_TOKEN: 'a-token-for-tests',
    TELEPHONY_FROM: '+12025550100',
  });
});
/** Days are those of UTC: each test begins with one of its own. */
beforeEach(async () => {
  const today = Math.floor(worker.now() / 1000) % DAY_SECONDS;
  await worker.advance(DAY_SECONDS - today + 60);
  texts.length = 0;
  lookUps.length = 0;
});
afterAll(async () => {
  await worker.close();
  company.close();
});

const newestCode = (): string => /#(\d{6})$/.exec(texts.at(-1) ?? '')?.[1] ?? '';

async function passwordOf(person: Person): Promise<Browser> {
  await worker.advance(11);
  const browser = new Browser(worker);
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  expect(placeOf(browser)).toBe('/login/two_factor/sms');
  return browser;
}
/** Signs in with the code of a text. */
async function signsIn(person: Person): Promise<void> {
  const browser = await passwordOf(person);
  await browser.submit({ 'one-time-code': newestCode() });
  expect(placeOf(browser)).toBe('/account');
}
/** Asks for codes, slowly enough for every other limit, until none comes; tells how many came. */
async function textsUntilRefused(person: Person, most: number): Promise<number> {
  const before = texts.length;
  const browser = await passwordOf(person);
  for (
    let asked = 1;
    asked < most && !browser.view.text.includes('Too many codes were sent today.');
    asked += 1
  ) {
    await worker.advance(301);
    await browser.submit({ channel: 'sms' }, ({ action }) => action.endsWith('/otp/send'));
  }
  return texts.length - before;
}

/** Somebody who may add a phone. */
async function adding(): Promise<Browser> {
  const person = await aPerson(worker, { factors: ['backup_codes'] });
  const browser = new Browser(worker);
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  await browser.submit({ code: person.backupCode() });
  return browser;
}
async function enterNumber(browser: Browser, number: string): Promise<number> {
  await worker.advance(11);
  await browser.open('/phone_setup');
  await browser.submit({ country: 'US', number, channel: 'sms' });
  return browser.view.status;
}

describe('texts to a confirmed phone, where they cost money', () => {
  it('end for the day after forty for an account, those that were typed in too', async () => {
    const person = await aPerson(worker, { factors: [], phones: ['+19075550140'] });
    await signsIn(person);
    await signsIn(person);
    expect(await textsUntilRefused(person, 45)).toBe(38);
    await worker.advance(DAY_SECONDS);
    await signsIn(person);
  });

  it('end for the day after sixty to one number, for all accounts that have it', async () => {
    const [first, second] = [
      await aPerson(worker, { factors: [], phones: ['+19075550141'] }),
      await aPerson(worker, { factors: [], phones: ['+19075550141'] }),
    ];
    expect(await textsUntilRefused(first, 35)).toBe(35);
    expect(await textsUntilRefused(second, 35)).toBe(25);
  });
});

describe('the look-up of a line, where it costs money', () => {
  it('happens ten times a day for an account, and not at all for what is refused anyway', async () => {
    const browser = await adding();
    await browser.open('/phone_setup');
    await browser.submit({ country: 'US', number: '12', channel: 'sms' });
    expect(lookUps).toHaveLength(0);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) statuses.push(await enterNumber(browser, `+1907555${4000 + 100 * i}`));
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
    expect(browser.view.text).toContain('Too many numbers were tried.');
    expect(lookUps).toHaveLength(10);
  });

  it('happens thirty times a day for a number, whoever says that it is theirs', async () => {
    for (let i = 0; i < 4; i += 1) {
      const browser = await adding();
      for (let j = 0; j < 9; j += 1) await enterNumber(browser, `+1${LANDLINE}`);
    }
    expect(lookUps).toHaveLength(30);
  });
});
