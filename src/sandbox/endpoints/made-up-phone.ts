import type { E164 } from '../../factors/phone/model.ts';
import { readE164 } from '../../factors/phone/read-number.ts';
import { uniformInt } from '../../kernel/uniform-int.ts';

/** Area codes of the larger cities; with each, 555-0100 to 555-0199 are kept free for fiction. */
const AREAS = [
  202, 206, 212, 213, 214, 215, 216, 303, 305, 310, 312, 313, 314, 404, 405, 408, 410, 412, 415, 502, 503,
  504, 505, 512, 602, 612, 615, 617, 619, 702, 704, 713, 801, 804, 808, 813, 816, 901, 904, 907, 913, 916,
  919,
] as const;

/** A number nobody has, for a test account: no message to it can reach anybody. */
export function madeUpPhone(random: (length: number) => Uint8Array<ArrayBuffer>): E164 {
  const area = AREAS[uniformInt(random, AREAS.length)] ?? 202;
  const line = 100 + uniformInt(random, 100);
  const number = readE164(`+1${area}5550${line}`);
  if (number === null) throw new Error('a made-up number must follow its plan');
  return number.e164;
}
