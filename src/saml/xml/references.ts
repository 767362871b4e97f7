import type { XmlReason } from './refusal.ts';

const PREDEFINED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
/** Long enough for `#x10FFFF` with a few leading zeros; more is nobody's honest spelling. */
const LONGEST_REFERENCE = 12;
const DECIMAL = /^#[0-9]+$/;
const HEXADECIMAL = /^#x[0-9A-Fa-f]+$/;

/** The Char production of XML 1.0. */
export const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

/** Any character XML 1.0 forbids, lone surrogates aside: those cannot come out of UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
export const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/**
 * Resolves each reference once (saml X3): the five predefined entities and numbers of legal characters.
 * Returns the text, or the reason it is refused.
 */
export function resolveReferences(raw: string): { readonly text: string } | XmlReason {
  let text = '';
  let from = 0;
  for (let at = raw.indexOf('&'); at >= 0; at = raw.indexOf('&', from)) {
    const window = raw.slice(at + 1, at + 2 + LONGEST_REFERENCE);
    const length = window.indexOf(';');
    if (length < 0) return window.startsWith('#') ? 'bad_character_reference' : 'unknown_entity';
    const name = window.slice(0, length);
    const character = name.startsWith('#') ? numbered(name) : PREDEFINED.get(name);
    if (character === undefined) return name.startsWith('#') ? 'bad_character_reference' : 'unknown_entity';
    text += raw.slice(from, at) + character;
    from = at + length + 2;
  }
  return { text: text + raw.slice(from) };
}

function numbered(name: string): string | undefined {
  const code = HEXADECIMAL.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : DECIMAL.test(name)
      ? Number.parseInt(name.slice(1), 10)
      : -1;
  return isXmlCharacter(code) ? String.fromCodePoint(code) : undefined;
}
