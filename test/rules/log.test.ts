import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeFault, logLine } from '../../src/platform/log.ts';
import { expectNobodyInLines, keepOut, letIn } from '../support/heard-lines.ts';
import { personalLines, secretsIn, secretsInFields } from '../support/log-watch.ts';
import { keepOutAnswer, keepOutRequest } from '../support/traffic.ts';

describe('O23 what a fault may say in the log', () => {
  const messageOf = (message: string): string => describeFault(new TypeError(message)).message;

  it('keeps the name and the plain words', () => {
    expect(describeFault(new RangeError('the list is empty'))).toEqual({
      name: 'RangeError',
      message: 'the list is empty',
    });
    expect(messageOf('UNIQUE constraint failed: emails.fingerprint')).toBe(
      'UNIQUE constraint failed: emails.fingerprint',
    );
  });

  it.each([
    ['double quotes', 'no such user "Wilhelmina Quixote" here', 'Wilhelmina'],
    ['single quotes', "bad value 'Wilhelmina'", 'Wilhelmina'],
    ['backticks', 'bad value `Wilhelmina`', 'Wilhelmina'],
    ['quotes over several lines', 'bad value "Wilhelmina\nQuixote"', 'Quixote'],
    ['an address', 'cannot send to wilhelmina@agency.gov now', 'wilhelmina'],
    ['an address in brackets', 'cannot send to <wilhelmina@agency.gov>', 'wilhelmina'],
    ['a query', 'fetch of https://dns.test/resolve?name=agency.gov failed', 'agency.gov'],
    ['values of a statement', 'Failed query: insert into t values (?)\nparams: Wilhelmina,12', 'Wilhelmina'],
    ['a one-time code', 'the code 493817 was refused', '493817'],
    ['a number', 'call 202-555-0143 failed', '555'],
    ['a network address', 'no answer from 203.0.113.77', '113'],
    ['a token', 'gh_at_Zm9vYmFyYmF6cXV4MTIz is unknown', 'Zm9vYmFy'],
  ])('cuts %s', (_what, message, secret) => {
    expect(messageOf(message)).not.toContain(secret);
    expect(messageOf(message)).toContain('…');
  });

  it('tells the cause, which is what failed', () => {
    const cause = new RangeError('D1_ERROR: no such table');
    expect(describeFault(new Error('Failed query: select 1', { cause }))).toEqual({
      name: 'RangeError',
      message: 'D1_ERROR: no such table',
    });
  });

  it('is short, and says nothing about what is no error', () => {
    expect(messageOf('word '.repeat(1000)).length).toBe(300);
    expect(describeFault('wilhelmina@agency.gov')).toEqual({ name: 'unknown', message: '' });
    expect(describeFault({ message: 'wilhelmina@agency.gov' })).toEqual({ name: 'unknown', message: '' });
  });
});

describe('O23 a line', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(['info', 'warn', 'error'] as const)('of level %s is one JSON object on one line', (level) => {
    const spy = vi.spyOn(console, level === 'info' ? 'log' : level).mockImplementation(() => {});
    logLine(level, 'fault', { request_id: 'r', message: 'two\nlines' });
    const [line] = spy.mock.calls[0] ?? [];
    expect(String(line)).not.toContain('\n');
    expect(JSON.parse(String(line))).toEqual({
      level,
      event: 'fault',
      request_id: 'r',
      message: 'two\nlines',
    });
  });
});

describe('O23 the watch over every log', () => {
  const FINE = [
    '{"level":"info","event":"request","request_id":"018f2c3e-1234-4567-8901-234567890123","route":"/account"}',
    '{"level":"warn","event":"notice_not_sent","notice":"new-device","reason":"mail.unavailable"}',
  ];

  it.each([
    ['an address', 'no mail to pat.smith@agency.gov'],
    ['an address in a query', 'no page for ?email=pat.smith%40agency.gov'],
    ['a key', 'key -----BEGIN PRIVATE KEY-----'],
    ['a phone number', 'no text to +12025550143'],
    ['a phone number as people write it', 'no call to (202) 555-0143'],
    ['a phone number without its country', 'no call to 2025550143'],
    ['a backup code', 'code 4XYZ-8KQ2-0PWN was refused'],
    ['a personal key', 'key 4XYZ-8KQ2-0PWN-77AB'],
    ['a Social Security number', 'ssn 900-12-3456'],
    ['a Social Security number without dashes', 'ssn 900123456'],
    ['a network address', 'no answer to 203.0.113.77'],
    ['an authorization code', 'code gh_code_Q2FuYXJ5'],
    ['a signed token', 'hint eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln'],
    ['a SAML message', 'SAMLRequest PHNhbWxwOkF1dGhuUmVxdWVzdD4='],
    ['a secret of an authentication app', 'secret JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'],
    ['a secret of somebody made', 'password was violet-staple-91'],
  ])('notices %s', (_what, line) => {
    const answer = { uuid: '018f2c3e-1234', password: 'violet-staple-91', phones: ['+12025550143'] };
    expect(personalLines([...FINE, line], secretsIn(answer))).toEqual([line]);
  });

  it('looks at everything an account was told to have, but numbers of accounts and apps', () => {
    const card = { certificate: 'A certificate', chain: null };
    const answer = {
      uuid: '018f2c3e-1234',
      locale: 'en',
      backup_codes: ['4XYZ-8KQ2'],
      piv: card,
      banned_from: ['018f2c3e-1234-4567-8901-234567890123'],
    };
    expect(secretsIn(answer)).toEqual(['4XYZ-8KQ2', 'A certificate']);
  });

  it('tells the words and numbers of a person from parts of others', () => {
    const secrets = secretsIn({ first_name: 'Jo', last_name: 'Sample', code: '493817', city: 'Ames' });
    expect(secrets).toEqual(['Sample', '493817']);
    const lines = ['Ms Sample', 'Sampler', 'code 493817', 'ray 1493817-4938170', 'Ames'];
    expect(personalLines(lines, secrets)).toEqual(['Ms Sample', 'code 493817']);
  });

  it('knows fields that hold nothing of anybody', () => {
    const fields = new URLSearchParams({ scope: 'openid email', state: 'of-the-app-77', choice: 'continue' });
    expect(secretsInFields(fields)).toEqual(['of-the-app-77']);
  });
});

describe('O23 the canary of the whole suite', () => {
  const heard = (line: string): void => {
    vi.spyOn(console, 'warn').mockReturnValue();
    console.warn(line);
  };

  it.fails('fails a test in which an address is written', () => heard('no mail to pat.smith@agency.gov'));

  it.fails('fails a test in which the code under test writes one', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    logLine('error', 'fault', { message: 'no mail to pat.smith@agency.gov' });
  });

  it('names the line, once', () => {
    heard('the password was violet-staple-91');
    keepOut(['violet-staple-91']);
    heard('all is well');
    expect(() => expectNobodyInLines(false)).toThrow(/\(O23\):\nthe password was violet-staple-91$/);
    expect(() => expectNobodyInLines(true)).not.toThrow();
    letIn('violet-staple-91');
  });

  it.each([
    ['a form', 'violet-staple-91', ['/', {}, 'current-password=violet-staple-91']],
    ['an address', 'bm9ib2R5cyBsaW5r', ['/sign_up?token=bm9ib2R5cyBsaW5r', {}, null]],
    ['a cookie', 'c2Vzc2lvbg.77', ['/', { cookie: '__Host-gh_session=c2Vzc2lvbg.77' }, null]],
    ['a token of its bearer', 'dG9rZW4tb2Ytb25l', ['/', { authorization: 'Bearer dG9rZW4tb2Ytb25l' }, null]],
    ['a document', 'Wilhelmina', ['/api/sandbox/v1/accounts', {}, '{"profile":{"first_name":"Wilhelmina"}}']],
  ] as const)('keeps out what came in %s', (_where, secret, [path, headers, body]) => {
    keepOutRequest(`https://idp.test${path}`, headers, body);
    heard(`see ${secret} there`);
    expect(() => expectNobodyInLines(false)).toThrow(secret);
  });

  it.each([
    ['a cookie', 'c2Vzc2lvbi1hbnN3ZXI', { 'set-cookie': 'gh_device=c2Vzc2lvbi1hbnN3ZXI; Secure' }, ''],
    ['a redirect', 'Z28tdGhlcmU', { location: 'https://app.test/?code=Z28tdGhlcmU' }, ''],
    ['a document', '774401', { 'content-type': 'application/json' }, '[{"code":"774401"}]'],
    ['a link', 'bWFpbGVkLWxpbms', {}, '["https://idp.test/reset?token=bWFpbGVkLWxpbms"]'],
  ] as const)('keeps out what an answer told in %s', async (_where, secret, headers, body) => {
    await keepOutAnswer('https://idp.test/api/sandbox/v1/messages', new Response(body, { headers }));
    heard(`see ${secret} there`);
    expect(() => expectNobodyInLines(false)).toThrow(secret);
  });
});
