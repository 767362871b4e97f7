import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAuthenticatorData } from '../../../../src/factors/webauthn/authenticator-data.ts';
import { readCbor } from '../../../../src/factors/webauthn/cbor.ts';
import { readCoseKey } from '../../../../src/factors/webauthn/cose-key.ts';
import { derSignatureToRaw } from '../../../../src/factors/webauthn/der-signature.ts';
import {
  type Cbor,
  encodeCbor,
  FLAGS,
  SoftwareAuthenticator,
} from '../../../support/software-authenticator.ts';
import { ORIGIN } from './ceremonies.ts';
import { hex } from './vectors.ts';

const reasonOf = (text: string): string => {
  const read = readCbor(hex(text));
  return read.ok ? 'read' : read.error.reason;
};

describe('RFC 8949 as authenticators use it', () => {
  it.each([
    ['00', 0],
    ['17', 23],
    ['1864', 100],
    ['1903e8', 1000],
    ['1a000f4240', 1_000_000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['20', -1],
    ['3903e7', -1000],
    ['f4', false],
    ['f5', true],
    ['f6', null],
    ['60', ''],
    ['6449455446', 'IETF'],
    ['62c3bc', 'ü'],
  ])('reads %s (RFC 8949 appendix A)', (text, value) => {
    expect(readCbor(hex(text))).toEqual({ ok: true, value: { value, end: text.length / 2 } });
  });

  it('reads lists, maps and bytes, and stops at their end', () => {
    expect(readCbor(hex('8301820203820405ff'))).toEqual({
      ok: true,
      value: { value: [1, [2, 3], [4, 5]], end: 8 },
    });
    expect(readCbor(hex('a2016161026162'))).toEqual({
      ok: true,
      value: {
        value: new Map([
          [1, 'a'],
          [2, 'b'],
        ]),
        end: 7,
      },
    });
    expect(readCbor(hex('4401020304'))).toEqual({ ok: true, value: { value: hex('01020304'), end: 5 } });
  });

  it.each([
    ['', 'truncated'],
    ['18', 'truncated'],
    ['4401', 'truncated'],
    ['8201', 'truncated'],
    ['a101', 'truncated'],
    ['5bffffffffffffffff', 'unsupported'],
    ['1bffffffffffffffff', 'unsupported'],
    ['5affffffff00', 'truncated'],
    ['9affffffff', 'truncated'],
    ['f90000', 'unsupported'],
    ['fb3ff199999999999a', 'unsupported'],
    ['c074', 'unsupported'],
    ['f7', 'unsupported'],
    ['5f4101ff', 'unsupported'],
    ['9fff', 'unsupported'],
    ['bfff', 'unsupported'],
    ['1c', 'unsupported'],
    ['61ff', 'bad_text'],
    ['a201000100', 'bad_key'],
    ['a1800000', 'bad_key'],
    ['a1410000', 'bad_key'],
    [`${'81'.repeat(20)}00`, 'too_deep'],
    [`990fff${'00'.repeat(4095)}`, 'too_many_items'],
  ])('refuses %s: %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('answers any bytes with a value inside them or a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = readCbor(bytes);
        if (read.ok) expect(read.value.end).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe('WebAuthn section 6.1 authenticator data', () => {
  const authenticator = new SoftwareAuthenticator({ origin: ORIGIN });
  const plain = authenticator.authenticatorData({ signCount: 5 });

  it('reads flags and counter', () => {
    expect(readAuthenticatorData(plain)).toMatchObject({
      ok: true,
      value: { userPresent: true, userVerified: true, backedUp: false, signCount: 5, attested: null },
    });
  });

  it('accounts for extensions, and only where they are announced', () => {
    const extensions = encodeCbor(new Map<string, Cbor>([['credProtect', 2]]));
    const flags = FLAGS.present | FLAGS.extensions;
    const announced = Buffer.concat([authenticator.authenticatorData({ flags }), extensions]);
    expect(readAuthenticatorData(announced)).toMatchObject({ ok: true });
    expect(readAuthenticatorData(Buffer.concat([plain, extensions]))).toMatchObject({ ok: false });
    expect(readAuthenticatorData(authenticator.authenticatorData({ flags }))).toMatchObject({ ok: false });
  });

  it.each([
    ['too short', plain.subarray(0, 36)],
    ['with a byte too many', Buffer.concat([plain, Buffer.alloc(1)])],
    ['announcing a credential that is not there', authenticator.authenticatorData({ flags: FLAGS.attested })],
    [
      'with an id of no length',
      Buffer.concat([
        authenticator.authenticatorData({ flags: FLAGS.attested }),
        Buffer.alloc(18),
        encodeCbor(1),
      ]),
    ],
    [
      'with an id longer than 1023 bytes',
      Buffer.concat([
        authenticator.authenticatorData({ flags: FLAGS.attested }),
        Buffer.alloc(16),
        Buffer.from([4, 0]),
        Buffer.alloc(1024),
        encodeCbor(1),
      ]),
    ],
  ])('refuses data %s', (_what, bytes) => {
    expect(readAuthenticatorData(bytes)).toEqual({
      ok: false,
      error: { reason: 'malformed_authenticator_data' },
    });
  });
});

describe('RFC 9052 section 7 COSE keys', () => {
  const key = (entries: readonly (readonly [number, Cbor])[]): string => {
    const read = readCoseKey(encodeCbor(new Map(entries)));
    return read.ok ? 'read' : read.error.reason;
  };
  const x = Buffer.alloc(32, 1);

  it.each([
    [
      'another algorithm',
      [
        [1, 2],
        [3, -47],
        [-1, 8],
        [-2, x],
        [-3, x],
      ],
      'unsupported_algorithm',
    ],
    [
      'no algorithm',
      [
        [1, 2],
        [-1, 1],
        [-2, x],
        [-3, x],
      ],
      'unsupported_algorithm',
    ],
    [
      'an RSA type for ES256',
      [
        [1, 3],
        [3, -7],
        [-1, 1],
        [-2, x],
        [-3, x],
      ],
      'malformed_key',
    ],
    [
      'another curve for ES256',
      [
        [1, 2],
        [3, -7],
        [-1, 2],
        [-2, x],
        [-3, x],
      ],
      'malformed_key',
    ],
    [
      'a compressed point',
      [
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, x],
        [-3, true],
      ],
      'malformed_key',
    ],
    [
      'a short coordinate',
      [
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.alloc(31)],
        [-3, x],
      ],
      'malformed_key',
    ],
    [
      'a weak modulus',
      [
        [1, 3],
        [3, -257],
        [-1, Buffer.alloc(128, 1)],
        [-2, Buffer.from([1, 0, 1])],
      ],
      'malformed_key',
    ],
    [
      'a giant modulus',
      [
        [1, 3],
        [3, -257],
        [-1, Buffer.alloc(1024, 1)],
        [-2, Buffer.from([1, 0, 1])],
      ],
      'malformed_key',
    ],
  ] as const)('refuses %s', (_what, entries, reason) => {
    expect(key(entries)).toBe(reason);
  });

  it('refuses what follows a key', () => {
    const publicKey = new SoftwareAuthenticator({ origin: ORIGIN }).publicKey();
    expect(readCoseKey(publicKey).ok).toBe(true);
    expect(readCoseKey(Buffer.concat([publicKey, Buffer.alloc(1)]))).toEqual({
      ok: false,
      error: { reason: 'malformed_key' },
    });
  });
});

describe('WebAuthn section 6.5.5 ECDSA signatures in DER', () => {
  const raw = (text: string, size = 2): string | null => {
    const bytes = derSignatureToRaw(hex(text), size);
    return bytes === null ? null : Buffer.from(bytes).toString('hex');
  };

  it('lays both numbers side by side, padded to their size', () => {
    expect(raw('3006020101020102')).toBe('00010002');
    expect(raw('300802027fff02020102')).toBe('7fff0102');
    expect(raw('3008020300ffff020101')).toBe('ffff0001');
  });

  it.each([
    ['another tag', '3106020101020102'],
    ['a length that does not fit', '3007020101020102'],
    ['a byte too many', '300602010102010200'],
    ['a byte too many inside', '300702010102010200'],
    ['a negative number', '3006020181020102'],
    ['a needless zero', '300702020001020102'],
    ['zero', '3006020100020102'],
    ['a number that is too long', '30080203010203020102'],
    ['a long form where the short one does', '308106020101020102'],
    ['an empty number', '30050200020102'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(raw(text)).toBeNull();
  });

  it('reads the long form of P-521 signatures', () => {
    const number = `0242${'01'.repeat(66)}`;
    expect(raw(`308188${number}${number}`, 66)).toBe('01'.repeat(132));
  });
});
