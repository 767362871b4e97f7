import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readE164 } from '../../../src/factors/phone/read-number.ts';
import { callbackSignature, readTelephonyCallback } from '../../../src/platform/telephony/callback.ts';
import { httpTelephony } from '../../../src/platform/telephony/http.ts';

const CALLBACK = 'https://idp.test/api/webhooks/telephony';
const ACCOUNT = 'AC00000000000000000000000000000000';
const TOKEN = 'a-token-for-tests';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly fields: URLSearchParams;
}
const seen: Seen[] = [];
let answers: { readonly status: number; readonly body: unknown }[] = [];

/** A telephone company that speaks the wire shape, on this machine. */
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += String(chunk);
  });
  request.on('end', () => {
    seen.push({
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization ?? '',
      fields: new URLSearchParams(text),
    });
    const { status, body } = answers.shift() ?? {
      status: 201,
      body: { sid: 'SM1', status: 'queued', error_code: null },
    };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => {
  server.close();
});
beforeEach(() => {
  seen.length = 0;
  answers = [];
});

const aNumber = (text = '+12025550143') => {
  const number = readE164(text);
  if (number === null) throw new Error(`not a number: ${text}`);
  return number.e164;
};
const company = (changes: Readonly<Record<string, string | null>> = {}) =>
  httpTelephony(
    {
      url,
      lookupUrl: url,
      account: ACCOUNT,
      token: TOKEN,
      from: '+12025550100',
      callFrom: '+12025550100',
      callbackUrl: CALLBACK,
      ...changes,
    },
    (address, init) => fetch(address, init),
  );
const aText = { to: aNumber(), text: 'Your code is 012345.\n\n@idp.test #012345', code: '012345' };

describe('VN-7 texts over HTTP', () => {
  it('posts number, sender, words and where to call back', async () => {
    expect(await company().sendText(aText)).toEqual({ ok: true, value: null });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.path).toBe(`/2010-04-01/Accounts/${ACCOUNT}/Messages.json`);
    expect(seen[0]?.authorization).toBe(`Basic ${btoa(`${ACCOUNT}:${TOKEN}`)}`);
    expect(Object.fromEntries(seen[0]?.fields ?? [])).toEqual({
      To: '+12025550143',
      From: '+12025550100',
      Body: aText.text,
      StatusCallback: CALLBACK,
    });
  });

  it('names a messaging service instead of a number where one is set', async () => {
    await company({ from: 'MG1' }).sendText(aText);
    expect(seen[0]?.fields.get('MessagingServiceSid')).toBe('MG1');
    expect(seen[0]?.fields.has('From')).toBe(false);
  });

  it.each([
    [21211, 'invalid_number'],
    [21408, 'unsupported_area'],
    [21610, 'opted_out'],
    [21614, 'landline'],
    [30007, 'blocked'],
    [20429, 'throttled'],
    [99999, 'unavailable'],
  ])('PH-7 tells the refusal %i as %s, and does not try again', async (code, reason) => {
    answers = [{ status: 400, body: { code, message: 'about +12025550143', status: 400 } }];
    expect(await company().sendText(aText)).toEqual({ ok: false, error: { reason } });
    expect(seen).toHaveLength(1);
  });

  it('tries once more after an outage, then says it is one', async () => {
    answers = [{ status: 503, body: {} }];
    expect((await company().sendText(aText)).ok).toBe(true);
    answers = [503, 502].map((status) => ({ status, body: {} }));
    expect(await company().sendText(aText)).toEqual({ ok: false, error: { reason: 'unavailable' } });
    expect(seen).toHaveLength(4);
  });

  it('takes an answer that is no JSON, and no answer at all, for an outage', async () => {
    const dead = company({ url: 'http://127.0.0.1:1' });
    expect(await dead.sendText(aText)).toEqual({ ok: false, error: { reason: 'unavailable' } });
  });

  it('speaks to nobody in the clear except this machine', () => {
    expect(() => company({ url: 'http://api.example' })).toThrow('https');
  });
});

describe('PH-4 calls over HTTP', () => {
  it('have the code read digit by digit, with pauses, three times, in the person’s language', async () => {
    const spoken = {
      locale: 'es',
      before: 'Su código de "A&B" es:',
      digits: '012345',
      after: 'Otra vez:',
      times: 3,
    } as const;
    expect((await company().call(aNumber(), spoken)).ok).toBe(true);
    const script = seen[0]?.fields.get('Twiml') ?? '';
    expect(seen[0]?.path).toBe(`/2010-04-01/Accounts/${ACCOUNT}/Calls.json`);
    expect(script.match(/<Say language="es-US">0<\/Say><Pause length="1"\/>/g)).toHaveLength(3);
    expect(script).toContain('&#34;A&#38;B&#34;');
    expect(script).not.toContain('012345');
  });
});

describe('PH-2 line look-up', () => {
  it.each([
    ['mobile', 'mobile'],
    ['landline', 'landline'],
    ['nonFixedVoip', 'voip'],
    ['premium', 'premium'],
    ['something new', 'unknown'],
  ])('finds %s to be %s', async (type, line) => {
    answers = [{ status: 200, body: { line_type_intelligence: { type } } }];
    expect(await company().lookUp(aNumber())).toBe(line);
    expect(seen[0]?.path).toBe('/v2/PhoneNumbers/%2B12025550143?Fields=line_type_intelligence');
  });

  it('stops nobody when the company cannot tell, and asks nobody when it is not set up', async () => {
    answers = [{ status: 500, body: {} }];
    expect(await company().lookUp(aNumber())).toBe('unknown');
    seen.length = 0;
    expect(await company({ lookupUrl: null }).lookUp(aNumber())).toBe('unknown');
    expect(seen).toHaveLength(0);
  });
});

describe('callbacks', () => {
  const call = (fields: Readonly<Record<string, string>>, signature?: string) => {
    const body = new URLSearchParams(fields);
    const headers = { 'x-twilio-signature': signature ?? callbackSignature(TOKEN, CALLBACK, body) };
    return readTelephonyCallback(new Request(CALLBACK, { method: 'POST', body, headers }), {
      token: TOKEN,
      callbackUrl: CALLBACK,
    });
  };

  it('are signed as the company publishes it', () => {
    // The worked example of the company's documentation.
    const fields = new URLSearchParams({
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    });
    expect(callbackSignature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', fields)).toBe(
      'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    );
  });

  it('without the right signature are nothing', async () => {
    const fields = { To: '+12025550143', MessageStatus: 'failed', ErrorCode: '30005' };
    expect(await call(fields, 'c2lnbmF0dXJl')).toBeNull();
    expect(await call(fields, '')).toBeNull();
    const other = callbackSignature(TOKEN, CALLBACK, new URLSearchParams({ ...fields, To: '+12025550144' }));
    expect(await call(fields, other)).toBeNull();
  });

  it('tell failures in the words of PH-7, and say nothing of a success', async () => {
    const to = { To: '+12025550143' };
    expect(await call({ ...to, MessageStatus: 'undelivered', ErrorCode: '30006' })).toEqual([
      { kind: 'failed', number: '+12025550143', failure: 'landline' },
    ]);
    expect(await call({ ...to, CallStatus: 'failed' })).toEqual([
      { kind: 'failed', number: '+12025550143', failure: 'unavailable' },
    ]);
    expect(await call({ ...to, MessageStatus: 'delivered' })).toEqual([]);
  });

  it('PH-6 opt a number out by STOP and back in by START', async () => {
    const from = { From: '+12025550143', To: '+12025550100' };
    expect(await call({ ...from, OptOutType: 'STOP', Body: 'Stop' })).toEqual([
      { kind: 'opted_out', number: '+12025550143' },
    ]);
    expect(await call({ ...from, OptOutType: 'START', Body: 'Start' })).toEqual([
      { kind: 'opted_in', number: '+12025550143' },
    ]);
    expect(await call({ ...from, Body: ' unsubscribe ' })).toEqual([
      { kind: 'opted_out', number: '+12025550143' },
    ]);
    expect(await call({ ...from, Body: 'please stop calling' })).toEqual([]);
    expect(await call({ To: '+12025550143', MessageStatus: 'failed', ErrorCode: '21610' })).toEqual([
      { kind: 'opted_out', number: '+12025550143' },
    ]);
  });

  it('are not read beyond their size', async () => {
    expect(await call({ Body: 'x'.repeat(20_000) })).toBeNull();
  });
});
