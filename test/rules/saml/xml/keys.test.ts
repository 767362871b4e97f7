import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../../../src/saml/xml/base64.ts';
import { encryptionRecipient, verificationKey } from '../../../../src/saml/xml/keys.ts';
import { certificateOf, reasonOf, unwrap, vector } from '../../../support/xml.ts';

describe('keys from certificates', () => {
  it('reads PEM and DER alike', async () => {
    const der = fromBase64(certificateOf('first')) ?? new Uint8Array();
    const fromPem = unwrap(await verificationKey(vector('test-keys/first.crt.pem')));
    expect(unwrap(await verificationKey(der)).certificate).toEqual(fromPem.certificate);
    expect(fromPem.certificate).toEqual(der);
    expect(fromPem.key.usages).toEqual(['verify']);
    expect(fromPem.key.extractable).toBe(false);
  });
  it('gives a recipient that can only wrap', async () => {
    const recipient = unwrap(await encryptionRecipient(vector('test-keys/first.crt.pem')));
    expect(recipient.certificate).toBe(certificateOf('first'));
    expect(recipient.key.usages).toEqual(['encrypt']);
  });
  it.each([
    ['key_too_short', 'short'],
    ['not_rsa', 'curve'],
  ])('refuses %s', async (reason, name) => {
    const pem = vector(`test-keys/${name}.crt.pem`);
    expect(reasonOf(await verificationKey(pem))).toBe(reason);
    expect(reasonOf(await encryptionRecipient(pem))).toBe(reason);
  });
  it.each(['', 'x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'refuses %j',
    async (text) => {
      expect(reasonOf(await verificationKey(text))).toBe('unreadable_certificate');
    },
  );
});

describe('base64', () => {
  it('is strict about everything but white space', () => {
    expect(fromBase64(' YW\tJj\r\nZA== ')).toEqual(new TextEncoder().encode('abcd'));
    expect(toBase64(new TextEncoder().encode('abcd'))).toBe('YWJjZA==');
  });
  it.each([
    '',
    ' ',
    'YWJjZA',
    'YWJjZA=',
    'YWJjZB==',
    'YWJj=',
    'YW-j',
    'YW_j',
    '====',
    'YWJjZA==YWJj',
    'YWJj\u00a0',
  ])('refuses %j', (text) => expect(fromBase64(text)).toBeNull());
});
