import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { certificatePem, makeCertificate } from '../../../../src/platform/keys/certificate.ts';
import { encryptionRecipient, verificationKey } from '../../../../src/saml/xml/keys.ts';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const NOT_BEFORE = Date.UTC(2026, 0, 10);
const NOT_AFTER = Date.UTC(2027, 3, 1);
let pair: CryptoKeyPair;
let der: Uint8Array;

const make = async (more: Partial<Parameters<typeof makeCertificate>[0]> = {}): Promise<Uint8Array> =>
  makeCertificate(
    {
      commonName: 'id.example.test SAML 2026',
      organization: 'Gatehouse & Söhne',
      serial: new Uint8Array(20).fill(0xff),
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      spki: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
      ...more,
    },
    async (bytes) => new Uint8Array(await crypto.subtle.sign(RSA, pair.privateKey, bytes)),
  );

beforeAll(async () => {
  pair = await crypto.subtle.generateKey(
    { ...RSA, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  );
  der = await make();
});

const openssl = (...args: readonly string[]): string => {
  const run = spawnSync('openssl', ['x509', ...args], { input: certificatePem(der), encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(0);
  return run.stdout;
};

describe('Y2 the certificate of a year', () => {
  it('is one that Node reads: self-signed, a CA, with the dates and names given', () => {
    const certificate = new X509Certificate(der);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(certificate.ca).toBe(true);
    expect(certificate.subject).toBe('O=Gatehouse & Söhne\nCN=id.example.test SAML 2026');
    expect(certificate.issuer).toBe(certificate.subject);
    expect(Date.parse(certificate.validFrom)).toBe(NOT_BEFORE);
    expect(Date.parse(certificate.validTo)).toBe(NOT_AFTER);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it('is one that OpenSSL reads the same way', () => {
    const text = openssl('-noout', '-text');
    expect(text).toContain('Version: 3 (0x2)');
    expect(text).toContain('Signature Algorithm: sha256WithRSAEncryption');
    expect(text).toMatch(/X509v3 Basic Constraints: critical\s+CA:TRUE/);
    expect(text).not.toContain('Key Usage');
    const subject = /Subject Key Identifier:\s+([0-9A-F:]+)/.exec(text)?.[1];
    const authority = /Authority Key Identifier:\s+(?:keyid:)?([0-9A-F:]+)/.exec(text)?.[1];
    expect(subject).toBeDefined();
    expect(authority).toBe(subject);
  });

  it('has the key identifier that RFC 5280 computes', () => {
    const text = openssl('-noout', '-text');
    const wanted = spawnSync('openssl', ['x509', '-noout', '-ext', 'subjectKeyIdentifier'], {
      input: certificatePem(der),
      encoding: 'utf8',
    }).stdout;
    const own = spawnSync(
      'bash',
      [
        '-c',
        'openssl x509 -noout -pubkey | openssl asn1parse -strparse 19 -noout -out /dev/stdout | sha1sum',
      ],
      {
        input: certificatePem(der),
        encoding: 'utf8',
      },
    ).stdout.slice(0, 40);
    expect(
      wanted
        .replace(/[^0-9A-F]/g, '')
        .slice(-40)
        .toLowerCase(),
    ).toBe(own);
    expect(text).toBeTruthy();
  });

  it('has a positive serial of twenty octets, whatever chance gave', async () => {
    expect(new X509Certificate(der).serialNumber).toBe(`7F${'FF'.repeat(19)}`);
    expect(new X509Certificate(await make({ serial: new Uint8Array(20) })).serialNumber).toBe(
      `40${'00'.repeat(19)}`,
    );
  });

  it('writes dates from 2050 on as GeneralizedTime', async () => {
    const late = new X509Certificate(await make({ notAfter: Date.UTC(2051, 3, 1) }));
    expect(Date.parse(late.validTo)).toBe(Date.UTC(2051, 3, 1));
  });

  it('carries a key that this project itself accepts for signatures and encryption', async () => {
    expect((await verificationKey(der)).ok).toBe(true);
    expect((await encryptionRecipient(certificatePem(der))).ok).toBe(true);
  });
});
