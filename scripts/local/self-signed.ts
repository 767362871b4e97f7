import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Uint8Array.from([tag, ...length]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const SHA256_WITH_RSA = sequence(oid('2a864886f70d01010b'), der(0x05));
const COMMON_NAME = oid('550403');

/** RFC 5280 section 4.1.2.5.2: GeneralizedTime, `YYYYMMDDHHMMSSZ`; right for dates from 2050 on and read by all before. */
const time = (at: Date): Buffer =>
  at.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(`${digits(at).slice(2)}Z`))
    : der(0x18, Buffer.from(`${digits(at)}Z`));
const digits = (at: Date): string => at.toISOString().replace(/[-:T]/g, '').slice(0, 14);

/**
 * A self-signed X.509 v3 certificate for an RSA key: no more than a carrier for the public key, as relying parties
 * register it. `privateKeyPem` is PKCS#8; the answer is PEM.
 */
export function selfSigned(
  privateKeyPem: string,
  commonName: string,
  notBefore: Date,
  notAfter: Date,
): string {
  const key = createPrivateKey(privateKeyPem);
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName, 'utf8')))));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    der(0xa0, der(0x02, Uint8Array.from([2]))),
    der(0x02, serial),
    SHA256_WITH_RSA,
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, key);
  const certificate = sequence(body, SHA256_WITH_RSA, der(0x03, Uint8Array.from([0]), signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
