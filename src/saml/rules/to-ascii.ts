/** Letters that do not come apart into a plain letter and a mark. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['ẞ', 'SS'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ð', 'd'],
  ['Ð', 'D'],
  ['þ', 'th'],
  ['Þ', 'Th'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['ħ', 'h'],
  ['Ħ', 'H'],
  ['ı', 'i'],
  ['ŋ', 'n'],
  ['Ŋ', 'N'],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['–', '-'],
  ['—', '-'],
]);

/** B3, AT-5: text in ASCII for systems that store nothing else: marks fall away, what has no likeness becomes `?`. */
export const toAscii = (text: string): string =>
  [...text.normalize('NFKD')]
    .map((character) => {
      if (/\p{M}/u.test(character)) return '';
      if ((character.codePointAt(0) ?? 0) < 128) return character;
      return LETTERS.get(character) ?? '?';
    })
    .join('');
