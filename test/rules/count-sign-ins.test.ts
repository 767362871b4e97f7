import { describe, expect, it } from 'vitest';
import { countSignIns } from '../../src/count-sign-ins.ts';
import type { Door, ToEncode } from '../../src/signin/ports.ts';

/** How often a sign-in was counted when the door answered so. */
async function counted(response: Response | null, kind: 'granted' | 'refused' = 'granted'): Promise<number> {
  let count = 0;
  const door: Door = { prepareCode: () => null, answersToDevice: () => false, encode: async () => response };
  const counting = countSignIns(door, () => {
    count += 1;
  });
  // The door of this test looks at nothing, the counter at the kind of answer alone.
  const answer = await counting.encode({ answer: { kind } } as ToEncode);
  expect(answer).toBe(response);
  return count;
}

describe('V23 a completed sign-in', () => {
  it('is one that was answered with the page that leads to the app', async () => {
    expect(await counted(new Response('form'))).toBe(1);
  });

  it('is none that ended on a page of ours, or with a refusal told to the app', async () => {
    expect(await counted(null)).toBe(0);
    expect(await counted(new Response('no number', { status: 400 }))).toBe(0);
    expect(await counted(new Response('form'), 'refused')).toBe(0);
  });
});
