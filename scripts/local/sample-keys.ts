import { generateKeyPair } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { selfSigned } from './self-signed.ts';

/** Key pair of one sample app: where its private key is, and its certificate as PEM. */
export interface SampleKey {
  readonly keyFile: string;
  readonly certFile: string;
  readonly cert: string;
}

const TEN_YEARS_MILLISECONDS = 10 * 365 * 24 * 60 * 60 * 1000;

/** The key of sample app `name` in `folder`, generated on first use and kept afterwards. */
export async function sampleKey(folder: string, name: string, now: Date): Promise<SampleKey> {
  const keyFile = join(folder, `${name}.key.pem`);
  const certFile = join(folder, `${name}.cert.pem`);
  if (!existsSync(keyFile) || !existsSync(certFile)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const pair = await promisify(generateKeyPair)('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const from = new Date(now.getTime() - 60_000);
    const until = new Date(now.getTime() + TEN_YEARS_MILLISECONDS);
    writeFileSync(keyFile, pair.privateKey, { mode: 0o600 });
    writeFileSync(certFile, selfSigned(pair.privateKey, `Gatehouse sample ${name}`, from, until));
  }
  return { keyFile, certFile, cert: readFileSync(certFile, 'utf8') };
}
