/** Characters up to white space, quotes, or punctuation that no address has unescaped. */
const LINK = /https?:\/\/[^\s<>"“”。，、；：！？（）《》「」]+/gu;
/** Punctuation that ends a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}'’]+$/u;

/** The absolute addresses written out in a text, each once, in order. */
export function linksIn(text: string): readonly string[] {
  const found = [...text.matchAll(LINK)].map(([link]) => link.replace(TRAILING, ''));
  return [...new Set(found)].filter((link) => URL.canParse(link));
}
