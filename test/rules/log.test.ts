import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeFault, logLine } from '../../src/platform/log.ts';

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
