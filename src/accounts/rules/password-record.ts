import { hkdfSync } from 'node:crypto';
import { utf8 } from '../../kernel/bytes.ts';
import { equalSecrets, hmacSha256 } from '../../kernel/crypto.ts';
import type { RandomBytes } from '../../kernel/ports.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { Scrypt } from '../../kernel/scrypt.ts';
import { normalisePassword } from './password-text.ts';

/** scrypt cost as PHC strings write it: `ln` is the binary logarithm of N. */
export interface PasswordCost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** The cost of new records: 16 MiB and five passes, so that parallel sign-ins fit one isolate (docs/decisions/password-derivation.md). */
export const PASSWORD_COST: PasswordCost = { ln: 14, r: 8, p: 5 };

/**
 * How one password is hashed. `v` 1 is ours: peppered, normalised, one scrypt split by HKDF. `v` 0 is imported: the
 * verifier is scrypt of the password as typed, and there is no data key.
 */
export type PasswordRecord = OwnPasswordRecord | ImportedPasswordRecord;

export interface OwnPasswordRecord extends PasswordCost {
  readonly v: 1;
  readonly salt: Uint8Array;
  /** Which pepper was mixed in; null where the deployment had none. */
  readonly pepperVersion: number | null;
}

export interface ImportedPasswordRecord extends PasswordCost {
  readonly v: 0;
  readonly salt: Uint8Array;
  readonly pepperVersion: null;
}

/** What a new record should look like today. */
export interface PasswordStandard extends PasswordCost {
  readonly pepperVersion: number | null;
}

/** One scrypt's worth of keys (PI-13): what is compared, and what opens the person's data; null for imported records. */
export interface PasswordKeys {
  readonly verifier: Uint8Array;
  readonly dataKey: Uint8Array | null;
}

const SALT_BYTES = 16;
const STRETCHED_BYTES = 64;
const KEY_BYTES = 32;
const NO_SALT = new Uint8Array(0);

/** A record for a new password: fresh salt, today's standard. */
export const newPasswordRecord = (
  random: RandomBytes,
  { ln, r, p, pepperVersion }: PasswordStandard,
): OwnPasswordRecord => ({
  v: 1,
  ln,
  r,
  p,
  salt: random(SALT_BYTES),
  pepperVersion,
});

/** The pepper of a version, or null when the deployment does not have it. */
export type FindPepper = (version: number) => Uint8Array | null;

/**
 * Derives the keys of a typed password: scrypt(HMAC-SHA-256(pepper, NFC password), salt) to 64 bytes, then
 * HKDF-SHA-256 (RFC 5869) under the labels `verify` and `data`, 32 bytes each. Null when the input is too long to be
 * any password; nothing is hashed then. A pepper that is gone is a fault and throws: no password could be right.
 */
export async function derivePassword(
  typed: string,
  record: PasswordRecord,
  scrypt: Scrypt,
  findPepper: FindPepper,
): Promise<PasswordKeys | null> {
  const password = normalisePassword(typed);
  if (password === null) return null;
  const cost = { N: 2 ** record.ln, r: record.r, p: record.p };
  if (record.v === 0) {
    return {
      verifier: await scrypt(utf8(typed), record.salt, { ...cost, length: KEY_BYTES }),
      dataKey: null,
    };
  }
  const { pepperVersion } = record;
  const pepper = pepperVersion === null ? null : findPepper(pepperVersion);
  if (pepper === null && pepperVersion !== null) throw new Error(`pepper ${pepperVersion} is missing`);
  const input = pepper === null ? utf8(password) : hmacSha256(pepper, utf8(password));
  const stretched = await scrypt(input, record.salt, { ...cost, length: STRETCHED_BYTES });
  return { verifier: expand(stretched, 'verify'), dataKey: expand(stretched, 'data') };
}

const expand = (stretched: Uint8Array, label: 'verify' | 'data'): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', stretched, NO_SALT, utf8(label), KEY_BYTES));

export interface PasswordProof {
  readonly keys: PasswordKeys;
  /** Replace the record now that the password is at hand (SI-4). */
  readonly rehash: boolean;
}

/** Compares a typed password with an opened verifier, in constant time. `standard` decides whether to rehash. */
export async function verifyPassword(
  typed: string,
  record: PasswordRecord,
  verifier: Uint8Array,
  standard: PasswordStandard,
  ports: { readonly scrypt: Scrypt; readonly findPepper: FindPepper },
): Promise<Result<PasswordProof, { readonly reason: 'mismatch' }>> {
  const keys = await derivePassword(typed, record, ports.scrypt, ports.findPepper);
  if (keys === null || !equalSecrets(keys.verifier, verifier)) return err({ reason: 'mismatch' });
  return ok({ keys, rehash: needsRehash(record, standard) });
}

/** Whether a record was made differently from how one would be made today. */
export const needsRehash = (record: PasswordRecord, standard: PasswordStandard): boolean =>
  record.v !== 1 ||
  record.ln !== standard.ln ||
  record.r !== standard.r ||
  record.p !== standard.p ||
  record.pepperVersion !== standard.pepperVersion;
