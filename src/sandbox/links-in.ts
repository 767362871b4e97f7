const LINK = /https?:\/\/[^\s<>"]+/g;
/** Punctuation that ends a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}'’”。，；：！？）」》]+$/u;

/** The absolute addresses written out in a text, each once, in order. */
export function linksIn(text: string): readonly string[] {
  const found = [...text.matchAll(LINK)].map(([link]) => link.replace(TRAILING, ''));
  return [...new Set(found)].filter((link) => URL.canParse(link));
}
