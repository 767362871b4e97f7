const SPACE = '[ \\t\\n]';
const EQUALS = `${SPACE}*=${SPACE}*`;
/** XML 1.0 section 2.8, version 1.0 and UTF-8 only (saml X1). */
const DECLARATION = new RegExp(
  `^<\\?xml${SPACE}+version${EQUALS}(?:"1\\.0"|'1\\.0')` +
    `(?:${SPACE}+encoding${EQUALS}(?:"[Uu][Tt][Ff]-8"|'[Uu][Tt][Ff]-8'))?` +
    `(?:${SPACE}+standalone${EQUALS}(?:"(?:yes|no)"|'(?:yes|no)'))?${SPACE}*\\?>`,
);
const LONGEST_DECLARATION = 256;
const BYTE_ORDER_MARK = 0xfeff;

/** Where the text starts after one byte order mark and an XML declaration; null when the declaration is not ours. */
export function endOfProlog(text: string): number | null {
  const start = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  if (!/^<\?xml[ \t\n?]/.test(text.slice(start, start + 6))) return start;
  const declaration = DECLARATION.exec(text.slice(start, start + LONGEST_DECLARATION));
  return declaration === null ? null : start + declaration[0].length;
}
