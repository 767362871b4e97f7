import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certDetails, certFingerprint, checkCert } from '../../../src/apps/certs.ts';
import { pem } from './documents.ts';

const FIRST = 'd4ae137470c131f5010147d94d5ff9836d407bc74234720b849320c9d4fb2d56';

const refusal = (text: string): string | null => {
  const checked = checkCert(text);
  return checked.ok ? null : checked.error;
};

describe('P36 certificates', () => {
  it('accepts RSA of 2,048 bits and knows its fingerprint', () => {
    const checked = checkCert(pem('first'));
    expect(checked.ok && checked.value).toMatchObject({ sha256: FIRST, blocks: 1 });
  });

  it('writes PEM one way, whatever the line ends', () => {
    const windows = checkCert(`subject=/CN=x\r\n${pem('first').replaceAll('\n', '\r\n')}`);
    const plain = checkCert(pem('first'));
    expect(windows).toEqual(plain);
  });

  it('refuses a private key before anything else', () => {
    expect(refusal(`${pem('first')}-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----`)).toBe(
      'certs.private_key',
    );
  });

  it.each([
    ['', 'certs.not_pem'],
    ['MIIC', 'certs.not_pem'],
    ['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'certs.not_pem'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'certs.invalid'],
    ['-----BEGIN CERTIFICATE-----\nAAAA', 'certs.invalid'],
  ])('refuses %j', (text, code) => {
    expect(refusal(text)).toBe(code);
  });

  it('refuses short and non-RSA keys', () => {
    expect(refusal(pem('weak'))).toBe('certs.weak_key');
    expect(refusal(pem('ec'))).toBe('certs.key_type');
  });

  it('takes the first of several blocks and counts them', () => {
    const checked = checkCert(pem('first') + pem('second'));
    expect(checked.ok && checked.value).toMatchObject({ sha256: FIRST, blocks: 2 });
  });
});

describe('P37 our own keys', () => {
  it('are refused, whatever certificate they come in', () => {
    const spki = new X509Certificate(pem('first')).publicKey.export({ type: 'spki', format: 'der' });
    const own = new Set([createHash('sha256').update(spki).digest('hex')]);
    expect(checkCert(pem('first'), own)).toEqual({ ok: false, error: 'certs.own_key' });
    expect(checkCert(pem('second'), own).ok).toBe(true);
  });
});

describe('P38, P39 certificates for display', () => {
  it('shows names, serial in both forms, dates, key and fingerprint', () => {
    const details = certDetails(pem('first'));
    expect(details).toMatchObject({ sha256: FIRST, key_type: 'rsa', key_bits: 2048 });
    expect(details?.subject).toContain('CN=first.example.gov');
    expect(BigInt(details?.serial_decimal ?? 0)).toBe(BigInt(`0x${details?.serial_hex}`));
  });

  it('accepts an expired certificate and shows its dates', () => {
    expect(refusal(pem('expired'))).toBeNull();
    expect(certDetails(pem('expired'))).toMatchObject({
      not_before: '2020-01-01T00:00:00.000Z',
      not_after: '2021-01-01T00:00:00.000Z',
    });
  });

  it('says null for what cannot be read', () => {
    expect(certDetails('nonsense')).toBeNull();
    expect(certFingerprint('nonsense')).toBeNull();
    expect(certFingerprint(pem('first'))).toBe(FIRST);
  });
});
