import { toBase64Url, utf8 } from '../../kernel/bytes.ts';
import { inGroupsOfFour, randomCrockford, readCrockford } from '../../kernel/crockford.ts';
import type { RandomBytes } from '../../kernel/ports.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { Scrypt, ScryptParams } from '../../kernel/scrypt.ts';
import type { KeyedDigest } from '../keyed-digest.ts';

/** Codes in a set (BC-1, `backup_codes.count`). */
export const BACKUP_CODE_COUNT = 10;
/** Characters of a code: 12 of five bits, 60 bits of chance (BC-1). */
export const BACKUP_CODE_LENGTH = 12;
/** Bytes of the salt that the ten codes of one set share. */
export const BACKUP_CODE_SALT_BYTES = 16;

/** How codes of a new set are stretched; see docs/decisions/backup-codes.md for why this suffices. */
export const BACKUP_CODE_STRETCH: ScryptParams = { N: 1024, r: 8, p: 1, length: 32 };
/** The cost of sets taken over from the reference (`scrypt.backup_code`). */
export const IMPORTED_BACKUP_CODE_STRETCH: ScryptParams = { N: 8192, r: 8, p: 1, length: 32 };

declare const backupCode: unique symbol;
/** Twelve Crockford characters, normalised. */
export type BackupCode = string & { readonly [backupCode]: true };
/** The brand's one maker: every caller below made or checked the twelve characters. */
const brand = (code: string): BackupCode => code as BackupCode;

/** Reads what somebody typed: any case, with or without dashes and spaces, O as zero, I and L as one (BC-1). */
export function readBackupCode(input: string): Result<BackupCode, { readonly reason: 'malformed' }> {
  const code = readCrockford(input, BACKUP_CODE_LENGTH);
  return code === null ? err({ reason: 'malformed' }) : ok(brand(code));
}

/** Ten fresh codes (BC-1); show them once with `showBackupCode`, keep only their lookups. */
export const generateBackupCodes = (random: RandomBytes): readonly BackupCode[] =>
  Array.from({ length: BACKUP_CODE_COUNT }, () => brand(randomCrockford(random, BACKUP_CODE_LENGTH)));

/** `XXXX-XXXX-XXXX`, the form people see (BC-1). */
export const showBackupCode = (code: BackupCode): string => inGroupsOfFour(code);

/**
 * A code stretched with the salt of its set: the slow half of its stored form (BC-3). Since the set shares one salt, a
 * sign-in costs one scrypt however many codes are left.
 */
export const hashBackupCode = (
  code: BackupCode,
  salt: Uint8Array,
  scrypt: Scrypt,
  stretch: ScryptParams = BACKUP_CODE_STRETCH,
): Promise<Uint8Array> => scrypt(utf8(code), salt, stretch);

/**
 * What is stored for a stretched code and looked up at sign-in (BC-3): its keyed digest. A caller that also holds
 * earlier keys stretches once and asks for one lookup per key.
 */
export const backupCodeLookup = (stretched: Uint8Array, digest: KeyedDigest): string =>
  digest(toBase64Url(stretched));

/** A new set: the codes to show once, the salt, cost and lookups to store, in the order of the codes (BC-1, BC-3). */
export interface BackupCodeSet {
  readonly codes: readonly BackupCode[];
  readonly salt: Uint8Array;
  readonly stretch: ScryptParams;
  readonly lookups: readonly string[];
}

/** Makes a set. Codes are stretched one after another, so that memory stays that of one scrypt. */
export async function makeBackupCodeSet(
  random: RandomBytes,
  scrypt: Scrypt,
  digest: KeyedDigest,
  stretch: ScryptParams = BACKUP_CODE_STRETCH,
): Promise<BackupCodeSet> {
  const codes = generateBackupCodes(random);
  const salt = random(BACKUP_CODE_SALT_BYTES);
  const lookups: string[] = [];
  for (const code of codes)
    lookups.push(backupCodeLookup(await hashBackupCode(code, salt, scrypt, stretch), digest));
  return { codes, salt, stretch, lookups };
}
