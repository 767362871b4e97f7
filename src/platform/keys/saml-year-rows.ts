import { X509Certificate } from 'node:crypto';
import { toHex } from '../../kernel/bytes.ts';
import { sha256 } from '../../kernel/crypto.ts';
import { DAY, type EpochMs, MINUTE } from '../../kernel/time.ts';
import { randomBytes } from '../random.ts';
import { certificatePem, makeCertificate } from './certificate.ts';
import type { Keyholder } from './keyholder.ts';
import { certificateEnds, type YearDates, type YearState } from './saml-calendar.ts';
import { KeysDoNotOpen } from './signing-keys.ts';
import type { KeyState, signingKeys } from './tables.ts';

export const YEAR_RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
/** Clocks of service providers may run behind ours. */
const CLOCK_SKEW_MS = 5 * MINUTE;

export type YearRow = typeof signingKeys.$inferSelect;
export type NewYearRow = typeof signingKeys.$inferInsert;

/** A year as operators see it. */
export interface YearInfo extends YearDates {
  readonly kid: string;
  readonly certificateSha256: string;
  readonly createdBy: string;
}

/** What the states of the key table mean for a year (Y5); null is over. */
export const YEAR_STATES: Readonly<Record<KeyState, YearState | null>> = {
  pending: 'staged',
  active: 'live',
  retiring: 'retiring',
  retired: null,
};

/** Whether the endpoints of a row's year are open. */
export const isServing = ({ state }: YearRow): boolean => state === 'active' || state === 'retiring';

/** The certificate of a row, DER. */
export const derOf = (row: YearRow): Buffer =>
  Buffer.from((row.certificate ?? '').replace(/-----[^-]+-----|\s/g, ''), 'base64');

/** When the certificate of a row ends. */
export const endOf = (row: YearRow): EpochMs => Date.parse(new X509Certificate(derOf(row)).validTo);

/** What operators are told of a row; null for one that is over. */
export function yearInfo(row: YearRow, held: ReadonlySet<number>): YearInfo | null {
  const state = YEAR_STATES[row.state];
  if (state === null || row.year === null) return null;
  const certificate = new X509Certificate(derOf(row));
  return {
    year: row.year,
    state,
    kid: row.kid,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
    certificateSha256: toHex(sha256(certificate.raw)),
    hold: held.has(row.year),
  };
}

/** A new key for a year with its certificate, the private half sealed (Y2, Y7). */
export async function makeYearRow(
  keys: Keyholder,
  subject: { readonly origin: string; readonly organization: string },
  making: { readonly year: number; readonly state: KeyState; readonly actor: string; readonly now: EpochMs },
): Promise<NewYearRow> {
  const { year, state, actor, now } = making;
  const algorithm = { ...YEAR_RSA, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('key generation gave no pair');
  const [spki, pkcs8, jwk] = await Promise.all([
    crypto.subtle.exportKey('spki', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
    crypto.subtle.exportKey('jwk', pair.publicKey),
  ]);
  if (!(spki instanceof ArrayBuffer) || !(pkcs8 instanceof ArrayBuffer) || jwk instanceof ArrayBuffer)
    throw new Error('key export failed');
  const certificate = await makeCertificate(
    {
      commonName: `${new URL(subject.origin).hostname} SAML ${year}`,
      organization: subject.organization,
      serial: randomBytes(20),
      notBefore: now - CLOCK_SKEW_MS,
      notAfter: Math.max(certificateEnds(year), now + DAY),
      spki: new Uint8Array(spki),
    },
    async (bytes) => new Uint8Array(await crypto.subtle.sign(YEAR_RSA, pair.privateKey, bytes)),
  );
  const kid = toHex(sha256(certificate));
  return {
    kid,
    use: 'saml',
    year,
    alg: 'RS256',
    publicJwk: JSON.stringify({ n: jwk.n, e: jwk.e }),
    certificate: certificatePem(certificate),
    sealed: await keys.seal('signing-key', { owner: `saml/${year}`, record: kid }, new Uint8Array(pkcs8)),
    state,
    createdAt: now,
    activatedAt: state === 'pending' ? null : now,
    createdBy: actor,
  };
}

/** The private key of a row, which cannot be taken out of the isolate. */
export async function unsealYear(keys: Keyholder, row: YearRow): Promise<CryptoKey> {
  const pkcs8 = await keys.open('signing-key', { owner: `saml/${row.year}`, record: row.kid }, row.sealed);
  if (pkcs8 === null) throw new KeysDoNotOpen();
  return crypto.subtle.importKey('pkcs8', pkcs8, YEAR_RSA, false, ['sign']);
}
