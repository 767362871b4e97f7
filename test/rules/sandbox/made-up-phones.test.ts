import { describe, expect, it } from 'vitest';
import { readE164 } from '../../../src/factors/phone/read-number.ts';
import { madeUpPhones } from '../../../src/sandbox/endpoints/made-up-phones.ts';

const IN_ALL = 26_800;

/** A source whose every draw is this number. */
const drawing = (index: number) => (length: number) => {
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, index);
  return bytes;
};

describe('made-up phones of a test account', () => {
  it('are as many as were asked for, even when the same number is drawn again and again', () => {
    const made = madeUpPhones(drawing(7), 5);
    expect(new Set(made).size).toBe(5);
  });

  it('differ from the numbers that were named', () => {
    const held = madeUpPhones(drawing(7), 3);
    expect(new Set([...held, ...madeUpPhones(drawing(7), 2, held)]).size).toBe(5);
  });

  it('go on at the first number after the last', () => {
    expect(madeUpPhones(drawing(IN_ALL - 1), 2)).toEqual(['+19895550199', '+12015550100']);
  });

  it('are all of the range kept for fiction, whichever area is drawn', () => {
    for (let index = 0; index < IN_ALL; index += 99) {
      const [number = ''] = madeUpPhones(drawing(index), 1);
      expect(number).toMatch(/^\+1\d{3}55501\d\d$/);
      expect(readE164(number)?.country).toBe('US');
    }
  });
});
