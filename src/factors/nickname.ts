import { err, ok, type Result } from '../kernel/result.ts';

/** Code points of a nickname (`nickname.max`). */
export const NICKNAME_MAX = 80;

const CONTROL = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/gu;

export type NicknameRefusal = { readonly reason: 'missing' | 'too_long' | 'taken' };

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * A nickname as stored: NFC, no control or invisible format characters, runs of space joined, at most 80 code points
 * and different, apart from case, from the person's other names of the same type (`taken`).
 */
export function checkNickname(input: string, taken: readonly string[]): Result<string, NicknameRefusal> {
  if (input.length > NICKNAME_MAX * 8) return err({ reason: 'too_long' });
  const visible = input.replace(/\s/g, ' ').replace(CONTROL, '');
  const name = visible.replace(/ +/g, ' ').normalize('NFC').trim();
  if (name === '') return err({ reason: 'missing' });
  if ([...name].length > NICKNAME_MAX) return err({ reason: 'too_long' });
  return taken.some((other) => sameName(other, name)) ? err({ reason: 'taken' }) : ok(name);
}

/** A name for a platform credential, from browser and system, with ` (n)` when it clashes (WA-3). */
export function nameNobodyTook(base: string, taken: readonly string[]): string {
  const room = NICKNAME_MAX - 6;
  const stem = [...base].slice(0, room).join('').trim();
  const isTaken = (name: string): boolean => taken.some((other) => sameName(other, name));
  let name = stem;
  for (let n = 2; isTaken(name); n += 1) name = `${stem} (${n})`;
  return name;
}
