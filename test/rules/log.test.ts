import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeFault, logLine } from '../../src/platform/log.ts';
import { personalLines, secretsIn } from '../support/log-watch.ts';

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

describe('O23 the watch over the log of every journey', () => {
  const FINE = [
    '{"level":"info","event":"request","request_id":"018f2c3e-1234-4567-8901-234567890123","route":"/account"}',
    '{"level":"warn","event":"notice_not_sent","notice":"new-device","reason":"mail.unavailable"}',
  ];

  it.each([
    ['an address', 'no mail to pat.smith@agency.gov'],
    ['a phone number', 'no text to +12025550143'],
    ['a backup code', 'code 4XYZ-8KQ2-0PWN was refused'],
    ['a personal key', 'key 4XYZ-8KQ2-0PWN-77AB'],
    ['a Social Security number', 'ssn 900-12-3456'],
    ['a secret of somebody made', 'password was violet-staple-91'],
  ])('notices %s', (_what, line) => {
    const answer = { uuid: '018f2c3e-1234', password: 'violet-staple-91', phones: ['+12025550143'] };
    expect(personalLines([...FINE, line], secretsIn(answer))).toEqual([line]);
  });

  it('looks at everything an account was told to have, but its number', () => {
    const card = { certificate: 'A certificate', chain: null };
    const answer = { uuid: '018f2c3e-1234', locale: 'en', backup_codes: ['4XYZ-8KQ2'], piv: card };
    expect(secretsIn(answer)).toEqual(['4XYZ-8KQ2', 'A certificate']);
  });
});
