import { describe, expect, it } from 'vitest';
import { ownPath } from '../../../src/signin/endpoints/recent-factor.ts';

describe('RA-1 where somebody may be sent back to', () => {
  it.each(['/account', '/manage/auth_app/2f0c', '/authentication_methods_setup?choose=1', '/'])(
    'takes %s',
    (path) => {
      expect(ownPath(path)).toBe(path);
    },
  );

  it.each([
    '',
    'account',
    '//evil.test',
    '/\\evil.test',
    'https://evil.test/',
    'javascript:alert(1)',
    '/a\r\nSet-Cookie: x=1',
    '/a b',
    '/<script>',
    `/${'a'.repeat(500)}`,
  ])('refuses %j', (path) => {
    expect(ownPath(path)).toBeNull();
  });

  it('refuses what is absent', () => {
    expect(ownPath(null)).toBeNull();
    expect(ownPath(undefined)).toBeNull();
  });
});
