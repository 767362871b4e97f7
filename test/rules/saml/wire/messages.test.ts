import { describe, expect, it } from 'vitest';
import { readAuthnRequest } from '../../../../src/saml/wire/authn-request.ts';
import { readLogoutRequest } from '../../../../src/saml/wire/logout-request.ts';
import { readSamlTime, samlTime } from '../../../../src/saml/wire/saml-time.ts';
import { reasonOf, unwrap } from '../../../support/xml.ts';
import { authnRequest, logoutRequest, NOW, rootOf } from '../a-request.ts';

const read = (text: string) => unwrap(readAuthnRequest(rootOf(text)));
const why = (text: string) => reasonOf(readAuthnRequest(rootOf(text)));

describe('SAML Core section 3.4.1 AuthnRequest', () => {
  it('reads what decides and ignores the rest', () => {
    const request = read(
      authnRequest(
        '<samlp:Extensions><x xmlns="urn:x">anything</x></samlp:Extensions>' +
          '<samlp:NameIDPolicy AllowCreate="true" SPNameQualifier="q" Format="urn:f"/>' +
          '<samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef> urn:a\n</saml:AuthnContextClassRef>' +
          '<saml:AuthnContextClassRef>urn:b</saml:AuthnContextClassRef></samlp:RequestedAuthnContext><samlp:Scoping/>',
        ' ForceAuthn="1" IsPassive="true" Destination="https://d" AssertionConsumerServiceURL="https://acs" AssertionConsumerServiceIndex="3" ProtocolBinding="urn:p" Consent="c"',
      ),
    );
    expect(request).toEqual({
      id: '_r1',
      issuer: 'urn:example:sp:grants',
      issueInstant: '2027-02-11T15:04:05Z',
      destination: 'https://d',
      acsUrl: 'https://acs',
      acsIndex: 3,
      forceAuthn: true,
      isPassive: true,
      nameIdFormat: 'urn:f',
      classRefs: ['urn:a', 'urn:b'],
      comparison: 'minimum',
    });
  });

  it('holds nothing that was not said, and an unknown comparison to the strictest', () => {
    expect(read(authnRequest())).toMatchObject({
      acsUrl: null,
      acsIndex: null,
      forceAuthn: false,
      isPassive: false,
      nameIdFormat: null,
      classRefs: [],
      comparison: 'exact',
    });
    expect(read(authnRequest('<samlp:RequestedAuthnContext Comparison="roughly"/>')).comparison).toBe(
      'exact',
    );
  });

  it('A1 leaves the issuer as it is written', () => {
    const text = authnRequest().replace('>urn:example:sp:grants<', '> urn:Example \n<');
    expect(read(text).issuer).toBe(' urn:Example \n');
  });

  it('X6 reads by namespace, not by prefix', () => {
    const text =
      '<q:AuthnRequest xmlns:q="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:samlp="urn:other" ID="_r1">' +
      '<samlp:NameIDPolicy Format="wrong"/><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">i</Issuer></q:AuthnRequest>';
    expect(read(text)).toMatchObject({ issuer: 'i', nameIdFormat: null });
  });
});

const inside = (content: string) => authnRequest(content);
const ASSERTION = '<saml:Assertion ID="_x"/>';
const SIGNATURE = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>';

describe('X7, X8 the shape of a message', () => {
  it.each([
    ['another root', '<a xmlns="urn:x" ID="_1"/>', 'wrong_root'],
    ['a response', '<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"/>', 'wrong_root'],
    ['a logout request', logoutRequest(), 'wrong_root'],
    ['the right name in another namespace', '<AuthnRequest xmlns="urn:x" ID="_1"/>', 'wrong_root'],
    [
      'a second request inside',
      inside(`<samlp:Extensions>${authnRequest().replace('_r1', '_r2')}</samlp:Extensions>`),
      'nested_message',
    ],
    ['a logout request inside', inside(logoutRequest()), 'both_messages'],
    ['an assertion', inside(ASSERTION), 'nested_message'],
    [
      'an assertion deep inside',
      inside(`<samlp:Extensions><e xmlns="urn:e">${ASSERTION}</e></samlp:Extensions>`),
      'nested_message',
    ],
    ['an encrypted assertion', inside('<saml:EncryptedAssertion/>'), 'nested_message'],
    ['two signatures', inside(SIGNATURE + SIGNATURE), 'misplaced_signature'],
    [
      'a signature elsewhere',
      inside(`<samlp:Extensions>${SIGNATURE}</samlp:Extensions>`),
      'misplaced_signature',
    ],
    ['no ID', authnRequest().replace(' ID="_r1"', ''), 'bad_id'],
    ['an empty ID', authnRequest().replace('_r1', ''), 'bad_id'],
    ['an ID with a space', authnRequest().replace('_r1', '_r 1'), 'bad_id'],
    ['an ID with a control character', authnRequest().replace('_r1', '_r&#x85;1'), 'bad_id'],
    ['an ID too long', authnRequest().replace('_r1', 'a'.repeat(257)), 'bad_id'],
    ['version 1.1', authnRequest().replace('Version="2.0"', 'Version="1.1"'), 'bad_version'],
    ['two issuers', inside('<saml:Issuer>urn:b</saml:Issuer>'), 'repeated_element'],
    [
      'an element inside the issuer',
      authnRequest().replace('>urn:example:sp:grants<', '>urn:<b xmlns="urn:b"/>x<'),
      'element_in_text',
    ],
    ['two policies', inside('<samlp:NameIDPolicy/><samlp:NameIDPolicy/>'), 'repeated_element'],
    [
      'an element inside a class reference',
      inside(
        '<samlp:RequestedAuthnContext><saml:AuthnContextClassRef><a xmlns="urn:a"/></saml:AuthnContextClassRef></samlp:RequestedAuthnContext>',
      ),
      'element_in_text',
    ],
  ])('refuses %s', (_, text, reason) => {
    expect(why(text)).toBe(reason);
  });

  it('takes a signature right under the root, wherever among the children, and no version', () => {
    expect(why(inside(SIGNATURE))).toBe('accepted');
    expect(why(authnRequest().replace(' Version="2.0"', ''))).toBe('accepted');
    expect(why(authnRequest().replace('_r1', 'a'.repeat(256)))).toBe('accepted');
  });
});

describe('SAML Core section 3.7.1 LogoutRequest', () => {
  const logout = (text: string) => unwrap(readLogoutRequest(rootOf(text)));

  it('Q2 reads SessionIndex in either namespace, as a direct child only', () => {
    expect(logout(logoutRequest('<samlp:SessionIndex>a</samlp:SessionIndex>')).sessionIndexes).toEqual(['a']);
    expect(logout(logoutRequest('<saml:SessionIndex> b </saml:SessionIndex>')).sessionIndexes).toEqual(['b']);
    expect(
      logout(logoutRequest('<samlp:Extensions><samlp:SessionIndex>a</samlp:SessionIndex></samlp:Extensions>'))
        .sessionIndexes,
    ).toEqual([]);
  });

  it('reads NameID, its format and until when it holds', () => {
    const request = logout(
      logoutRequest('<saml:NameID Format="urn:f">pat</saml:NameID>', ' NotOnOrAfter="2027-02-11T16:05:00Z"'),
    );
    expect(request).toMatchObject({
      nameId: { value: 'pat', format: 'urn:f' },
      notOnOrAfter: '2027-02-11T16:05:00Z',
      hasEncryptedId: false,
    });
    expect(logout(logoutRequest('<saml:EncryptedID/>')).hasEncryptedId).toBe(true);
  });

  it('refuses names that are not text', () => {
    expect(
      reasonOf(readLogoutRequest(rootOf(logoutRequest('<saml:NameID>a<b xmlns="urn:b"/></saml:NameID>')))),
    ).toBe('element_in_text');
    expect(reasonOf(readLogoutRequest(rootOf(authnRequest())))).toBe('wrong_root');
  });
});

describe('P4 times', () => {
  it('are whole seconds, never rounded up', () => {
    expect(samlTime(NOW)).toBe('2027-02-11T15:06:00Z');
  });

  it.each([
    ['2027-02-11T15:06:00Z', '2027-02-11T15:06:00.000Z'],
    ['2027-02-11T15:06:00.123456789Z', '2027-02-11T15:06:00.123Z'],
    ['2027-02-11T15:06:00', '2027-02-11T15:06:00.000Z'],
    ['2027-02-11T16:06:00+01:00', '2027-02-11T15:06:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(new Date(readSamlTime(text) ?? 0).toISOString()).toBe(iso);
  });

  it.each(['', '2027-02-11', 'now', '2027-13-11T15:06:00Z', '2027-02-11T25:06:00Z', '1'])(
    'does not read %s',
    (text) => {
      expect(readSamlTime(text)).toBeNull();
    },
  );
});
