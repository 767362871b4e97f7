import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeUserAgent, readUserAgent } from '../../../src/accounts/rules/user-agent.ts';

const MOZ = 'Mozilla/5.0';
const KIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('HI-1 devices by browser and system', () => {
  it.each([
    [
      'Firefox 120 on macOS',
      `${MOZ} (Macintosh; Intel Mac OS X 10.15; rv:120.0) Gecko/20100101 Firefox/120.0`,
    ],
    ['Chrome 130 on Windows', `${MOZ} (Windows NT 10.0; Win64; x64) ${KIT} Chrome/130.0.0.0 Safari/537.36`],
    [
      'Edge 131 on Windows',
      `${MOZ} (Windows NT 10.0; Win64; x64) ${KIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
    ],
    ['Opera 114 on Linux', `${MOZ} (X11; Linux x86_64) ${KIT} Chrome/128.0.0.0 Safari/537.36 OPR/114.0.0.0`],
    [
      'Safari 17 on macOS',
      `${MOZ} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15`,
    ],
    [
      'Safari 17 on iOS',
      `${MOZ} (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1`,
    ],
    [
      'Chrome 123 on iOS',
      `${MOZ} (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/123.0.6312.52 Mobile/15E148 Safari/604.1`,
    ],
    [
      'Firefox 124 on iPadOS',
      `${MOZ} (iPad; CPU OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/124.0 Mobile/15E148 Safari/605.1.15`,
    ],
    [
      'Samsung Internet 24 on Android',
      `${MOZ} (Linux; Android 13; SM-S901U) ${KIT} SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36`,
    ],
    ['Chrome 130 on ChromeOS', `${MOZ} (X11; CrOS x86_64 14541.0.0) ${KIT} Chrome/130.0.0.0 Safari/537.36`],
    ['Linux', 'curl/8.0 (Linux)'],
    ['Chrome 99', 'Chrome/99.0'],
  ])('says %s', (name, header) => {
    expect(describeUserAgent(readUserAgent(header))).toBe(name);
  });

  it('leaves the word between to the page language', () => {
    expect(
      describeUserAgent({ browser: 'Firefox', version: '120', system: 'macOS', mobile: false }, 'sur'),
    ).toBe('Firefox 120 sur macOS');
  });

  it('tells mobile from desktop (MC-3)', () => {
    expect(
      readUserAgent(`${MOZ} (Linux; Android 13; Pixel) ${KIT} Chrome/117.0.0.0 Mobile Safari/537.36`).mobile,
    ).toBe(true);
    expect(
      readUserAgent(`${MOZ} (iPad; CPU OS 17_4 like Mac OS X) Version/17.4 Safari/605.1.15`).mobile,
    ).toBe(true);
    expect(readUserAgent(`${MOZ} (X11; Linux x86_64) Gecko/20100101 Firefox/120.0`).mobile).toBe(false);
  });

  it.each([null, undefined, '', 'something else'])('says nothing about %j', (header) => {
    expect(describeUserAgent(readUserAgent(header))).toBeNull();
  });

  it('looks at 512 characters and gives short answers whatever the header', () => {
    expect(readUserAgent(`${'x'.repeat(512)} Firefox/120.0`).browser).toBeNull();
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (header) => {
        expect(describeUserAgent(readUserAgent(header))?.length ?? 0).toBeLessThan(60);
      }),
    );
  });
});
