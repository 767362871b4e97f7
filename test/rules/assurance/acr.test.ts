import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AAL_1,
  ACR_VALUES,
  AUTHENTICATION_STRENGTHS,
  lookUpAcrValue,
  mayRequest,
  releasesVerified,
  reportedServiceLevel,
  requestedAssurance,
  resolveNeed,
  SERVICE_LEVELS,
} from '../../../src/assurance/acr.ts';

const P = 'http://idmanagement.gov/ns/assurance';
const U = 'urn:acr.login.gov:';
const DUO = 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo';

describe('ACR-1 recognised values', () => {
  it('lists eighteen, each once, and every one is known', () => {
    expect(ACR_VALUES).toHaveLength(18);
    expect(new Set(ACR_VALUES).size).toBe(18);
    expect(ACR_VALUES.filter((value) => lookUpAcrValue(value) === null)).toEqual([]);
  });

  it('lists everything that has a meaning', () => {
    for (const { value } of [...SERVICE_LEVELS, ...AUTHENTICATION_STRENGTHS])
      expect(ACR_VALUES).toContain(value);
  });

  it.each([
    '',
    'ial/1',
    `${P}/ial/3`,
    `${P}/ial/1/`,
    `${P}/IAL/1`,
    `${U}Verified`,
    AAL_1,
    'constructor',
    '__proto__',
  ])('does not recognise %j', (value) => {
    expect(requestedAssurance([value])).toMatchObject({ recognised: false, identity: null, aal: null });
  });

  it('knows ial/2?strict=true without giving it an effect', () => {
    expect(requestedAssurance([`${P}/ial/2?strict=true`])).toEqual({
      recognised: true,
      identity: null,
      authentication: null,
      serviceLevel: null,
      aal: null,
      urn: false,
      needs: { verification: false, facialMatch: false, ialMax: false },
    });
  });
});

describe('ACR-3 service levels', () => {
  it.each([
    [`${U}auth-only`, 'none'],
    [`${P}/ial/1`, 'none'],
    [`${P}/loa/1`, 'none'],
    [`${U}verified`, 'verified'],
    [`${P}/ial/2`, 'verified'],
    [`${P}/loa/3`, 'verified'],
    [`${U}verified-facial-match-preferred`, 'facial-preferred'],
    [`${P}/ial/2?bio=preferred`, 'facial-preferred'],
    [`${U}verified-facial-match-required`, 'facial-required'],
    [`${P}/ial/2?bio=required`, 'facial-required'],
    [`${P}/ial/0`, 'if-available'],
  ])('%s asks %s', (value, identity) => {
    expect(requestedAssurance([value]).identity).toBe(identity);
  });

  it.each(['verified', 'facial-preferred', 'facial-required', 'if-available'] as const)(
    'ACR-3b to ACR-3e: %s implies a second factor of this session, whatever was named',
    (identity) => {
      expect(resolveNeed(identity, null, null).authentication).toBe('fresh-second-factor');
      expect(resolveNeed(identity, 'second-factor', 3).authentication).toBe('fresh-second-factor');
      expect(resolveNeed(identity, 'piv', null).authentication).toBe('piv');
    },
  );
});

describe('ACR-4 authentication strengths', () => {
  it.each([
    [DUO, 'second-factor'],
    [`${P}/aal/2`, 'fresh-second-factor'],
    [`${P}/aal/2?phishing_resistant=true`, 'phishing-resistant'],
    [`${P}/aal/3`, 'phishing-resistant'],
    [`${P}/aal/2?hspd12=true`, 'piv'],
    [`${P}/aal/3?hspd12=true`, 'piv'],
  ])('%s asks %s', (value, authentication) => {
    expect(requestedAssurance([value])).toMatchObject({ authentication, aal: value, identity: null });
  });
});

describe('ACR-5 union', () => {
  it.each([
    [[`${U}auth-only`, `${P}/ial/2`], 'verified', `${P}/ial/2`],
    [[`${P}/loa/3`, `${P}/ial/2`, `${U}verified`], 'verified', `${U}verified`],
    [[`${P}/ial/0`, `${U}auth-only`], 'if-available', `${P}/ial/0`],
    [[`${P}/ial/0`, `${P}/loa/3`], 'verified', `${P}/loa/3`],
    [
      [`${U}verified-facial-match-preferred`, `${P}/ial/2?bio=required`],
      'facial-required',
      `${P}/ial/2?bio=required`,
    ],
  ])('%j', (values, identity, serviceLevel) => {
    expect(requestedAssurance(values)).toMatchObject({ identity, serviceLevel });
  });

  it('records the strongest strength, level 2 before level 3 among equals', () => {
    expect(requestedAssurance([DUO, `${P}/aal/3`, `${P}/aal/2`]).aal).toBe(`${P}/aal/3`);
    expect(requestedAssurance([`${P}/aal/3?hspd12=true`, `${P}/aal/2?hspd12=true`]).aal).toBe(
      `${P}/aal/2?hspd12=true`,
    );
    expect(requestedAssurance([`${P}/aal/3`, `${P}/aal/2?phishing_resistant=true`]).aal).toBe(
      `${P}/aal/2?phishing_resistant=true`,
    );
  });

  it('does not depend on order or repetition', () => {
    const values = fc.shuffledSubarray([...ACR_VALUES, AAL_1, 'urn:unknown']);
    fc.assert(
      fc.property(values, values, (some, order) => {
        const sorted = [...some].sort((a, b) => order.indexOf(a) - order.indexOf(b));
        expect(requestedAssurance([...sorted, ...some])).toEqual(requestedAssurance(some));
      }),
    );
  });
});

describe('ACR-6 permission', () => {
  const nothing = { ial: 1, facial_match_allowed: false, ialmax_allowed: false } as const;
  const everything = { ial: 2, facial_match_allowed: true, ialmax_allowed: true } as const;

  it.each(ACR_VALUES)('%s is open to an app with every permission', (value) => {
    expect(mayRequest(everything, requestedAssurance([value]))).toBe(true);
  });

  it.each([
    [`${U}verified`, { ...everything, ial: 1 }],
    [`${P}/loa/3`, { ...everything, ial: 1 }],
    [`${P}/ial/2?bio=preferred`, { ...everything, ial: 1 }],
    [`${P}/ial/2?bio=preferred`, { ...everything, facial_match_allowed: false }],
    [`${U}verified-facial-match-required`, { ...everything, facial_match_allowed: false }],
    [`${P}/ial/0`, { ...everything, ialmax_allowed: false }],
  ] as const)('%s is refused without its own', (value, app) => {
    expect(mayRequest(app, requestedAssurance([value]))).toBe(false);
  });

  it('judges every value, also one that a stronger one outranks', () => {
    const mixed = requestedAssurance([`${P}/ial/0`, `${U}verified`]);
    expect(mixed.identity).toBe('verified');
    expect(mayRequest({ ...everything, ialmax_allowed: false }, mixed)).toBe(false);
  });

  it('never refuses what needs no permission', () => {
    for (const value of [
      `${U}auth-only`,
      `${P}/ial/1`,
      `${P}/loa/1`,
      `${P}/aal/3?hspd12=true`,
      `${P}/ial/2?strict=true`,
    ]) {
      expect(mayRequest(nothing, requestedAssurance([value]))).toBe(true);
    }
  });
});

describe('ACR-8 default_aal', () => {
  it.each([
    [null, 'second-factor'],
    [1, 'second-factor'],
    [2, 'fresh-second-factor'],
    [3, 'phishing-resistant'],
  ])('%s means %s when no strength is named', (defaultAal, authentication) => {
    expect(resolveNeed('none', null, defaultAal).authentication).toBe(authentication);
  });

  it('gives way to an explicit default value', () => {
    expect(resolveNeed('none', 'second-factor', 3).authentication).toBe('second-factor');
  });
});

describe('ACR-9 reported service level', () => {
  it.each([
    ['none', 'none', 'auth-only', 'ial/1'],
    ['none', 'facial', 'auth-only', 'ial/1'],
    ['verified', 'verified', 'verified', 'ial/2'],
    ['verified', 'facial', 'verified', 'ial/2'],
    ['if-available', 'none', 'auth-only', 'ial/1'],
    ['if-available', 'facial', 'verified', 'ial/2'],
    ['facial-preferred', 'verified', 'verified', 'ial/2'],
    ['facial-preferred', 'facial', 'verified-facial-match-required', 'ial/2?bio=required'],
    ['facial-required', 'facial', 'verified-facial-match-required', 'ial/2?bio=required'],
  ] as const)('asked %s, held %s: %s or %s', (asked, held, urn, legacy) => {
    expect(reportedServiceLevel(asked, held, true)).toBe(`${U}${urn}`);
    expect(reportedServiceLevel(asked, held, false)).toBe(`${P}/${legacy}`);
  });

  it('is always a value that could be requested, never loa, preferred or ial/0', () => {
    for (const asked of [
      'none',
      'if-available',
      'verified',
      'facial-preferred',
      'facial-required',
    ] as const) {
      for (const held of ['none', 'verified', 'facial'] as const) {
        for (const urn of [true, false]) {
          const value = reportedServiceLevel(asked, held, urn);
          expect(ACR_VALUES).toContain(value);
          expect(value).not.toMatch(/loa|preferred|ial\/0/);
        }
      }
    }
  });
});

describe('UIN-4 verified attributes', () => {
  it('flow only to who asked about identity, from who holds one', () => {
    expect(releasesVerified('none', 'facial')).toBe(false);
    expect(releasesVerified('verified', 'none')).toBe(false);
    expect(releasesVerified('if-available', 'verified')).toBe(true);
  });
});
