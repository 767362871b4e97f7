import { scrypt as nodeScrypt, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BACKUP_CODE_COUNT,
  BACKUP_CODE_STRETCH,
  backupCodeLookup,
  generateBackupCodes,
  hashBackupCode,
  IMPORTED_BACKUP_CODE_STRETCH,
  makeBackupCodeSet,
  readBackupCode,
  showBackupCode,
} from '../../../src/factors/backup-codes/backup-codes.ts';
import { toBase64Url, toHex } from '../../../src/kernel/bytes.ts';
import { CROCKFORD_ALPHABET } from '../../../src/kernel/crockford.ts';
import { hmacSha256 } from '../../../src/kernel/crypto.ts';
import type { Scrypt } from '../../../src/kernel/scrypt.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const scrypt: Scrypt = (password, salt, { N, r, p, length }) =>
  new Promise((resolve, reject) =>
    nodeScrypt(password, salt, length, { N, r, p, maxmem: 2 ** 26 }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
const digest = (value: string) => toBase64Url(hmacSha256(new Uint8Array(32).fill(1), value));
const crockford = fc.string({ unit: fc.constantFrom(...CROCKFORD_ALPHABET), minLength: 12, maxLength: 12 });

describe('BC-1 backup codes', () => {
  it('come ten at a time, twelve Crockford characters each, all different', () => {
    const codes = generateBackupCodes(random);
    expect(codes).toHaveLength(BACKUP_CODE_COUNT);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
  });

  it('carry five bits a character: every letter comes from eight byte values', () => {
    const seen = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const letter = generateBackupCodes((length) => new Uint8Array(length).fill(byte))[0]?.charAt(0) ?? '';
      seen.set(letter, (seen.get(letter) ?? 0) + 1);
    }
    expect([...seen.keys()].sort().join('')).toBe(CROCKFORD_ALPHABET);
    expect(new Set(seen.values())).toEqual(new Set([8]));
  });

  it('are shown as XXXX-XXXX-XXXX and read back from that', () => {
    for (const code of generateBackupCodes(random)) {
      expect(showBackupCode(code)).toMatch(/^.{4}-.{4}-.{4}$/);
      expect(readBackupCode(showBackupCode(code))).toEqual({ ok: true, value: code });
    }
  });

  it('are accepted in any case, with or without dashes and spaces, with O for zero and I or L for one', () => {
    for (const typed of [
      '0A1B-1C2D-3E4F',
      'oaib lc2d 3e4f',
      '0a1b1c2d3e4f',
      ' OAIB–LC2D–3E4F ',
      'oalbic2d-3e4f',
    ]) {
      expect(readBackupCode(typed)).toEqual({ ok: true, value: '0A1B1C2D3E4F' });
    }
  });

  it('read the same however they are dressed up', () => {
    fc.assert(
      fc.property(crockford, fc.array(fc.nat(11), { maxLength: 6 }), fc.boolean(), (code, dashes, lower) => {
        const dressed = [...code].map((letter, at) => (dashes.includes(at) ? `-${letter}` : letter)).join('');
        const typed = (lower ? dressed.toLowerCase() : dressed)
          .replaceAll('0', 'o')
          .replaceAll('1', lower ? 'l' : 'I');
        expect(readBackupCode(typed)).toEqual({ ok: true, value: code });
      }),
    );
  });

  it.each([
    '',
    '0A1B-1C2D-3E4',
    '0A1B-1C2D-3E4FF',
    'UUUU-UUUU-UUUU',
    '0A1B_1C2D_3E4F',
    '-'.repeat(1000),
    'Ａ'.repeat(12),
  ])('refuse %j', (typed) => {
    expect(readBackupCode(typed)).toEqual({ ok: false, error: { reason: 'malformed' } });
  });
});

describe('BC-3 how backup codes are stored', () => {
  it('as keyed digests of the stretched code, which the code alone finds again', async () => {
    const { codes, salt, stretch, lookups } = await makeBackupCodeSet(random, scrypt, digest);
    expect(new Set(lookups).size).toBe(10);
    for (const [at, code] of codes.entries()) {
      expect(backupCodeLookup(await hashBackupCode(code, salt, scrypt, stretch), digest)).toBe(lookups[at]);
    }
  });

  it('so that neither another set nor another key has the same lookup', async () => {
    const [code] = generateBackupCodes(random);
    if (code === undefined) throw new Error('no code');
    const one = await hashBackupCode(code, random(16), scrypt);
    const two = await hashBackupCode(code, random(16), scrypt);
    const otherKey = (value: string) => toBase64Url(hmacSha256(new Uint8Array(32).fill(2), value));
    expect(
      new Set([backupCodeLookup(one, digest), backupCodeLookup(two, digest), backupCodeLookup(one, otherKey)])
        .size,
    ).toBe(3);
  });

  it('without the code, the stretched code or a plain digest of it', async () => {
    const { codes, salt, lookups } = await makeBackupCodeSet(random, scrypt, digest);
    const stored = JSON.stringify(lookups);
    for (const code of codes) {
      const stretched = await hashBackupCode(code, salt, scrypt);
      for (const leak of [code, toBase64Url(stretched), toHex(stretched)]) expect(stored).not.toContain(leak);
    }
  });

  it('at a price for the whole set near one imported code, and one scrypt for each sign-in', async () => {
    const work: number[] = [];
    const counting: Scrypt = async (_password, _salt, { N, r, p, length }) => {
      work.push(N * r * p);
      return new Uint8Array(length);
    };
    const { codes, salt } = await makeBackupCodeSet(random, counting, digest);
    const { N, r, p } = IMPORTED_BACKUP_CODE_STRETCH;
    expect(work.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1.25 * N * r * p);
    work.length = 0;
    const [code] = codes;
    if (code !== undefined) await hashBackupCode(code, salt, counting);
    expect(work).toEqual([BACKUP_CODE_STRETCH.N * BACKUP_CODE_STRETCH.r * BACKUP_CODE_STRETCH.p]);
  });

  it('at the cost recorded with the set, so that imported sets still verify', async () => {
    const asked: number[] = [];
    const counting: Scrypt = async (_password, _salt, { N, length }) => {
      asked.push(N);
      return new Uint8Array(length);
    };
    const read = readBackupCode('0A1B-1C2D-3E4F');
    if (read.ok) await hashBackupCode(read.value, random(16), counting, IMPORTED_BACKUP_CODE_STRETCH);
    expect(asked).toEqual([8192]);
  });
});
