import { describe, expect, it } from 'vitest';
import { type ReleaseFacts, releasedAttributes } from '../../../../src/saml/rules/released-attributes.ts';
import { toAscii } from '../../../../src/saml/rules/to-ascii.ts';
import { ASSURANCE } from '../a-request.ts';

const DUO = 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo';
const SUBJECT = '0c6f3e5e-52a8-4c39-bb0f-1d2e3f405162';

const facts = (more: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  subject: SUBJECT,
  names: [],
  identity: 'none',
  urn: false,
  classRef: DUO,
  held: 'none',
  appIal: 1,
  emailAsClaim: false,
  emails: { shared: 'pat@example.com', all: ['pat@example.com', 'p@example.org'] },
  locale: 'es',
  verified: null,
  verifiedAt: null,
  x509: null,
  aalAchieved: null,
  ...more,
});
const PAT = {
  first_name: 'Zoë',
  last_name: 'Strauß',
  dob: '02/01/1980',
  zipcode: ' 12345-6789',
  ssn: '900-12-3456',
  phone: null,
} as const;
const verified = (names: readonly string[], more: Partial<ReleaseFacts> = {}) =>
  facts({
    names,
    identity: 'verified',
    held: 'verified',
    verified: PAT,
    verifiedAt: Date.UTC(2027, 0, 2),
    appIal: 2,
    ...more,
  });

const released = (input: ReleaseFacts) =>
  releasedAttributes(input).map(({ name, values }) => [name, ...values]);
const told = (input: ReleaseFacts, wanted: string) =>
  releasedAttributes(input).find(({ name }) => name === wanted)?.values;

describe('B1, B2 order and form', () => {
  it('writes everything in the one order, whatever the order of the request', () => {
    const names = ['x509_presented', 'phone', 'locale', 'all_emails', 'first_name', 'email', 'dob'];
    const card = { subject: 'CN=Pat', issuer: 'CN=CA' };
    expect(
      released(verified(names, { x509: card, aalAchieved: `${ASSURANCE}/aal/2?hspd12=true` })).map(
        ([name]) => name,
      ),
    ).toEqual([
      'uuid',
      'email',
      'all_emails',
      'locale',
      'phone',
      'first_name',
      'dob',
      'verified_at',
      'aal',
      'ial',
      'aal_achieved',
      'x509_subject',
      'x509_issuer',
      'x509_presented',
    ]);
  });

  it('names formats as they always were, and the short name beside', () => {
    const formats = releasedAttributes(verified(['email', 'all_emails', 'locale', 'first_name'])).map(
      ({ name, nameFormat, friendlyName }) => `${name} ${nameFormat.split(':').at(-1)} ${friendlyName}`,
    );
    expect(formats).toEqual([
      'uuid basic uuid',
      'email basic email',
      'all_emails basic all_emails',
      'locale uri locale',
      'first_name uri first_name',
      'verified_at uri verified_at',
      'aal uri aal',
      'ial uri ial',
    ]);
  });

  it('a null has no value, a list has one each', () => {
    expect(told(verified(['phone', 'middle_name']), 'phone')).toEqual([]);
    expect(told(verified(['middle_name']), 'middle_name')).toEqual([]);
    expect(told(facts({ names: ['all_emails'] }), 'all_emails')).toEqual([
      'pat@example.com',
      'p@example.org',
    ]);
  });
});

describe('B3 to B7 what is released', () => {
  it('nothing asked for: who, and at what level', () => {
    expect(released(facts())).toEqual([
      ['uuid', SUBJECT],
      ['aal', DUO],
      ['ial', `${ASSURANCE}/ial/1`],
    ]);
    expect(released(verified([])).map(([name]) => name)).toEqual(['uuid', 'verified_at', 'aal', 'ial']);
  });

  it('leaves proofed attributes out at authentication only, or of people who are not proofed', () => {
    expect(told(verified(['first_name'], { identity: 'none' }), 'first_name')).toBeUndefined();
    expect(told(verified(['first_name'], { held: 'none' }), 'first_name')).toBeUndefined();
    expect(told(verified(['first_name'], { identity: 'if-available' }), 'first_name')).toEqual(['Zoë']);
  });

  it('verified_at alone goes to proofing apps only', () => {
    const asked = { names: ['verified_at'], verifiedAt: Date.UTC(2027, 0, 2) };
    expect(told(facts({ ...asked, appIal: 2 }), 'verified_at')).toEqual(['2027-01-02T00:00:00Z']);
    expect(told(facts({ ...asked, appIal: 1 }), 'verified_at')).toBeUndefined();
    expect(told(facts({ names: ['verified_at'], appIal: 2 }), 'verified_at')).toEqual([]);
  });

  it('spells ZIP codes and dates of birth one way', () => {
    expect(told(verified(['zipcode']), 'zipcode')).toEqual(['12345']);
    expect(told(verified(['dob']), 'dob')).toEqual(['1980-02-01']);
    expect(told(verified(['dob'], { verified: { dob: '1980-02-01' } }), 'dob')).toEqual(['1980-02-01']);
    expect(told(verified(['ssn']), 'ssn')).toEqual(['900-12-3456']);
  });

  it('ascii is a way of spelling, not an attribute', () => {
    const spelled = verified(['first_name', 'last_name', 'ascii']);
    expect(told(spelled, 'first_name')).toEqual(['Zoe']);
    expect(told(spelled, 'last_name')).toEqual(['Strauss']);
    expect(told(spelled, 'ascii')).toBeUndefined();
    expect(toAscii('Łódź Ångström 李')).toBe('Lodz Angstrom ?');
  });

  it.each([
    ['none', 'none', false, `${ASSURANCE}/ial/1`],
    ['verified', 'verified', false, `${ASSURANCE}/ial/2`],
    ['facial-required', 'facial', false, `${ASSURANCE}/ial/2?bio=required`],
    ['facial-preferred', 'verified', true, 'urn:acr.login.gov:verified'],
    ['facial-required', 'facial', true, 'urn:acr.login.gov:verified-facial-match-required'],
    ['if-available', 'none', true, 'urn:acr.login.gov:auth-only'],
    ['if-available', 'verified', false, `${ASSURANCE}/ial/2`],
    ['none', 'verified', true, 'urn:acr.login.gov:auth-only'],
  ] as const)('B5 asked %s, held %s: %s', (identity, held, urn, level) => {
    expect(told(facts({ identity, held, urn }), 'ial')).toEqual([level]);
  });

  it('B6 the address as a claim replaces the plain one', () => {
    const [, email] = releasedAttributes(facts({ names: ['email'], emailAsClaim: true }));
    expect(email).toEqual({
      name: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
      nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
      friendlyName: 'email',
      values: ['pat@example.com'],
    });
  });

  it('the card is told whole, when it was used and asked for by x509_presented', () => {
    const card = { subject: 'CN=Pat', issuer: 'CN=CA' };
    expect(
      told(facts({ names: ['x509_subject', 'x509_issuer'], x509: card }), 'x509_subject'),
    ).toBeUndefined();
    expect(told(facts({ names: ['x509_presented'] }), 'x509_presented')).toBeUndefined();
    expect(released(facts({ names: ['x509_presented'], x509: card })).slice(-3)).toEqual([
      ['x509_subject', 'CN=Pat'],
      ['x509_issuer', 'CN=CA'],
      ['x509_presented', 'true'],
    ]);
  });

  it('never repeats a name', () => {
    const names = ['email', 'email', 'first_name', 'verified_at', 'verified_at'];
    const all = releasedAttributes(verified([...new Set(names)])).map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
  });
});
