import { describe, expect, it } from 'vitest';
import { limitedNetwork, shownNetwork } from '../../../src/signin/endpoints/network.ts';

describe('O36 limits count by network', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:01:0002::5', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:db8::a:b:c:d', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s belongs to %s', (address, network) => {
    expect(limitedNetwork(address)).toBe(network);
  });

  it('every address of one /64 counts together, also where its prefix has zeros that are left out', () => {
    const hosts = ['2001:db8::5', '2001:db8::1:5', '2001:db8::a:b:c:d', '2001:db8:0:0:ffff:ffff:ffff:ffff'];
    expect(new Set(hosts.map(limitedNetwork)).size).toBe(1);
  });

  it.each(['', 'junk', '1:2', '1::2::3', '1:2:3:4:5:6:7:8:9', '::12345'])('%j is kept as it is', (text) => {
    expect(limitedNetwork(text)).toBe(text);
  });
});

describe('SI-5 the network people are shown', () => {
  it.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8::5', '2001:db8:0::/48'],
    ['2001::5', '2001:0:0::/48'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
  ])('of %s is %s and holds nothing of the host', (address, network) => {
    expect(shownNetwork(address)).toBe(network);
  });

  it('of what is no address is nothing', () => {
    expect(shownNetwork('junk')).toBe('');
  });
});
