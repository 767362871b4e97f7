import { nanpCountry } from './nanp-countries.ts';

/**
 * Calling codes of several countries: the one a number is taken for unless its digits tell of another. Where they cannot
 * tell (Saint Barthélemy and Saint Martin from Guadeloupe) it is the first for all.
 */
const SHARED: Readonly<Record<string, readonly [string, ...(readonly (readonly [RegExp, string])[])]>> = {
  7: ['RU', [/^[67]/, 'KZ']],
  39: ['IT', [/^06698/, 'VA']],
  44: [
    'GB',
    [/^(?:1481|7(?:781|839|911[17]))/, 'GG'],
    [/^(?:1534|7(?:509|700[378]|797|829|937))/, 'JE'],
    [/^(?:1624|7(?:4576|[59]24|624))/, 'IM'],
  ],
  47: ['NO', [/^79/, 'SJ']],
  61: ['AU', [/^89162/, 'CC'], [/^89164/, 'CX']],
  262: ['RE', [/^(?:269|639|70[89])/, 'YT']],
  358: ['FI', [/^18/, 'AX']],
  590: ['GP'],
  599: ['BQ', [/^9/, 'CW']],
};

/**
 * The country of a number whose calling code several share, by its digits alone: what somebody picked from a list must
 * not decide whose limits a number counts at. Null for a code of one country.
 */
export function sharedCodeCountry(code: string, national: string): string | null {
  if (code === '1') return nanpCountry(national);
  const shared = SHARED[code];
  if (shared === undefined) return null;
  const [usual, ...others] = shared;
  return others.find(([digits]) => digits.test(national))?.[1] ?? usual;
}
