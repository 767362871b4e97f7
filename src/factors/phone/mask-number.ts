import type { E164 } from './model.ts';

/** A number as somebody may see it who is not past the second factor: the last four digits only (PH-3). */
export const maskNumber = (number: E164): string => `*** *** ${number.slice(-4)}`;

/** A number in groups, for its owner's own pages: `+1 202 555 0143`. */
export function groupNumber(number: E164, code: string): string {
  const national = number.slice(1 + code.length);
  const head = national.slice(0, -4).match(/.{1,3}/g) ?? [];
  return ['+'.concat(code), ...head, national.slice(-4)].join(' ');
}
