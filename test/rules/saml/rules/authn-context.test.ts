import { describe, expect, it } from 'vitest';
import type { App } from '../../../../src/apps/model.ts';
import {
  achievedAal,
  countUnknown,
  plainAal,
  resolveAuthnContext,
} from '../../../../src/saml/rules/authn-context.ts';
import type { Comparison } from '../../../../src/saml/wire/authn-request.ts';
import { ASSURANCE, aSamlApp, REQ_ATTR } from '../a-request.ts';

const DUO = 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo';
const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
const PLAIN_PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password';
const AUTH_ONLY = 'urn:acr.login.gov:auth-only';
const VERIFIED = 'urn:acr.login.gov:verified';

const proofing = { ial: 2, facial_match_allowed: true, ialmax_allowed: true } as const;

const resolve = (refs: readonly string[], app: Partial<App> = {}, comparison: Comparison = 'exact') => {
  const result = resolveAuthnContext(aSamlApp(app), refs, comparison);
  return result.ok ? result.value : result.error;
};
const REFUSED = 'unauthorized_authn_context';

describe('A10 every class reference that is accepted', () => {
  it.each([
    [AUTH_ONLY, 'none', 'second-factor'],
    [VERIFIED, 'verified', 'fresh-second-factor'],
    ['urn:acr.login.gov:verified-facial-match-preferred', 'facial-preferred', 'fresh-second-factor'],
    ['urn:acr.login.gov:verified-facial-match-required', 'facial-required', 'fresh-second-factor'],
    [`${ASSURANCE}/ial/1`, 'none', 'second-factor'],
    [`${ASSURANCE}/loa/1`, 'none', 'second-factor'],
    [`${ASSURANCE}/ial/2`, 'verified', 'fresh-second-factor'],
    [`${ASSURANCE}/loa/3`, 'verified', 'fresh-second-factor'],
    [`${ASSURANCE}/ial/2?bio=preferred`, 'facial-preferred', 'fresh-second-factor'],
    [`${ASSURANCE}/ial/2?bio=required`, 'facial-required', 'fresh-second-factor'],
    [`${ASSURANCE}/ial/0`, 'if-available', 'fresh-second-factor'],
  ])('%s means %s with %s', (value, identity, authentication) => {
    expect(resolve([value], proofing)).toMatchObject({ identity, need: { identity, authentication } });
  });

  it.each([
    [DUO, 'second-factor'],
    [`${ASSURANCE}/aal/2`, 'fresh-second-factor'],
    [`${ASSURANCE}/aal/2?phishing_resistant=true`, 'phishing-resistant'],
    [`${ASSURANCE}/aal/3`, 'phishing-resistant'],
    [`${ASSURANCE}/aal/2?hspd12=true`, 'piv'],
    [`${ASSURANCE}/aal/3?hspd12=true`, 'piv'],
  ])('%s means %s and is reported back', (value, authentication) => {
    expect(resolve([value])).toMatchObject({ identity: 'none', need: { authentication }, classRef: value });
  });

  it('strict=true is known and asks for nothing', () => {
    expect(resolve([`${ASSURANCE}/ial/2?strict=true`])).toMatchObject({ identity: 'none', classRef: DUO });
  });
});

describe('A11 to A13 what is refused', () => {
  it.each([
    [['urn:unknown']],
    [['']],
    [[PASSWORD]],
    [[`${ASSURANCE}/aal/1`]],
    [['C1']],
    [['C1.P1', AUTH_ONLY]],
    [[VERIFIED]],
    [[`${ASSURANCE}/ial/2`, AUTH_ONLY]],
    [['urn:acr.login.gov:verified-facial-match-required']],
    [[`${ASSURANCE}/ial/0`]],
    [['urn:acr.login.gov:Auth-Only']],
  ])('%s for an app without permissions', (refs) => {
    expect(resolve(refs)).toBe(REFUSED);
  });

  it('facial match and IAL max need their own permission', () => {
    expect(resolve(['urn:acr.login.gov:verified-facial-match-preferred'], { ial: 2 })).toBe(REFUSED);
    expect(resolve([`${ASSURANCE}/ial/0`], { ial: 2 })).toBe(REFUSED);
    expect(resolve([`${ASSURANCE}/ial/0`], { ialmax_allowed: true })).toMatchObject({
      identity: 'if-available',
    });
  });

  it('ignores unknown companions of a known value', () => {
    expect(resolve(['urn:unknown', AUTH_ONLY])).toMatchObject({ identity: 'none' });
    expect(resolve([PASSWORD, AUTH_ONLY])).toMatchObject({ identity: 'none', classRef: DUO });
  });

  it('A11 counts them for the log, not what lists attributes or is reported back', () => {
    expect(countUnknown(['urn:unknown', AUTH_ONLY, PASSWORD, `${REQ_ATTR}email`], 'exact')).toBe(2);
    expect(countUnknown([AUTH_ONLY, PASSWORD], 'minimum')).toBe(0);
    expect(countUnknown([AUTH_ONLY, `${ASSURANCE}/aal/1`], 'exact')).toBe(0);
  });

  it('A12 password classes count under minimum and better alone, and ask for nothing', () => {
    for (const comparison of ['minimum', 'better'] as const) {
      for (const value of [PASSWORD, PLAIN_PASSWORD]) {
        expect(resolve([value], { default_aal: 2 }, comparison)).toMatchObject({
          classRef: `${ASSURANCE}/aal/2`,
          need: { authentication: 'fresh-second-factor' },
        });
      }
    }
    for (const comparison of ['exact', 'maximum'] as const)
      expect(resolve([PASSWORD], {}, comparison)).toBe(REFUSED);
  });

  it('A12 AAL1 passes beside a known value and is reported', () => {
    const refs = [`${ASSURANCE}/aal/1`, AUTH_ONLY];
    expect(resolve(refs, { default_aal: 3 })).toMatchObject({
      classRef: `${ASSURANCE}/aal/1`,
      need: { authentication: 'second-factor' },
    });
  });

  it('ReqAttr is set aside: alone it names no class', () => {
    expect(resolve([`${REQ_ATTR}email`])).toMatchObject({ identity: 'none', classRef: DUO });
    expect(resolve([`${REQ_ATTR}email`, 'urn:unknown'])).toBe(REFUSED);
    expect(resolve([])).toMatchObject({ identity: 'none' });
  });
});

describe('A14 to A16 several values', () => {
  it('takes the strongest service level, and its vocabulary', () => {
    expect(resolve([AUTH_ONLY, `${ASSURANCE}/ial/2`], proofing)).toMatchObject({
      identity: 'verified',
      urn: false,
    });
    expect(resolve([`${ASSURANCE}/ial/2`, VERIFIED], proofing)).toMatchObject({
      identity: 'verified',
      urn: true,
    });
    expect(resolve([VERIFIED, `${ASSURANCE}/ial/2?bio=required`], proofing)).toMatchObject({
      identity: 'facial-required',
      urn: false,
    });
  });

  it('without a level: proofing for apps registered for it, else authentication only', () => {
    expect(resolve([`${ASSURANCE}/aal/2`], { ial: 2 })).toMatchObject({ identity: 'verified', urn: false });
    expect(resolve([], { ial: 2 })).toMatchObject({ identity: 'verified' });
    expect(resolve([])).toMatchObject({ identity: 'none' });
  });

  it('A15 minimum with a level that is not proofing becomes IAL max for proofing apps', () => {
    expect(resolve([AUTH_ONLY], { ial: 2 }, 'minimum')).toMatchObject({
      identity: 'if-available',
      urn: true,
    });
    for (const comparison of ['exact', 'better', 'maximum'] as const)
      expect(resolve([AUTH_ONLY], { ial: 2 }, comparison)).toMatchObject({ identity: 'none' });
    expect(resolve([AUTH_ONLY], {}, 'minimum')).toMatchObject({ identity: 'none' });
    expect(resolve([VERIFIED], { ial: 2 }, 'minimum')).toMatchObject({ identity: 'verified' });
  });

  it('A16 reports the first AAL and enforces the strictest', () => {
    const refs = [`${ASSURANCE}/aal/2`, `${ASSURANCE}/aal/3?hspd12=true`];
    expect(resolve(refs)).toMatchObject({ classRef: `${ASSURANCE}/aal/2`, need: { authentication: 'piv' } });
    expect(resolve([...refs].reverse())).toMatchObject({
      classRef: `${ASSURANCE}/aal/3?hspd12=true`,
      need: { authentication: 'piv' },
    });
  });

  it.each([
    [null, DUO, 'second-factor'],
    [1, `${ASSURANCE}/aal/1`, 'second-factor'],
    [2, `${ASSURANCE}/aal/2`, 'fresh-second-factor'],
    [3, `${ASSURANCE}/aal/3`, 'phishing-resistant'],
  ] as const)('default_aal %s reports %s and enforces %s', (default_aal, classRef, authentication) => {
    expect(resolve([AUTH_ONLY], { default_aal })).toMatchObject({ classRef, need: { authentication } });
  });
});

describe('B4 the aal attribute', () => {
  it('drops what narrows the level down', () => {
    expect(plainAal(`${ASSURANCE}/aal/2?phishing_resistant=true`)).toBe(`${ASSURANCE}/aal/2`);
    expect(plainAal(`${ASSURANCE}/aal/3?hspd12=true`)).toBe(`${ASSURANCE}/aal/3`);
    expect(plainAal(DUO)).toBe(DUO);
  });

  it('section 17: aal_achieved keeps it', () => {
    expect(achievedAal('phishing-resistant')).toBe(`${ASSURANCE}/aal/2?phishing_resistant=true`);
    expect(achievedAal('piv')).toBe(`${ASSURANCE}/aal/2?hspd12=true`);
    expect(achievedAal('second-factor')).toBe(DUO);
  });
});
