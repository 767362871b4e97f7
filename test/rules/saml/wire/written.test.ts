import { describe, expect, it } from 'vitest';
import { releasedAttributes } from '../../../../src/saml/rules/released-attributes.ts';
import { writeLogoutResponse } from '../../../../src/saml/wire/logout-response.ts';
import { writeMetadata } from '../../../../src/saml/wire/metadata.ts';
import { STATUS_NO_PASSIVE, STATUS_RESPONDER } from '../../../../src/saml/wire/names.ts';
import {
  type AssertionContent,
  type ResponseHead,
  writeErrorResponse,
  writeResponse,
} from '../../../../src/saml/wire/response.ts';
import { encryptionRecipient } from '../../../../src/saml/xml/keys.ts';
import { certificateOf, signerOf, unwrap, vector } from '../../../support/xml.ts';

/*
 * What leaves on the wire, to the last character: service providers look for elements in this order and compare
 * addresses and times as text. Digests, signatures and ciphertexts are judged elsewhere and stand here as `…`.
 */

const NOW = Date.UTC(2027, 1, 11, 15, 6, 0, 900);
const SUBJECT = '0c6f3e5e-52a8-4c39-bb0f-1d2e3f405162';
const AAL_2 = 'http://idmanagement.gov/ns/assurance/aal/2';
const ASSERTION_ID = '_c2f7d9aa-91c4-4d0b-a3a1-6f2f4e8d7c21';
const CERTIFICATE = certificateOf('second');
/** Bytes of 7f, which make this message id. */
const ID = '_7f7f7f7f-7f7f-4f7f-bf7f-7f7f7f7f7f7f';
const random = (length: number) => new Uint8Array(length).fill(0x7f);

const headOf = async (): Promise<ResponseHead> => ({
  now: NOW,
  issuer: 'https://id.example.gov/api/saml',
  destination: 'https://grants.example.gov/saml/acs',
  inResponseTo: '_a41d7c0e',
  signer: await signerOf('second'),
  issued: () => {},
  random,
});
const content: AssertionContent = {
  id: ASSERTION_ID,
  audience: 'urn:example:sp:grants',
  nameId: { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', value: SUBJECT },
  authnInstant: NOW - 19_000,
  classRef: AAL_2,
  attributes: releasedAttributes({
    subject: SUBJECT,
    names: ['email', 'first_name', 'phone'],
    identity: 'verified',
    urn: true,
    classRef: AAL_2,
    held: 'verified',
    appIal: 2,
    emailAsClaim: false,
    emails: { shared: 'pat@example.com', all: ['pat@example.com'] },
    locale: 'en',
    verified: { first_name: 'Pat <"&>', phone: null },
    verifiedAt: Date.UTC(2027, 0, 2),
    x509: null,
    aalAchieved: null,
  }),
};

/** What differs from one signing to the next, left out. */
const told = (xml: string): string =>
  xml.replace(/(<(?:ds:)?(?:DigestValue|SignatureValue|CipherValue)>)[^<]+/g, '$1…');

const signatureOf = (id: string): string =>
  '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
  '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod>' +
  '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod>' +
  `<ds:Reference URI="#${id}"><ds:Transforms>` +
  '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform>' +
  '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms>' +
  '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>' +
  '<ds:DigestValue>…</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>…</ds:SignatureValue>' +
  `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${CERTIFICATE}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`;

const attribute = (name: string, format: 'basic' | 'uri', ...values: readonly string[]): string =>
  `<Attribute FriendlyName="${name}" Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:${format}">` +
  `${values.map((value) => `<AttributeValue>${value}</AttributeValue>`).join('')}</Attribute>`;

const ASSERTION =
  `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="${ASSERTION_ID}" IssueInstant="2027-02-11T15:06:00Z" Version="2.0">` +
  `<Issuer>https://id.example.gov/api/saml</Issuer>${signatureOf(ASSERTION_ID)}` +
  `<Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${SUBJECT}</NameID>` +
  '<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">' +
  '<SubjectConfirmationData InResponseTo="_a41d7c0e" NotOnOrAfter="2027-02-11T15:09:00Z" Recipient="https://grants.example.gov/saml/acs"></SubjectConfirmationData>' +
  '</SubjectConfirmation></Subject>' +
  '<Conditions NotBefore="2027-02-11T15:05:55Z" NotOnOrAfter="2027-02-11T16:06:00Z">' +
  '<AudienceRestriction><Audience>urn:example:sp:grants</Audience></AudienceRestriction></Conditions>' +
  '<AttributeStatement>' +
  attribute('uuid', 'basic', SUBJECT) +
  attribute('email', 'basic', 'pat@example.com') +
  attribute('first_name', 'uri', 'Pat &lt;"&amp;&gt;') +
  attribute('phone', 'uri') +
  attribute('verified_at', 'uri', '2027-01-02T00:00:00Z') +
  attribute('aal', 'uri', AAL_2) +
  attribute('ial', 'uri', 'urn:acr.login.gov:verified') +
  '</AttributeStatement>' +
  `<AuthnStatement AuthnInstant="2027-02-11T15:05:41Z" SessionIndex="${ASSERTION_ID}">` +
  `<AuthnContext><AuthnContextClassRef>${AAL_2}</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>`;

const response = (signature: string, carried: string): string =>
  '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified" ' +
  `Destination="https://grants.example.gov/saml/acs" ID="${ID}" InResponseTo="_a41d7c0e" IssueInstant="2027-02-11T15:06:00Z" Version="2.0">` +
  `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://id.example.gov/api/saml</Issuer>${signature}` +
  '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>' +
  `${carried}</samlp:Response>`;

describe('P4 to P14 the Response', () => {
  it('has these elements in this order, 180 seconds to be taken and an hour to hold', async () => {
    const written = await writeResponse(await headOf(), content, { encryption: null, signMessage: false });
    expect(told(unwrap(written))).toBe(response('', ASSERTION));
  });

  it('V23 is counted once for its assertion, however often it is signed, and not when it has none', async () => {
    let counted = 0;
    const head = {
      ...(await headOf()),
      issued: () => {
        counted += 1;
      },
    };
    unwrap(await writeResponse(head, content, { encryption: null, signMessage: true }));
    expect(counted).toBe(1);
    unwrap(await writeErrorResponse(head, { status: STATUS_RESPONDER, detail: STATUS_NO_PASSIVE }));
    expect(counted).toBe(1);
  });

  it('P7 is signed once more around everything where the app asks for it', async () => {
    const written = await writeResponse(await headOf(), content, { encryption: null, signMessage: true });
    expect(told(unwrap(written))).toBe(response(signatureOf(ID), ASSERTION));
  });

  it('C3, C4 carries the assertion encrypted, its key nested inside and named without `#`', async () => {
    const recipient = unwrap(await encryptionRecipient(vector('test-keys/first.crt.pem')));
    const encryption = { recipient, block: 'aes256-cbc' } as const;
    const written = await writeResponse(await headOf(), content, { encryption, signMessage: false });
    const data =
      '<EncryptedAssertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion">' +
      '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#" Id="ED" Type="http://www.w3.org/2001/04/xmlenc#Element">' +
      '<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"></EncryptionMethod>' +
      '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><EncryptedKey Id="EK">' +
      '<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"></EncryptionMethod>' +
      `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificateOf('first')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>` +
      '<CipherData><CipherValue>…</CipherValue></CipherData>' +
      '<ReferenceList><DataReference URI="ED"></DataReference></ReferenceList></EncryptedKey></ds:KeyInfo>' +
      '<CipherData><CipherValue>…</CipherValue></CipherData></EncryptedData></EncryptedAssertion>';
    expect(told(unwrap(written))).toBe(response('', data));
  });
});

describe('L4, Q5 the LogoutResponse', () => {
  const around = (signature: string): string =>
    '<LogoutResponse xmlns="urn:oasis:names:tc:SAML:2.0:protocol" Destination="https://grants.example.gov/saml/acs" ' +
    `ID="${ID}" InResponseTo="_a41d7c0e" IssueInstant="2027-02-11T15:06:00Z" Version="2.0">` +
    `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://id.example.gov/api/saml</Issuer>${signature}` +
    '<Status><StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></StatusCode></Status></LogoutResponse>';

  it('is unsigned, unless the app asks for it', async () => {
    expect(unwrap(await writeLogoutResponse(await headOf(), false))).toBe(around(''));
    expect(told(unwrap(await writeLogoutResponse(await headOf(), true)))).toBe(around(signatureOf(ID)));
  });
});

describe('M2 to M7 metadata', () => {
  const ORIGIN = 'https://id.example.gov';
  const operator = { name: 'Gatehouse', url: 'https://id.example.gov/' };
  const key =
    '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>' +
    `<X509Certificate>${CERTIFICATE}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;
  const formats =
    '<NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>' +
    '<NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat>';
  const service = (name: string, binding: 'POST' | 'Redirect', path: string): string =>
    `<${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${binding}" Location="${ORIGIN}/api/saml/${path}"></${name}>`;
  const organisation =
    '<Organization><OrganizationName xml:lang="en">Gatehouse</OrganizationName>' +
    '<OrganizationDisplayName xml:lang="en">Gatehouse</OrganizationDisplayName>' +
    '<OrganizationURL xml:lang="en">https://id.example.gov/</OrganizationURL></Organization>' +
    '<ContactPerson contactType="technical"><Company>Gatehouse</Company></ContactPerson>';
  const document = (validUntil: string, wants: string, logout: string): string =>
    '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" ' +
    `xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${ID}" entityID="${ORIGIN}/api/saml"${validUntil}>` +
    signatureOf(ID) +
    `<IDPSSODescriptor${wants} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${key}${logout}${formats}` +
    `${service('SingleSignOnService', 'POST', 'auth2027')}${service('SingleSignOnService', 'Redirect', 'auth2027')}</IDPSSODescriptor>` +
    `<AttributeAuthorityDescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${key}${organisation}` +
    `${service('AttributeService', 'Redirect', 'attributes')}${formats}</AttributeAuthorityDescriptor>${organisation}</EntityDescriptor>`;
  const write = async (full: { readonly validUntil: number } | null): Promise<string> =>
    told(
      await writeMetadata(
        { id: ID, origin: ORIGIN, year: 2027, certificates: [CERTIFICATE], operator, full },
        await signerOf('second'),
      ),
    );

  it('names neither logout nor an end in the view everybody knows', async () => {
    expect(await write(null)).toBe(document('', '', ''));
  });

  it('section 17: names both in the full view, and asks for signed requests', async () => {
    const logout =
      service('SingleLogoutService', 'POST', 'logout2027') +
      service('SingleLogoutService', 'Redirect', 'logout2027');
    expect(await write({ validUntil: NOW })).toBe(
      document(' validUntil="2027-02-11T15:06:00Z"', ' WantAuthnRequestsSigned="true"', logout),
    );
  });
});
