import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/kernel/bytes.ts';
import {
  importCertificateKey,
  importCertificateKeys,
  verifyRs256,
} from '../../../src/oidc/wire/certificate-key.ts';

const vector = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../vectors/openssl/client-certificates', name), 'utf8');
const EXPIRED = vector('rsa-2048-expired-2021.pem');
const SIGNATURE = new Uint8Array(Buffer.from(vector('a-signed-sentence.sig'), 'base64'));

describe('REG-3 certificates', () => {
  it('an expired one keeps working: it verifies what OpenSSL signed', async () => {
    const key = await importCertificateKey(EXPIRED);
    if (key === null) throw new Error('no key');
    expect(await verifyRs256(key, utf8('a signed sentence'), SIGNATURE)).toBe(true);
    expect(await verifyRs256(key, utf8('a signed sentencE'), SIGNATURE)).toBe(false);
  });

  it('is read once', async () => {
    expect(await importCertificateKey(EXPIRED)).toBe(await importCertificateKey(EXPIRED));
  });

  it('is no pending promise that several requests share', async () => {
    const first = importCertificateKey(vector('ec-p256.pem'));
    const second = importCertificateKey(vector('ec-p256.pem'));
    expect(first).not.toBe(second);
    await Promise.all([first, second]);
  });

  it.each(['rsa-1024.pem', 'ec-p256.pem'])('%s carries no usable key', async (name) => {
    expect(await importCertificateKey(vector(name))).toBeNull();
  });

  it.each(['', 'junk', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    '%j is none',
    async (pem) => {
      expect(await importCertificateKey(pem)).toBeNull();
    },
  );

  it('leaves unusable ones out and keeps the order', async () => {
    const keys = await importCertificateKeys(['junk', EXPIRED, vector('ec-p256.pem')]);
    expect(keys).toEqual([await importCertificateKey(EXPIRED)]);
  });
});
