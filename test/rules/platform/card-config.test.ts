import { describe, expect, it } from 'vitest';
import { mergeConfig } from '../../../scripts/cloud/merge-config.ts';
import { Misconfigured, readConfig } from '../../../src/config.ts';

const base = {
  GH_ENV: 'production',
  ISSUER: 'https://idp.agency.example/',
  ROOT_1: 'x',
  ADMIN_TOKEN: 'y',
  MAIL_PROVIDER: 'binding',
};
const cards = { PIV_HOST: 'card.agency.example', PIV_ANCHOR_1: 'one' };
const read = (more: Readonly<Record<string, string>>) => readConfig({ ...base, ...more }).cards;
const laptop = { GH_ENV: 'local', ISSUER: 'http://localhost:8787/', MAIL_PROVIDER: 'inbox' };

describe('PV-5 how an operator sets cards up', () => {
  it('offers none without a host', () => {
    expect(readConfig(base).cards).toBeNull();
  });

  it('reads host, anchors in order, policies and what to do when nobody can tell', () => {
    expect(read(cards)).toEqual({
      host: 'card.agency.example',
      anchors: ['one'],
      policies: null,
      revocation: 'hard',
      proxySecret: null,
      testAuthority: null,
    });
    const more = {
      PIV_ANCHOR_2: 'two',
      PIV_POLICIES: '2.16.840.1.101.3.2.1.3.13, 1.2.3',
      PIV_REVOCATION: 'soft',
    };
    expect(read({ ...cards, ...more })).toMatchObject({
      anchors: ['one', 'two'],
      policies: ['2.16.840.1.101.3.2.1.3.13', '1.2.3'],
      revocation: 'soft',
    });
    expect(read({ ...cards, PIV_HOST: '*.card.agency.example' })?.host).toBe('*.card.agency.example');
  });

  it.each([
    ['no anchor', { PIV_HOST: 'card.agency.example' }],
    ['the host people sign in on', { ...cards, PIV_HOST: 'idp.agency.example' }],
    ['names among which the host people sign in on is', { ...cards, PIV_HOST: '*.agency.example' }],
    ['something that is no host', { ...cards, PIV_HOST: 'https://card.agency.example/' }],
    ['a policy that is no identifier', { ...cards, PIV_POLICIES: 'piv' }],
    ['an unknown way with revocation', { ...cards, PIV_REVOCATION: 'maybe' }],
    ['the secret of a local edge', { ...cards, PIV_PROXY_SECRET: 'x' }],
    ['an authority that issues to anybody', { ...cards, PIV_TEST_AUTHORITY: 'x' }],
    ['a local edge without a secret', { ...laptop, ...cards }],
  ])('refuses to serve with %s', (_what, more) => {
    expect(() => read(more)).toThrow(Misconfigured);
  });

  it('makes the host a domain of the Worker at deploy, unless it stands for many names', () => {
    const routes = (host: string): unknown => {
      const toml = { main: 'm', assets: { directory: 'a' }, env: { staging: {} } };
      const file = {
        issuer: 'https://idp.agency.gov/',
        mail_from: 'a@agency.gov',
        jurisdiction: 'us' as const,
        vars: { PIV_HOST: host },
      };
      const merged = mergeConfig(toml, 'staging', file, '/project');
      return merged.env;
    };
    const own = { pattern: 'idp.agency.gov', custom_domain: true };
    expect(routes('card.agency.gov')).toMatchObject({
      staging: { routes: [own, { pattern: 'card.agency.gov', custom_domain: true }] },
    });
    expect(routes('*.card.agency.gov')).toMatchObject({ staging: { routes: [own] } });
  });
});
