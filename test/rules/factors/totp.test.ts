import fc from 'fast-check';
import { Secret, TOTP, URI } from 'otpauth';
import { describe, expect, it } from 'vitest';
import {
  generateTotpSecret,
  otpauthUri,
  totpAt,
  totpStep,
  verifyTotp,
} from '../../../src/factors/totp/totp.ts';
import { utf8 } from '../../../src/kernel/bytes.ts';
import hotp from '../../vectors/rfc4226/hotp.json' with { type: 'json' };
import totp from '../../vectors/rfc6238/totp-sha1.json' with { type: 'json' };

const secret = utf8('12345678901234567890');
const now = Date.UTC(2026, 0, 1, 12, 0, 7);
const step = totpStep(now);
const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });

describe('RFC 4226 appendix D', () => {
  it.each(hotp.codes.map((code, count) => [count, code] as const))('count %i gives %s', (count, code) => {
    expect(totpAt(utf8(hotp.secretAscii), count)).toBe(code);
  });
});

describe('RFC 6238 appendix B, SHA-1', () => {
  it.each(totp.rows)('at $seconds s the last six digits of $totp', ({ seconds, stepHex, totp: expected }) => {
    expect(totpStep(seconds * 1000)).toBe(Number.parseInt(stepHex, 16));
    expect(totpAt(utf8(totp.secretAscii), totpStep(seconds * 1000))).toBe(expected.slice(-6));
  });
});

describe('TO-1 authentication app codes', () => {
  it('agree with an independent implementation for any secret and time', () => {
    fc.assert(
      fc.property(secrets, fc.integer({ min: 0, max: 2 ** 42 }), (bytes, at) => {
        const oracle = new TOTP({
          secret: new Secret({ buffer: new Uint8Array(bytes).buffer }),
          digits: 6,
          period: 30,
        });
        expect(totpAt(bytes, totpStep(at))).toBe(oracle.generate({ timestamp: at }));
      }),
    );
  });

  it('take 160 bits of randomness for a secret', () => {
    expect(generateTotpSecret((length) => new Uint8Array(length).fill(7))).toEqual(
      new Uint8Array(20).fill(7),
    );
  });

  it.each([-1, 0, 1])('accept the code %i steps from now and name its step', (drift) => {
    const code = totpAt(secret, step + drift);
    expect(verifyTotp({ secret, code, now, lastStep: null })).toEqual({
      ok: true,
      value: { step: step + drift },
    });
  });

  it.each([-2, 2])('refuse the code %i steps from now', (drift) => {
    const code = totpAt(secret, step + drift);
    expect(verifyTotp({ secret, code, now, lastStep: null })).toEqual({
      ok: false,
      error: { reason: 'mismatch' },
    });
  });

  it('tolerate spaces', () => {
    const code = totpAt(secret, step);
    const spaced = ` ${code.slice(0, 3)} ${code.slice(3)}\n`;
    expect(verifyTotp({ secret, code: spaced, now, lastStep: null }).ok).toBe(true);
  });

  it.each([
    '',
    '12345',
    '1234567',
    '12345a',
    '１２３４５６',
    ' '.repeat(40),
    `${'0'.repeat(6)}${' '.repeat(40)}`,
  ])('refuse %j as malformed', (code) => {
    expect(verifyTotp({ secret, code, now, lastStep: null })).toEqual({
      ok: false,
      error: { reason: 'malformed' },
    });
  });

  it.each([0, 1, 5])('refuse a code when its step or one %i later was used already', (later) => {
    const code = totpAt(secret, step);
    expect(verifyTotp({ secret, code, now, lastStep: step + later })).toEqual({
      ok: false,
      error: { reason: 'replayed' },
    });
  });

  it('accept the next step after one was used', () => {
    const code = totpAt(secret, step + 1);
    expect(verifyTotp({ secret, code, now, lastStep: step })).toEqual({
      ok: true,
      value: { step: step + 1 },
    });
  });

  it('never accept the same digits twice, whatever the secret and the moment of the second try', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.integer({ min: -1, max: 1 }),
        fc.integer({ min: 0, max: 29 }),
        (bytes, drift, wait) => {
          const code = totpAt(bytes, step + drift);
          const first = verifyTotp({ secret: bytes, code, now, lastStep: null });
          if (!first.ok) throw new Error('the first use must pass');
          const again = verifyTotp({
            secret: bytes,
            code,
            now: step * 30_000 + wait * 1000,
            lastStep: first.value.step,
          });
          expect(again.ok).toBe(false);
        },
      ),
    );
  });

  it('work in the first step of 1970, which has none before it', () => {
    expect(verifyTotp({ secret, code: '755224', now: 0, lastStep: null })).toEqual({
      ok: true,
      value: { step: 0 },
    });
  });
});

describe('TO-2 the address in the QR code', () => {
  it('is read by an authentication app with issuer, account and secret', () => {
    const parsed = URI.parse(otpauthUri({ issuer: 'Gatehouse', account: 'sam+a@example.gov', secret }));
    expect(parsed).toMatchObject({
      issuer: 'Gatehouse',
      label: 'sam+a@example.gov',
      algorithm: 'SHA1',
      digits: 6,
      period: 30,
    });
    expect(new Uint8Array(parsed.secret.buffer)).toEqual(secret);
  });

  it('cannot be bent by the characters of a name', () => {
    const parsed = URI.parse(
      otpauthUri({ issuer: 'A:B & Co?', account: 'x&secret=AAAA@example.gov', secret }),
    );
    expect(parsed).toMatchObject({ issuer: 'AB & Co?', label: 'x&secret=AAAA@example.gov' });
    expect(new Uint8Array(parsed.secret.buffer)).toEqual(secret);
  });
});
