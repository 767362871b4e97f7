import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../src/kernel/bytes.ts';
import {
  dataKeyBytes,
  dataKeyText,
  openTwice,
  ownersKey,
  sealTwice,
} from '../../../src/platform/keys/data-key.ts';
import { createKeyholder } from '../../../src/platform/keys/keyholder.ts';
import { passwords, resealPassword } from '../../../src/platform/passwords.ts';

const root = (byte: number): string => toBase64Url(new Uint8Array(32).fill(byte));
const first = createKeyholder(new Map([[1, root(1)]]));
const both = createKeyholder(
  new Map([
    [1, root(1)],
    [2, root(2)],
  ]),
);
const HERE = { owner: 'ann', record: 'profile-1/password/' } as const;
const KEY = new Uint8Array(32).fill(7);
const TEXT = 'what only Ann may read';

describe('PI-15 two layers', () => {
  it('open with both keys, in the context they were made for', async () => {
    const sealed = await sealTwice(first, 'data-key', HERE, KEY, TEXT);
    const opened = await openTwice(first, 'data-key', HERE, KEY, sealed);
    expect(opened.ok && Buffer.from(opened.value).toString()).toBe(TEXT);
    expect(sealed).toMatch(/^g1\.1\./);
  });

  it.each([
    ['another owner', 'data-key', { ...HERE, owner: 'ben' }],
    ['another record', 'data-key', { ...HERE, record: 'profile-1/personal_key/' }],
    ['another purpose', 'profile', HERE],
  ] as const)('do not open for %s', async (_what, purpose, context) => {
    const sealed = await sealTwice(first, 'data-key', HERE, KEY, TEXT);
    expect(await openTwice(first, purpose, context, KEY, sealed)).toEqual({
      ok: false,
      error: { reason: 'damaged' },
    });
  });

  it('tell a wrong key from a damaged value', async () => {
    const sealed = await sealTwice(first, 'data-key', HERE, KEY, TEXT);
    const other = new Uint8Array(32).fill(8);
    expect(await openTwice(first, 'data-key', HERE, other, sealed)).toEqual({
      ok: false,
      error: { reason: 'wrong_key' },
    });
    const elsewhere = createKeyholder(new Map([[1, root(3)]]));
    for (const text of [sealed.slice(0, -2), `${sealed}AA`, '', 'g1.1.AAAA', sealed.replace('g1.1', 'g1.2')])
      expect(await openTwice(first, 'data-key', HERE, KEY, text)).toEqual({
        ok: false,
        error: { reason: 'damaged' },
      });
    expect((await openTwice(elsewhere, 'data-key', HERE, KEY, sealed)).ok).toBe(false);
  });

  it('bind the inner layer to its context, too: the outer one sealed anew elsewhere does not help', async () => {
    const sealed = await sealTwice(first, 'data-key', HERE, KEY, TEXT);
    const inner = await first.open('data-key', HERE, sealed);
    const there = { owner: 'ben', record: HERE.record };
    const moved = await first.seal('data-key', there, inner ?? new Uint8Array());
    expect(await openTwice(first, 'data-key', there, KEY, moved)).toEqual({
      ok: false,
      error: { reason: 'wrong_key' },
    });
  });

  it('derive a different key for each label, and refuse data keys of another length', () => {
    expect(ownersKey(KEY, 'one')).not.toEqual(ownersKey(KEY, 'two'));
    expect(ownersKey(KEY, 'one')).toHaveLength(32);
    expect(dataKeyBytes(dataKeyText(KEY))).toEqual(KEY);
    expect(() => dataKeyBytes('AAAA')).toThrow('32 bytes');
  });
});

describe('PI-13, PI-31 a password record under a newer root', () => {
  it('keeps its pepper, so that the password and its data key stay the same', async () => {
    const before = passwords(first, 'test', '4');
    const after = passwords(both, 'test', '4');
    const made = await before.make('ann', 'a long enough password');
    const moved = await resealPassword(both, 'ann', made.record);
    if (moved === null) throw new Error('it does not open');
    expect(moved).not.toBe(made.record);
    const checked = await after.verify('ann', moved, 'a long enough password');
    expect(checked.matches).toBe(true);
    expect(checked.dataKey).toEqual(made.dataKey);
    expect(checked.upgraded, 'the pepper is still the old one').not.toBeNull();
    expect((await after.verify('ann', moved, 'another password entirely')).matches).toBe(false);
    const again = await after.verify('ann', checked.upgraded?.record ?? '', 'a long enough password');
    expect(again).toMatchObject({ matches: true, upgraded: null });
    expect(again.dataKey).toEqual(checked.upgraded?.dataKey);
    expect(again.dataKey, 'wraps must move with the record').not.toEqual(made.dataKey);
    expect(await resealPassword(both, 'ben', made.record), 'of another person').toBeNull();
    expect(await resealPassword(both, 'ann', 'no record')).toBeNull();
  });
});
