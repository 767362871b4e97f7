import { spawnSync } from 'node:child_process';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { metadataMaker } from '../../src/saml/endpoints/make-metadata.ts';
import { releasedAttributes } from '../../src/saml/rules/released-attributes.ts';
import { messageId } from '../../src/saml/rules/uuid.ts';
import { writeLogoutResponse } from '../../src/saml/wire/logout-response.ts';
import { writeMetadata } from '../../src/saml/wire/metadata.ts';
import {
  type AssertionContent,
  type ResponseHead,
  writeErrorResponse,
  writeResponse,
} from '../../src/saml/wire/response.ts';
import type { BlockEncryption } from '../../src/saml/xml/algorithms.ts';
import { encryptionRecipient } from '../../src/saml/xml/keys.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { certificateOf, signerOf, unwrap, vector } from '../support/xml.ts';

/*
 * What we write, judged by programs nobody here wrote: xmlsec1 verifies and decrypts it, xmllint holds it to the OASIS
 * schemas, which come with the Debian packages of ruby-saml and pysaml2.
 */

const folder = tempFolder('saml-documents-');
const keys = join(import.meta.dirname, '../vectors/test-keys');
const GEMS = '/usr/share/rubygems-integration/all/gems';
const schemas = join(
  GEMS,
  readdirSync(GEMS).find((name) => name.startsWith('ruby-saml-')) ?? '',
  'lib/schemas',
);
const NOW = Date.UTC(2027, 1, 11, 15, 6, 0, 900);
const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';

function ran(command: string, args: readonly string[], document: string) {
  const file = join(folder, 'document.xml');
  writeFileSync(file, document);
  const run = spawnSync(command, [...args, file], { encoding: 'utf8' });
  if (run.error !== undefined) throw run.error;
  return run;
}
const schemaFaults = (schema: string, document: string): string => {
  const run = ran('xmllint', ['--nonet', '--noout', '--schema', join(schemas, schema)], document);
  return run.status === 0 ? '' : run.stderr;
};
/** Whether xmlsec1 verifies the signature of the first element of this name, given as `namespace:name`. */
const verifies = (document: string, element: string, certificate = 'second'): boolean =>
  ran(
    'xmlsec1',
    [
      '--verify',
      '--pubkey-cert-pem',
      join(keys, `${certificate}.crt.pem`),
      '--enabled-key-data',
      'key-name',
      '--id-attr:ID',
      element,
      ...(element === `${SAMLP}:Response` ? ['--id-attr:ID', `${SAML}:Assertion`] : []),
      '--node-xpath',
      `/*[1]${element.endsWith(':Assertion') && !document.startsWith('<Assertion') ? "/*[local-name()='Assertion']" : ''}/*[local-name()='Signature']`,
    ],
    document,
  ).status === 0;

const random = (length: number) => new Uint8Array(randomBytes(length));
const headOf = async (): Promise<ResponseHead> => ({
  now: NOW,
  issuer: 'https://id.example.gov/api/saml',
  destination: 'https://grants.example.gov/saml/acs?a=1&b=2',
  inResponseTo: '_a41d7c0e',
  signer: await signerOf('second'),
  issued: () => {},
  random,
});
const content = (): AssertionContent => ({
  id: messageId(random(16)),
  audience: 'urn:example:sp:grants?<&">',
  nameId: {
    format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    value: '0c6f3e5e-52a8-4c39-bb0f-1d2e3f405162',
  },
  authnInstant: NOW - 20_000,
  classRef: 'http://idmanagement.gov/ns/assurance/aal/2?phishing_resistant=true',
  attributes: releasedAttributes({
    subject: '0c6f3e5e-52a8-4c39-bb0f-1d2e3f405162',
    names: ['email', 'all_emails', 'locale', 'first_name', 'phone', 'x509_presented'],
    identity: 'verified',
    urn: true,
    classRef: 'http://idmanagement.gov/ns/assurance/aal/2',
    held: 'verified',
    appIal: 2,
    emailAsClaim: false,
    emails: { shared: 'pat@example.com', all: ['pat@example.com', 'p+x@example.org'] },
    locale: 'zh',
    verified: { first_name: 'Zoë "<&>" 李', phone: null },
    verifiedAt: NOW,
    x509: { subject: 'CN=Pat\tO=Test\r\n', issuer: 'CN=CA' },
    aalAchieved: null,
  }),
});
const BLOCKS: readonly BlockEncryption[] = [
  'aes128-cbc',
  'aes256-cbc',
  'aes128-gcm',
  'aes192-gcm',
  'aes256-gcm',
];

describe('Responses', () => {
  it.each([false, true])('verify and keep the schema; message signed: %s', async (signMessage) => {
    const xml = unwrap(await writeResponse(await headOf(), content(), { encryption: null, signMessage }));
    expect(schemaFaults('saml-schema-protocol-2.0.xsd', xml)).toBe('');
    expect(verifies(xml, `${SAML}:Assertion`)).toBe(true);
    expect(verifies(xml, `${SAML}:Assertion`, 'first'), 'and not with another key').toBe(false);
    expect(verifies(xml, `${SAMLP}:Response`)).toBe(signMessage);
    expect(verifies(xml.replace('pat@example.com', 'pot@example.com'), `${SAML}:Assertion`)).toBe(false);
  });

  it('P4 are their own canonical form', async () => {
    const xml = unwrap(
      await writeResponse(await headOf(), content(), { encryption: null, signMessage: true }),
    );
    const run = ran('xmllint', ['--nonet', '--exc-c14n'], xml);
    expect(run.stdout).toBe(xml);
  });

  it.each(BLOCKS)('encrypted with %s are decrypted there, and what comes out verifies', async (block) => {
    const recipient = unwrap(await encryptionRecipient(vector('test-keys/first.crt.pem')));
    const xml = unwrap(
      await writeResponse(await headOf(), content(), { encryption: { recipient, block }, signMessage: true }),
    );
    expect(schemaFaults('saml-schema-protocol-2.0.xsd', xml)).toBe('');
    expect(xml).not.toContain('pat@example.com');
    expect(
      ran(
        'xmlsec1',
        [
          '--verify',
          '--pubkey-cert-pem',
          join(keys, 'second.crt.pem'),
          '--enabled-key-data',
          'key-name',
          '--id-attr:ID',
          `${SAMLP}:Response`,
        ],
        xml,
      ).status,
    ).toBe(0);
    const out = join(folder, 'plain.xml');
    const decrypted = ran(
      'xmlsec1',
      ['--decrypt', '--privkey-pem', join(keys, 'first.key.pem'), '--output', out],
      xml,
    );
    expect(decrypted.status, decrypted.stderr).toBe(0);
    const plain = spawnSync('xmllint', ['--nonet', '--xpath', "//*[local-name()='Assertion']", out], {
      encoding: 'utf8',
    }).stdout.trim();
    expect(plain).toContain('pat@example.com');
    expect(verifies(plain, `${SAML}:Assertion`)).toBe(true);
    expect(
      ran('xmlsec1', ['--decrypt', '--privkey-pem', join(keys, 'second.key.pem')], xml).status,
      'by nobody else',
    ).not.toBe(0);
  });

  it('that refuse verify and keep the schema', async () => {
    const xml = unwrap(
      await writeErrorResponse(await headOf(), {
        status: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
        detail: 'urn:oasis:names:tc:SAML:2.0:status:NoPassive',
      }),
    );
    expect(schemaFaults('saml-schema-protocol-2.0.xsd', xml)).toBe('');
    expect(verifies(xml, `${SAMLP}:Response`)).toBe(true);
  });
});

describe('LogoutResponses', () => {
  it.each([false, true])('keep the schema; signed: %s', async (isSigned) => {
    const xml = unwrap(await writeLogoutResponse(await headOf(), isSigned));
    expect(schemaFaults('saml-schema-protocol-2.0.xsd', xml)).toBe('');
    expect(verifies(xml, `${SAMLP}:LogoutResponse`)).toBe(isSigned);
  });
});

describe('metadata', () => {
  const operator = { name: 'Gatehouse & Söhne <test>', url: 'https://id.example.gov/' };

  it('verifies and keeps the schema', async () => {
    const pkcs8 = createPrivateKey(vector('test-keys/second.key.pem')).export({
      type: 'pkcs8',
      format: 'der',
    });
    const key = await crypto.subtle.importKey(
      'pkcs8',
      pkcs8,
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const make = metadataMaker('https://id.example.gov', operator, random);
    const xml = await make({ year: 2027, key, certificates: [certificateOf('second')], notAfter: NOW });
    expect(schemaFaults('saml-schema-metadata-2.0.xsd', xml)).toBe('');
    expect(verifies(xml, `${MD}:EntityDescriptor`)).toBe(true);
    expect(xml).not.toContain('SingleLogoutService');
    expect(xml).not.toContain('validUntil');
    expect(xml).not.toContain('WantAuthnRequestsSigned');
    const wrongKey = make({ year: 2027, key, certificates: [certificateOf('first')], notAfter: NOW });
    await expect(wrongKey, 'Y9: a key that does not fit its certificate').rejects.toThrow('does not verify');
  });

  it('in the full view does too, with what the common view leaves out', async () => {
    const xml = await writeMetadata(
      {
        id: messageId(random(16)),
        origin: 'https://id.example.gov',
        year: 2027,
        certificates: [certificateOf('second'), certificateOf('first')],
        operator,
        full: { validUntil: NOW },
      },
      await signerOf('second'),
    );
    expect(schemaFaults('saml-schema-metadata-2.0.xsd', xml)).toBe('');
    expect(verifies(xml, `${MD}:EntityDescriptor`)).toBe(true);
    expect(xml).toContain('WantAuthnRequestsSigned="true"');
    expect(xml).toContain('validUntil="2027-02-11T15:06:00Z"');
    expect(xml).toContain(
      '<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://id.example.gov/api/saml/logout2027">',
    );
  });
});
