import { utf8 } from '../../kernel/bytes.ts';
import type { Scrypt, ScryptParams } from '../../kernel/scrypt.ts';
import type { PersonalKey } from '../model.ts';

/** Bytes of the salt of one wrap. */
export const PERSONAL_KEY_SALT_BYTES = 16;

/**
 * The cost of a try at a personal key. Its 80 random bits cannot be searched at any cost; the stretching is for whoever
 * holds both a dump and the root and hopes for a weak source of chance (docs/decisions/data-key.md).
 */
export const PERSONAL_KEY_STRETCH: ScryptParams = { N: 8192, r: 8, p: 1, length: 32 };

/** A personal key stretched with the salt of its wrap (PI-15). */
export const stretchPersonalKey = (key: PersonalKey, salt: Uint8Array, scrypt: Scrypt): Promise<Uint8Array> =>
  scrypt(utf8(key), salt, PERSONAL_KEY_STRETCH);
