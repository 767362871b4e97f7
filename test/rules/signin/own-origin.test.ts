import { describe, expect, it } from 'vitest';
import { isOwnOrigin } from '../../../src/signin/endpoints/own-origin.ts';

describe('HD-2 the origin of our own pages', () => {
  const laptop = { environment: 'local', origin: 'http://localhost:8787' } as const;

  it.each(['http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787'])(
    'on a laptop is %s',
    (origin) => {
      expect(isOwnOrigin(origin, laptop)).toBe(true);
    },
  );

  it.each([
    'http://localhost:8788',
    'http://127.0.0.1:8788',
    'http://127.0.0.1',
    'https://127.0.0.1:8787',
    'http://127.0.0.1.evil.test:8787',
    'http://127.0.0.2:8787',
    'http://localhost:8787.evil.test',
    'null',
    '',
  ])('on a laptop is not %j', (origin) => {
    expect(isOwnOrigin(origin, laptop)).toBe(false);
  });

  it('elsewhere is the issuer alone', () => {
    const live = { environment: 'production', origin: 'https://id.example.org' } as const;
    expect(isOwnOrigin('https://id.example.org', live)).toBe(true);
    const odd = { environment: 'staging', origin: 'http://localhost:8787' } as const;
    expect(isOwnOrigin('http://127.0.0.1:8787', odd)).toBe(false);
  });
});
