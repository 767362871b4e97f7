import { concat, toHex } from '../../kernel/bytes.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import { asUuidBytes, uuidText } from './uuid.ts';

/** Keyed tag over a text; at least 8 bytes, the same for the same text. */
export type Tag = (text: string) => Uint8Array;

const HALF = 8;
const SESSION_INDEX = /^_([0-9a-f]{8})-([0-9a-f]{4})-(4[0-9a-f]{3})-([89ab][0-9a-f]{3})-([0-9a-f]{12})$/;

/**
 * SAML Core section 2.7.2, P12, F4: an assertion's ID, which is its SessionIndex too. One half is random, the other a
 * keyed tag over that half and the session, so that the index recognises its session later and nothing is stored.
 * `random` holds at least 8 bytes; the answer is spelled like any version 4 UUID.
 */
export function sessionIndex(random: Uint8Array, session: string, tag: Tag): string {
  const head = asUuidBytes(concat(random.subarray(0, HALF), new Uint8Array(HALF))).subarray(0, HALF);
  return `_${uuidText(asUuidBytes(concat(head, tailOf(head, session, tag))))}`;
}

const tailOf = (head: Uint8Array, session: string, tag: Tag): Uint8Array =>
  tag(`${toHex(head)}.${session}`).subarray(0, HALF);

/** Whether an index was given out for this session. Texts that are no index of ours belong to none. */
export function isIndexOf(index: string, session: string, tag: Tag): boolean {
  const parts = SESSION_INDEX.exec(index);
  if (parts === null) return false;
  const head = new Uint8Array(Buffer.from(parts.slice(1, 4).join(''), 'hex'));
  return equalSecrets(index, sessionIndex(head, session, tag));
}
