import { describe, expect, it } from 'vitest';
import { blockOf, canReach, capabilities, capabilityOf } from '../../../../src/factors/phone/capabilities.ts';
import type { Channel } from '../../../../src/factors/phone/model.ts';
import { readE164 } from '../../../../src/factors/phone/read-number.ts';

const reach = (country: string, channel: Channel, confirmed: boolean): boolean => {
  const capability = capabilityOf(country, null);
  return capability !== null && canReach(capability, channel, confirmed);
};

describe('PH-1 what a country can get', () => {
  it.each([
    ['US', true, true, true, true],
    ['FR', true, true, false, true],
    ['BR', true, true, false, false],
    ['TJ', false, true, false, false],
    ['WF', false, false, false, false],
    ['CU', false, false, false, false],
  ])('%s: new text %s, text %s, new call %s, call %s', (country, newText, text, newCall, call) => {
    expect(reach(country, 'sms', false)).toBe(newText);
    expect(reach(country, 'sms', true)).toBe(text);
    expect(reach(country, 'voice', false)).toBe(newCall);
    expect(reach(country, 'voice', true)).toBe(call);
  });

  it('never lets a new number have what a confirmed one may not', () => {
    for (const { country } of capabilities(null)) {
      for (const channel of ['sms', 'voice'] as const)
        expect(reach(country, channel, false) && !reach(country, channel, true), country).toBe(false);
    }
  });

  it('holds an operator’s list of countries', () => {
    const allowed = new Set(['US', 'CA']);
    expect(capabilities(allowed).map(({ country }) => country)).toEqual(expect.arrayContaining(['US', 'CA']));
    expect(capabilities(allowed)).toHaveLength(2);
    expect(capabilityOf('FR', allowed)).toBeNull();
  });

  it('counts neighbours of a pumped range together', () => {
    const blocks = ['+33612345678', '+33612345999', '+33612346678'].map((text) => {
      const number = readE164(text);
      return number === null ? '' : blockOf(number.e164);
    });
    expect(blocks[0]).toBe(blocks[1]);
    expect(blocks[2]).not.toBe(blocks[0]);
  });
});
