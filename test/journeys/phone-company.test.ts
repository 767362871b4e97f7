import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { aPerson } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { ORIGIN } from '../support/served.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const TOKEN = 'a-token-for-tests';
const NUMBER = '+19075550177';
const HOOK = '/api/webhooks/telephony';

/** What was asked of the telephone company, by path. */
const asked: { readonly path: string; readonly fields: URLSearchParams }[] = [];
const company = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += String(chunk);
  });
  request.on('end', () => {
    asked.push({ path: request.url ?? '', fields: new URLSearchParams(text) });
    const line = request.url?.startsWith('/v2/') ?? false;
    const body = line ? { line_type_intelligence: { type: 'mobile' } } : { sid: 'SM1', error_code: null };
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
    TELEPHONY_TOKEN: TOKEN,
    TELEPHONY_FROM: '+12025550100',
    PHONE_COUNTRIES: 'US,CA',
  });
});
afterAll(async () => {
  await worker.close();
  company.close();
});

/** The company calls back, signed with its token unless told otherwise. */
async function callBack(fields: Readonly<Record<string, string>>, token = TOKEN): Promise<number> {
  const body = new URLSearchParams(fields);
  const signed = [...body]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => name + value)
    .join('');
  const signature = createHmac('sha1', token).update(`${ORIGIN}${HOOK}${signed}`).digest('base64');
  const answer = await worker.fetch(HOOK, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    body: body.toString(),
  });
  await answer.text();
  return answer.status;
}

async function atCodePage(): Promise<Browser> {
  await worker.advance(11);
  const person = await aPerson(worker, { factors: [], phones: [NUMBER] });
  const browser = new Browser(worker);
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  return browser;
}

const newestBody = (): string =>
  asked
    .filter(({ path }) => path.endsWith('/Messages.json'))
    .at(-1)
    ?.fields.get('Body') ?? '';

describe('VN-7 a telephone company over HTTP', () => {
  it('gets the text, and the code in it signs in', async () => {
    const browser = await atCodePage();
    expect(placeOf(browser)).toBe('/login/two_factor/sms');
    await browser.submit({ 'one-time-code': /#(\d{6})$/.exec(newestBody())?.[1] ?? '' });
    expect(placeOf(browser)).toBe('/account');
  });

  it('is asked about the line before a new number gets a code; other countries are not served', async () => {
    const person = await aPerson(worker, { factors: ['backup_codes'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.submit({ code: person.backupCode() });
    await browser.open('/phone_setup');
    asked.length = 0;
    await browser.submit({ country: 'US', number: '+33 6 12 34 56 78', channel: 'sms' });
    expect(browser.view.text).toContain('do not reach phones there');
    expect(asked).toHaveLength(0);
    await browser.submit({ country: 'US', number: '907 555 0178', channel: 'sms' });
    expect(asked.map(({ path }) => path.split('?')[0])).toEqual([
      '/v2/PhoneNumbers/%2B19075550178',
      '/2010-04-01/Accounts/AC1/Messages.json',
    ]);
  });

  it('PH-7 calls back that a text did not arrive, and the page says why', async () => {
    const browser = await atCodePage();
    await worker.advance(1);
    expect(await callBack({ To: NUMBER, MessageStatus: 'undelivered', ErrorCode: '30006' })).toBe(200);
    await browser.open('/login/two_factor/sms');
    expect(browser.view.text).toContain('This number cannot get text messages.');
  });

  it('PH-6 tells of STOP and START: no text goes out in between', async () => {
    expect(await callBack({ From: NUMBER, To: '+12025550100', OptOutType: 'STOP' })).toBe(200);
    asked.length = 0;
    const browser = await atCodePage();
    expect(placeOf(browser)).toMatch(/\/opt_in$/);
    await browser.submit({}, ({ action }) => action.endsWith('/opt_in'));
    expect(browser.view.text).toContain('send the word START');
    expect(asked).toHaveLength(0);
    expect(await callBack({ From: NUMBER, To: '+12025550100', OptOutType: 'START' })).toBe(200);
    await browser.open('/login/two_factor/sms');
    await browser.submit({ channel: 'sms' }, ({ action }) => action.endsWith('/otp/send'));
    expect(newestBody()).toMatch(/#\d{6}$/);
  });

  it('is not believed without its signature', async () => {
    const stop = { From: NUMBER, To: '+12025550100', OptOutType: 'STOP' };
    expect(await callBack(stop, 'another-token')).toBe(403);
    expect(placeOf(await atCodePage())).toBe('/login/two_factor/sms');
  });
});

describe('SB-13 without a telephone company', () => {
  it('offers no phones, and serves no country', async () => {
    const silent = await startWorker({ GH_ENV: 'test', TELEPHONY_PROVIDER: 'none' });
    try {
      const person = await aPerson(silent, { factors: [] });
      const browser = new Browser(silent);
      await browser.open('/');
      await browser.submit({ username: person.email, 'current-password': person.password });
      expect(placeOf(browser)).toBe('/authentication_methods_setup');
      expect(browser.view.text).not.toContain('Text message or phone call');
      const answer = await silent.fetch('/api/country-support');
      expect(await answer.json()).toEqual({ countries: {} });
    } finally {
      await silent.close();
    }
  });
});
