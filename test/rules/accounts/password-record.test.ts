import { createHmac, hkdfSync, scrypt as nodeScrypt, scryptSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePhc, encodePhc, recordOf } from '../../../src/accounts/rules/password-phc.ts';
import {
  derivePassword,
  type ImportedPasswordRecord,
  needsRehash,
  newPasswordRecord,
  type OwnPasswordRecord,
  PASSWORD_COST,
  verifyPassword,
} from '../../../src/accounts/rules/password-record.ts';
import { toHex, utf8 } from '../../../src/kernel/bytes.ts';
import type { Scrypt } from '../../../src/kernel/scrypt.ts';

/** Counts its calls; costs are lowered to `ln` 4 in records, so that tests stay quick. */
function countingScrypt() {
  const calls: { N: number; r: number; p: number; length: number }[] = [];
  const scrypt: Scrypt = (password, salt, params) => {
    calls.push(params);
    const { N, r, p, length } = params;
    return new Promise((resolve, reject) =>
      nodeScrypt(password, salt, length, { N, r, p, maxmem: 2 ** 27 }, (error, key) =>
        error ? reject(error) : resolve(new Uint8Array(key)),
      ),
    );
  };
  return { scrypt, calls };
}

const { scrypt } = countingScrypt();
const peppers = new Map([
  [1, new Uint8Array(32).fill(1)],
  [2, new Uint8Array(32).fill(2)],
]);
const findPepper = (version: number) => peppers.get(version) ?? null;
const standard = { ...PASSWORD_COST, ln: 4, pepperVersion: 2 };
const salt = new Uint8Array(16).fill(5);
const record: OwnPasswordRecord = { v: 1, ln: 4, r: 8, p: 5, salt, pepperVersion: 2 };
const imported: ImportedPasswordRecord = { v: 0, ln: 4, r: 8, p: 1, salt, pepperVersion: null };
const PASSWORD = 'salty pickles march eastward';

const keysOf = async (typed: string, from: OwnPasswordRecord | ImportedPasswordRecord) => {
  const keys = await derivePassword(typed, from, scrypt, findPepper);
  if (keys === null) throw new Error('too long');
  return keys;
};

describe('PI-13 one scrypt, two keys', () => {
  it('are HKDF-SHA-256 of scrypt of the peppered password, under the labels verify and data', async () => {
    const peppered = createHmac('sha256', new Uint8Array(32).fill(2)).update(PASSWORD).digest();
    const stretched = scryptSync(peppered, salt, 64, { N: 16, r: 8, p: 5 });
    const { verifier, dataKey } = await keysOf(PASSWORD, record);
    expect(toHex(verifier)).toBe(
      Buffer.from(hkdfSync('sha256', stretched, '', 'verify', 32)).toString('hex'),
    );
    expect(toHex(dataKey ?? salt)).toBe(
      Buffer.from(hkdfSync('sha256', stretched, '', 'data', 32)).toString('hex'),
    );
  });

  it('take one scrypt at the cost of the record', async () => {
    const { scrypt: counting, calls } = countingScrypt();
    await derivePassword(PASSWORD, record, counting, findPepper);
    expect(calls).toEqual([{ N: 16, r: 8, p: 5, length: 64 }]);
  });

  it('tell nothing of each other and change with salt, pepper and password', async () => {
    const variants = [
      await keysOf(PASSWORD, record),
      await keysOf(PASSWORD, { ...record, salt: new Uint8Array(16) }),
      await keysOf(PASSWORD, { ...record, pepperVersion: 1 }),
      await keysOf(PASSWORD, { ...record, pepperVersion: null }),
      await keysOf(`${PASSWORD} `, record),
    ];
    const all = variants.flatMap(({ verifier, dataKey }) => [toHex(verifier), toHex(dataKey ?? salt)]);
    expect(new Set(all).size).toBe(10);
  });

  it('are the same however the letters were composed (SU-7)', async () => {
    const composed = await keysOf('crème brûlée 12345', record);
    expect(await keysOf('crème brûlée 12345'.normalize('NFD'), record)).toEqual(composed);
  });

  it('are not derived from input longer than any password', async () => {
    const { scrypt: counting, calls } = countingScrypt();
    expect(await derivePassword('x'.repeat(5000), record, counting, findPepper)).toBeNull();
    expect(calls).toEqual([]);
  });

  it('fail loudly when the pepper is gone, since no password could be right', async () => {
    await expect(
      derivePassword(PASSWORD, { ...record, pepperVersion: 9 }, scrypt, findPepper),
    ).rejects.toThrow('pepper 9');
  });
});

describe('SI-4 verifying and upgrading', () => {
  const verify = async (
    typed: string,
    from: OwnPasswordRecord | ImportedPasswordRecord,
    verifier?: Uint8Array,
  ) =>
    verifyPassword(typed, from, verifier ?? (await keysOf(PASSWORD, from)).verifier, standard, {
      scrypt,
      findPepper,
    });

  it('accepts the password and gives its keys', async () => {
    expect(await verify(PASSWORD, record)).toEqual({
      ok: true,
      value: { keys: await keysOf(PASSWORD, record), rehash: false },
    });
  });

  it.each(['', 'Salty pickles march eastward', `${PASSWORD} `, 'x'.repeat(5000)])(
    'refuses %j',
    async (typed) => {
      expect(await verify(typed, record)).toEqual({ ok: false, error: { reason: 'mismatch' } });
    },
  );

  it('refuses against a verifier of another length', async () => {
    expect((await verify(PASSWORD, record, new Uint8Array(0))).ok).toBe(false);
  });

  it('accepts an imported record without pepper and asks for a new one', async () => {
    const verifier = new Uint8Array(scryptSync(PASSWORD, salt, 32, { N: 16, r: 8, p: 1 }));
    expect(await verify(PASSWORD, imported, verifier)).toEqual({
      ok: true,
      value: { keys: { verifier, dataKey: null }, rehash: true },
    });
    expect((await verify('wrong horse battery', imported, verifier)).ok).toBe(false);
  });

  it('takes an imported password as typed, since it was never normalised', async () => {
    const typed = 'crème brûlée 12345'.normalize('NFD');
    const verifier = new Uint8Array(scryptSync(typed, salt, 32, { N: 16, r: 8, p: 1 }));
    expect((await verify(typed, imported, verifier)).ok).toBe(true);
  });

  it('reads the cost of imported records from the record', async () => {
    const { scrypt: counting, calls } = countingScrypt();
    await derivePassword(PASSWORD, { ...imported, ln: 16 }, counting, findPepper);
    expect(calls).toEqual([{ N: 65_536, r: 8, p: 1, length: 32 }]);
  });

  it.each([
    [{ ln: 3 }, true],
    [{ ln: 5 }, true],
    [{ r: 4 }, true],
    [{ p: 1 }, true],
    [{ pepperVersion: 1 }, true],
    [{ pepperVersion: null }, true],
    [{}, false],
  ])('rehashes a record that differs from the standard by %j: %s', (difference, expected) => {
    expect(needsRehash({ ...record, ...difference }, standard)).toBe(expected);
  });

  it('makes records to the standard, with a salt of their own', () => {
    let drawn = 0;
    const random = (length: number) => new Uint8Array(length).fill(++drawn);
    const first = newPasswordRecord(random, standard);
    expect(first).toEqual({ v: 1, ln: 4, r: 8, p: 5, salt: new Uint8Array(16).fill(1), pepperVersion: 2 });
    expect(needsRehash(first, standard)).toBe(false);
    expect(newPasswordRecord(random, standard).salt).not.toEqual(first.salt);
  });

  it('costs N=2^14 r=8 p=5 by default', () => {
    expect(PASSWORD_COST).toEqual({ ln: 14, r: 8, p: 5 });
  });
});

describe('PHC strings', () => {
  const costs = fc.record({
    v: fc.constantFrom(0, 1),
    ln: fc.integer({ min: 1, max: 16 }),
    r: fc.integer({ min: 1, max: 8 }),
    p: fc.integer({ min: 1, max: 16 }),
  });

  it('are written as $scrypt$ln=14,r=8,p=5$salt$hash, base64 without padding', () => {
    const text = encodePhc({
      v: 1,
      ...PASSWORD_COST,
      salt: utf8('sixteen bytes ok'),
      hash: new Uint8Array(32).fill(255),
    });
    expect(text).toBe(`$scrypt$ln=14,r=8,p=5$c2l4dGVlbiBieXRlcyBvaw$${'/'.repeat(42)}8`);
  });

  it('say of an imported record that it is one, and give it no pepper', () => {
    const text = encodePhc({ ...imported, ln: 16, hash: new Uint8Array(32) });
    expect(text).toMatch(/^\$scrypt\$v=0\$ln=16,r=8,p=1\$/);
    const phc = decodePhc(text);
    expect(phc === null ? null : recordOf(phc, 2)).toEqual({ ...imported, ln: 16 });
  });

  it('give a record of ours the pepper version kept beside them', () => {
    const phc = decodePhc(encodePhc({ ...record, hash: new Uint8Array(32) }));
    expect(phc === null ? null : recordOf(phc, 2)).toEqual(record);
  });

  it('read back as what was written', () => {
    fc.assert(
      fc.property(
        costs,
        fc.uint8Array({ minLength: 8, maxLength: 64 }),
        fc.uint8Array({ minLength: 12, maxLength: 128 }),
        (cost, bytes, hash) => {
          const parts = { ...cost, salt: new Uint8Array(bytes), hash: new Uint8Array(hash) };
          expect(decodePhc(encodePhc(parts))).toEqual(parts);
        },
      ),
    );
  });

  it.each([
    '',
    '$scrypt$ln=14,r=8,p=5$c2FsdHNhbHRzYWx0$',
    '$scrypt$ln=014,r=8,p=5$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAA',
    '$scrypt$ln=14,p=5,r=8$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAA',
    '$scrypt$v=1$ln=14,r=8,p=5$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAA',
    '$argon2id$ln=14,r=8,p=5$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAA',
    '$scrypt$ln=14,r=8,p=5$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAA$x',
    '$scrypt$ln=14,r=8,p=5$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAA==',
    '$scrypt$ln=14,r=8,p=5$c2FsdHNhbHRzYWx$AAAAAAAAAAAAAAAB-',
    '$scrypt$ln=14,r=8,p=5$c2FsdHNhbHRzYWx0c$AAAAAAAAAAAAAAAA',
    '$scrypt$ln=20,r=8,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAA',
    '$scrypt$ln=16,r=9,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAA',
    '$scrypt$ln=14,r=8,p=17$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAA',
    `$scrypt$ln=14,r=8,p=5$c2FsdHNhbHRzYWx0$${'A'.repeat(1_000_000)}`,
  ])('are refused when malformed or too costly: %.60s', (text) => {
    expect(decodePhc(text)).toBeNull();
  });
});
