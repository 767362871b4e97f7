import { generateServiceProviderMetadata } from '@node-saml/node-saml';
import { describe, expect, it } from 'vitest';
import { validateApp } from '../../../../src/apps/validate.ts';
import { readSpMetadata } from '../../../../src/saml/wire/read-sp-metadata.ts';
import { reasonOf, unwrap, vector } from '../../../support/xml.ts';
import { NOW, PERSISTENT } from '../a-request.ts';

const FIRST = vector('test-keys/first.crt.pem');
const SECOND = vector('test-keys/second.crt.pem');
const body = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';
const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

const key = (pem: string, use: string, methods = ''): string =>
  `<KeyDescriptor${use === '' ? '' : ` use="${use}"`}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>\n${body(pem)}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</KeyDescriptor>`;
const acs = (location: string, index: number, more = ''): string =>
  `<AssertionConsumerService Binding="${POST}" Location="${location}" index="${index}"${more}/>`;
const metadata = (role: string, attributes = '', roleAttributes = '', after = ''): string =>
  `<?xml version="1.0"?>\n<!-- made by hand -->\n<EntityDescriptor xmlns="${MD}" entityID="urn:example:sp"${attributes}>` +
  `<SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"${roleAttributes}>${role}</SPSSODescriptor>${after}</EntityDescriptor>`;

const preview = (text: string) => unwrap(readSpMetadata(text, NOW));
const why = (text: string) => reasonOf(readSpMetadata(text, NOW));

describe('M10 a draft from metadata', () => {
  it('reads everything an app document can hold', () => {
    const text = metadata(
      `<Extensions><ui:UIInfo xmlns:ui="urn:oasis:names:tc:SAML:metadata:ui"><ui:DisplayName xml:lang="fr">Ports</ui:DisplayName><ui:DisplayName xml:lang="en">Harbours</ui:DisplayName></ui:UIInfo></Extensions>` +
        key(
          SECOND,
          'encryption',
          '<EncryptionMethod Algorithm="urn:unknown"/><EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/>',
        ) +
        key(FIRST, 'signing') +
        `<SingleLogoutService Binding="${REDIRECT}" Location="https://sp.test/slo/redirect"/>` +
        `<SingleLogoutService Binding="${POST}" Location="https://sp.test/slo" ResponseLocation="https://sp.test/slo/done"/>` +
        `<NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</NameIDFormat><NameIDFormat> ${PERSISTENT} </NameIDFormat>` +
        acs('https://sp.test/acs/2', 2) +
        acs('https://sp.test/acs/1', 1) +
        acs('https://sp.test/acs/9', 9, ' isDefault="true"') +
        `<AssertionConsumerService Binding="${REDIRECT}" Location="https://sp.test/artifact" index="0"/>`,
      ' validUntil="2027-02-12T00:00:00Z"',
      ' AuthnRequestsSigned="true" WantAssertionsSigned="true"',
      '<Organization><OrganizationDisplayName xml:lang="en">Port Authority</OrganizationDisplayName></Organization>',
    );
    const { draft, notes } = preview(text);
    expect(draft).toEqual({
      issuer: 'urn:example:sp',
      identity_protocol: 'saml',
      friendly_name: 'Harbours',
      acs_url: 'https://sp.test/acs/9',
      acs_urls: ['https://sp.test/acs/1', 'https://sp.test/acs/2'],
      acs_indexes: { 1: 'https://sp.test/acs/1', 2: 'https://sp.test/acs/2', 9: 'https://sp.test/acs/9' },
      assertion_consumer_logout_service_url: 'https://sp.test/slo/done',
      certs: [FIRST, SECOND].map((pem) => `${pem.trim()}\n`),
      signed_request_required: true,
      nameid_format: PERSISTENT,
      block_encryption: 'aes128-gcm',
      saml_options: { encrypt_to_last_cert: true },
    });
    expect(notes).toEqual([]);
    expect(validateApp(draft, { env: 'test', previous: null }).ok).toBe(true);
  });

  it('says no more than the metadata does', () => {
    const { draft } = preview(metadata(acs('https://sp.test/acs', 0)));
    expect(draft).toEqual({
      issuer: 'urn:example:sp',
      identity_protocol: 'saml',
      acs_url: 'https://sp.test/acs',
      acs_indexes: { 0: 'https://sp.test/acs' },
      certs: [],
      signed_request_required: false,
      block_encryption: 'none',
    });
  });

  it('section 17: keeps the number of each address, two for one that has two, and none that is no number', () => {
    const { draft } = preview(
      metadata(
        acs('https://sp.test/acs/a', 4) +
          acs('https://sp.test/acs/b', 7) +
          acs('https://sp.test/acs/a', 8) +
          acs('https://sp.test/acs/b', 4) +
          acs('https://sp.test/acs/c', 9).replace('"9"', '"last"'),
      ),
    );
    expect(draft.acs_url).toBe('https://sp.test/acs/a');
    expect(draft.acs_urls).toEqual(['https://sp.test/acs/b', 'https://sp.test/acs/c']);
    expect(draft.acs_indexes).toEqual({
      4: 'https://sp.test/acs/a',
      7: 'https://sp.test/acs/b',
      8: 'https://sp.test/acs/a',
    });
    const named = { ...draft, friendly_name: 'Harbours' };
    expect(validateApp(named, { env: 'test', previous: null }).ok).toBe(true);
  });

  it('presets GCM for those that can decrypt and list nothing, and each certificate once', () => {
    const { draft } = preview(
      metadata(key(FIRST, '') + key(FIRST, 'encryption') + acs('https://sp.test/acs', 0)),
    );
    expect(draft.block_encryption).toBe('aes256-gcm');
    expect(draft.certs).toHaveLength(1);
  });

  it('section 17: tells a key that only decrypts from the keys that sign', () => {
    const [first, second] = [FIRST, SECOND].map((pem) => `${pem.trim()}\n`);
    const keys = (...all: string[]) => preview(metadata(all.join('') + acs('https://sp.test/acs', 0))).draft;
    expect(keys(key(FIRST, 'encryption'), key(SECOND, 'signing'))).toMatchObject({
      certs: [second, first],
      saml_options: { encrypt_to_last_cert: true },
    });
    // Whichever of these signs, it decrypts as well.
    for (const draft of [
      keys(key(FIRST, ''), key(SECOND, '')),
      keys(key(FIRST, 'signing'), key(FIRST, 'encryption'), key(SECOND, 'encryption')),
    ])
      expect([draft.certs, draft.saml_options]).toEqual([[first, second], undefined]);
    expect(keys(key(FIRST, 'signing'))).toMatchObject({ certs: [first], block_encryption: 'none' });
  });

  it('P36 takes the certificate of a key, and none of the authorities behind it', () => {
    const chained = key(FIRST, '').replace(
      '</ds:X509Data>',
      `<ds:X509Certificate>${body(SECOND)}</ds:X509Certificate></ds:X509Data>`,
    );
    expect(preview(metadata(chained + acs('https://sp.test/acs', 0))).draft.certs.map(body)).toEqual([
      body(FIRST),
    ]);
  });

  it('posts a LogoutResponse to an address for browsers, or says nothing of one', () => {
    const service = (binding: string) =>
      `<SingleLogoutService Binding="${binding}" Location="https://sp.test/slo/${binding.split('-').at(-1)}"/>`;
    const soap = 'urn:oasis:names:tc:SAML:2.0:bindings:SOAP';
    const address = (services: string) =>
      preview(metadata(services + acs('https://sp.test/acs', 0))).draft.assertion_consumer_logout_service_url;
    expect(address(service(soap))).toBeUndefined();
    expect(address(service(soap) + service(REDIRECT))).toBe('https://sp.test/slo/Redirect');
    expect(address(service(soap) + service(REDIRECT) + service(POST))).toBe('https://sp.test/slo/POST');
  });

  it('reads what node-saml writes', () => {
    const text = generateServiceProviderMetadata({
      issuer: 'urn:example:node',
      callbackUrl: 'https://sp.test/acs',
      logoutCallbackUrl: 'https://sp.test/slo',
      identifierFormat: PERSISTENT,
      wantAssertionsSigned: true,
      decryptionPvk: vector('test-keys/first.key.pem'),
      decryptionCert: FIRST,
      privateKey: vector('test-keys/second.key.pem'),
      publicCerts: SECOND,
      generateUniqueId: () => '_1',
    });
    const { draft } = preview(text);
    expect(draft).toMatchObject({
      issuer: 'urn:example:node',
      acs_url: 'https://sp.test/acs',
      assertion_consumer_logout_service_url: 'https://sp.test/slo',
      nameid_format: PERSISTENT,
    });
    expect(draft.certs.map(body)).toEqual([body(SECOND), body(FIRST)]);
  });

  it('finds the one service provider in a wrapper', () => {
    const inner = metadata(acs('https://sp.test/acs', 0)).replace(/^<\?xml.*\n.*\n/, '');
    const idp = `<EntityDescriptor xmlns="${MD}" entityID="urn:idp"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></EntityDescriptor>`;
    expect(
      preview(`<EntitiesDescriptor xmlns="${MD}">${idp}${inner}</EntitiesDescriptor>`).draft.issuer,
    ).toBe('urn:example:sp');
    expect(why(`<EntitiesDescriptor xmlns="${MD}">${inner}${inner}</EntitiesDescriptor>`)).toBe(
      'not_service_provider',
    );
  });

  it('notes what an operator has to look at', () => {
    const email = '<NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat>';
    const transient = '<NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</NameIDFormat>';
    const unsigned = ' WantAssertionsSigned="false"';
    const asking = preview(metadata(email + acs('https://sp.test/acs', 0), '', unsigned));
    expect(asking.notes).toEqual(['assertions_need_not_be_signed', 'email_nameid_needs_permission']);
    // Allowed to nobody yet: what is refused has no place in a draft.
    expect(asking.draft.nameid_format).toBeUndefined();
    const persistent = `<NameIDFormat>${PERSISTENT}</NameIDFormat>`;
    const either = preview(metadata(email + persistent + acs('https://sp.test/acs', 0)));
    expect([either.draft.nameid_format, either.notes]).toEqual([
      PERSISTENT,
      ['email_nameid_needs_permission'],
    ]);
    expect(preview(metadata(transient + acs('https://sp.test/acs', 0))).notes).toEqual([
      'other_nameid_formats',
    ]);
  });

  it.each([
    ['no XML', 'hello', 'unreadable'],
    ['a DTD', '<!DOCTYPE a><a/>', 'unreadable'],
    ['a megabyte', metadata(' '.repeat(600_000)), 'unreadable'],
    [
      'an identity provider',
      `<EntityDescriptor xmlns="${MD}" entityID="x"><IDPSSODescriptor/></EntityDescriptor>`,
      'not_service_provider',
    ],
    ['SAML 1.1', metadata('').replace('SAML:2.0:protocol"', 'SAML:1.1:protocol"'), 'not_service_provider'],
    ['something else', '<a xmlns="urn:a"/>', 'not_service_provider'],
    [
      'one that is over',
      metadata(acs('https://sp.test/acs', 0), ' validUntil="2027-02-11T00:00:00Z"'),
      'expired',
    ],
    ['one whose end is no time', metadata(acs('https://sp.test/acs', 0), ' validUntil="soon"'), 'expired'],
    [
      'nobody',
      metadata(acs('https://sp.test/acs', 0)).replace(' entityID="urn:example:sp"', ''),
      'no_entity_id',
    ],
    [
      'no address for a POST',
      metadata(`<AssertionConsumerService Binding="${REDIRECT}" Location="https://a" index="0"/>`),
      'no_post_acs',
    ],
  ])('refuses %s', (_, text, reason) => {
    expect(why(text)).toBe(reason);
  });
});
