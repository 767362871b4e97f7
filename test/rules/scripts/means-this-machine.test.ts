import { describe, expect, it } from 'vitest';
import { meansThisMachine } from '../../../scripts/local/means-this-machine.ts';

const knows = (address: string | null) => async () => {
  if (address === null) throw new Error('ENOTFOUND');
  return { address };
};

describe('npm run dev -- --host NAME', () => {
  it.each(['localhost', '127.0.0.1'])('takes %s', async (host) => {
    expect(await meansThisMachine(host)).toBe(true);
  });

  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['192.0.2.7', false],
    [null, false],
  ])('of a name that is %s says %s', async (address, expected) => {
    expect(await meansThisMachine('idp.localhost', knows(address))).toBe(expected);
  });
});
