import { describe, expect, it } from 'vitest';
import { Misconfigured, readConfig } from '../../../src/config.ts';

const sound = {
  GH_ENV: 'production',
  ISSUER: 'https://idp.agency.example/',
  ROOT_1: 'a root from a deploy',
  ADMIN_TOKEN: 'a token from a deploy',
  MAIL_PROVIDER: 'binding',
};

type Changes = Readonly<Record<string, string>>;

/** Why a deployment refuses to serve; null when it serves. */
function refusal(changes: Changes): string | null {
  try {
    readConfig({ ...sound, ...changes });
    return null;
  } catch (error) {
    if (error instanceof Misconfigured) return error.message;
    throw error;
  }
}

const LAPTOP_ONLY: readonly (readonly [string, Changes, string])[] = [
  ['plain http', { ISSUER: 'http://idp.agency.example/' }, 'ISSUER'],
  ['localhost', { ISSUER: 'https://localhost/' }, 'ISSUER'],
  ['a name of the laptop', { ISSUER: 'https://idp.localhost/' }, 'ISSUER'],
  ['a loopback address', { ISSUER: 'https://127.0.0.1/' }, 'ISSUER'],
  ['a loopback address, version 6', { ISSUER: 'https://[::1]/' }, 'ISSUER'],
  ['a name that can never exist', { ISSUER: 'https://idp.invalid/' }, 'ISSUER'],
  ['an inbox instead of mail', { MAIL_PROVIDER: 'inbox' }, 'MAIL_PROVIDER'],
  ['an inbox by default', { MAIL_PROVIDER: '' }, 'MAIL_PROVIDER'],
  ['an inbox instead of a telephone company', { TELEPHONY_PROVIDER: 'inbox' }, 'TELEPHONY_PROVIDER'],
  ['the root of a laptop', { ROOT_1: 'local-c2VjcmV0' }, 'laptop'],
  ['the root of a laptop beside a sound one', { ROOT_2: 'local-c2VjcmV0' }, 'laptop'],
  ['the token of a laptop', { ADMIN_TOKEN: 'local-c2VjcmV0' }, 'laptop'],
];

describe('part 10: where people really sign in', () => {
  it('serves with settings of its own', () => {
    for (const GH_ENV of ['staging', 'production']) {
      expect(refusal({ GH_ENV }), GH_ENV).toBeNull();
      expect(readConfig({ ...sound, GH_ENV }).sandbox, GH_ENV).toBe(false);
    }
  });

  it.each(LAPTOP_ONLY)('refuses %s', (_, changes, named) => {
    for (const GH_ENV of ['staging', 'production'])
      expect(refusal({ GH_ENV, ...changes }), GH_ENV).toContain(named);
  });

  it('names what is wrong and never a secret', () => {
    for (const [what, changes] of LAPTOP_ONLY)
      expect(refusal(changes), what).not.toMatch(/c2VjcmV0|from a deploy/);
  });

  it('a laptop may have all of it', () => {
    expect(
      refusal({
        GH_ENV: 'local',
        ISSUER: 'http://localhost:8787/',
        ROOT_1: 'local-x',
        MAIL_PROVIDER: 'inbox',
      }),
    ).toBeNull();
  });
});

describe('no environment serves', () => {
  it.each([
    ['without a known name', { GH_ENV: 'prod' }, 'GH_ENV'],
    ['without a root', { ROOT_1: '' }, 'ROOT_1'],
    ['without an issuer', { ISSUER: '' }, 'ISSUER'],
    ['with an issuer without its slash', { ISSUER: 'https://idp.agency.example' }, 'ISSUER'],
    ['with a path in the issuer', { ISSUER: 'https://idp.agency.example/idp/' }, 'ISSUER'],
    ['with a mail provider nobody knows', { MAIL_PROVIDER: 'pigeon' }, 'MAIL_PROVIDER'],
  ] as const)('%s', (_, changes, named) => {
    for (const GH_ENV of ['local', 'sandbox', 'production'])
      expect(refusal({ GH_ENV, ...changes })).toContain(named);
  });
});
