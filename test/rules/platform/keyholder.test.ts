import { describe, expect, it } from 'vitest';
import { fromBase64Url, fromUtf8, toBase64Url } from '../../../src/kernel/bytes.ts';
import { createKeyholder, type SealPurpose } from '../../../src/platform/keys/keyholder.ts';

const root = (byte: number): string => toBase64Url(new Uint8Array(32).fill(byte));
const first = createKeyholder(new Map([[1, root(1)]]));
const both = createKeyholder(
  new Map([
    [1, root(1)],
    [2, root(2)],
  ]),
);
const second = createKeyholder(new Map([[2, root(2)]]));

const PURPOSES: readonly SealPurpose[] = [
  'email',
  'factor',
  'password',
  'device-place',
  'message',
  'request',
  'signing-key',
  'cookie',
];
const HERE = { owner: 'ann', record: 'row-1' } as const;
const textOf = (opened: Uint8Array<ArrayBuffer> | null): string | null =>
  opened === null ? null : fromUtf8(opened);

describe('PI-11 sealing', () => {
  it('opens what it sealed, for the same purpose, owner and record', async () => {
    expect(textOf(await first.open('email', HERE, await first.seal('email', HERE, 'pat@agency.gov')))).toBe(
      'pat@agency.gov',
    );
  });

  it('never seals twice alike, and shows nothing', async () => {
    const texts = await Promise.all(
      Array.from({ length: 20 }, () => first.seal('email', HERE, 'pat@agency.gov')),
    );
    expect(new Set(texts).size).toBe(20);
    for (const text of texts)
      expect(Buffer.from(text.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('agency');
  });

  it('opens for no other purpose', async () => {
    for (const purpose of PURPOSES) {
      const sealed = await first.seal(purpose, HERE, 'secret');
      for (const other of PURPOSES) {
        expect(textOf(await first.open(other, HERE, sealed)), `${purpose} as ${other}`).toBe(
          other === purpose ? 'secret' : null,
        );
      }
    }
  });

  it.each([
    ['another person', { owner: 'ben', record: 'row-1' }],
    ['another record', { owner: 'ann', record: 'row-2' }],
    ['owner and record exchanged', { owner: 'row-1', record: 'ann' }],
    ['a record that continues the owner', { owner: 'ann"', record: 'row-1' }],
    ['nobody', { owner: '', record: '' }],
  ])('opens not for %s', async (_what, context) => {
    expect(await first.open('email', context, await first.seal('email', HERE, 'secret'))).toBeNull();
  });

  it('notices every changed byte', async () => {
    const sealed = await first.seal('email', HERE, 'secret');
    const bytes = fromBase64Url(sealed.split('.')[2] ?? '') ?? new Uint8Array();
    for (const at of bytes.keys()) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await first.open('email', HERE, `g1.1.${toBase64Url(changed)}`), `byte ${at}`).toBeNull();
    }
  });

  it.each([
    '',
    'g1',
    'g1.1',
    'g1.1.',
    'g1.1.AAAA',
    'g1.9.AAAA',
    'g2.1.AAAA',
    'g1.1.%%%',
    'a.b.c.d',
    'pat@agency.gov',
  ])('opens nothing that it did not seal: %s', async (text) => {
    expect(await first.open('email', HERE, text)).toBeNull();
  });
});

describe('PI-31 a second root', () => {
  it('seals from now on; what the first sealed still opens', async () => {
    const old = await first.seal('email', HERE, 'old');
    const fresh = await both.seal('email', HERE, 'fresh');
    expect(fresh).toMatch(/^g1\.2\./);
    expect(textOf(await both.open('email', HERE, old))).toBe('old');
    expect(textOf(await both.open('email', HERE, fresh))).toBe('fresh');
    expect(textOf(await second.open('email', HERE, fresh))).toBe('fresh');
  });

  it('fails closed where its root is missing or another version is claimed', async () => {
    const old = await first.seal('email', HERE, 'old');
    const fresh = await both.seal('email', HERE, 'fresh');
    expect(await second.open('email', HERE, old)).toBeNull();
    expect(await first.open('email', HERE, fresh)).toBeNull();
    expect(await both.open('email', HERE, old.replace('g1.1.', 'g1.2.'))).toBeNull();
    expect(await both.open('email', HERE, fresh.replace('g1.2.', 'g1.1.'))).toBeNull();
  });

  it('finds what was written under the first', () => {
    expect(both.fingerprint('email', 'pat@agency.gov')).toBe(second.fingerprint('email', 'pat@agency.gov'));
    expect(both.previousFingerprints('email', 'pat@agency.gov')).toEqual([
      first.fingerprint('email', 'pat@agency.gov'),
    ]);
    expect(first.previousFingerprints('email', 'pat@agency.gov')).toEqual([]);
  });

  it('leaves bearer secrets alone until the first is gone', () => {
    const secret = new Uint8Array(32).fill(7);
    for (const label of ['locator', 'csrf', 'tag'] as const) {
      expect(both.pad(label, secret)).toEqual(first.pad(label, secret));
      expect(second.pad(label, secret)).not.toEqual(first.pad(label, secret));
    }
    for (const kind of ['session', 'code', 'token'] as const) {
      expect(both.derive(kind, secret)).toEqual(first.derive(kind, secret));
      expect(second.derive(kind, secret)).not.toEqual(first.derive(kind, secret));
    }
  });

  it('brings its own pepper and keeps the other', () => {
    expect(both.pepper(1)).toEqual(first.pepper(1));
    expect(both.pepper(2)).toEqual(second.pepper(2));
    expect(both.pepper(3)).toBeNull();
    expect(both.currentVersion).toBe(2);
  });
});

describe('PI-17 keyed digests', () => {
  it('differ by purpose, value and root, and say nothing without the root', () => {
    const digests = [
      first.fingerprint('email', 'a'),
      first.fingerprint('email', 'b'),
      first.fingerprint('base-address', 'a'),
      first.fingerprint('factor-name', 'a'),
      second.fingerprint('email', 'a'),
    ];
    expect(new Set(digests).size).toBe(digests.length);
    expect(first.fingerprint('email', 'a')).toBe(digests[0]);
  });
});

describe('roots', () => {
  it.each(['', 'short', root(1).slice(1), `${root(1)}AA`, 'not base64url at all, but long enough !!!!!'])(
    'refuses %j',
    (text) => {
      expect(() => createKeyholder(new Map([[1, text]]))).toThrow('ROOT_1 must be 32 bytes in base64url');
    },
  );

  it('takes the mark of a laptop and a line break', async () => {
    const marked = createKeyholder(new Map([[1, `local-${root(1)}\n`]]));
    expect(textOf(await marked.open('email', HERE, await first.seal('email', HERE, 'secret')))).toBe(
      'secret',
    );
  });
});
