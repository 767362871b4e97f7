const START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const PART = `${START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}`;
const QNAME = new RegExp(`^[${START}][${PART}]*(?::[${START}][${PART}]*)?$`, 'u');
/** Nearly every name; the longer expression is several times slower. */
const ASCII_QNAME = /^[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?$/;

/** A qualified name taken apart; `prefix` is empty when there is none. */
export type QualifiedName = { readonly qualified: string; readonly prefix: string; readonly local: string };

/** Takes `prefix:local` or `local` apart; null when it is neither. */
export function parseQualifiedName(qualified: string): QualifiedName | null {
  if (!ASCII_QNAME.test(qualified) && !QNAME.test(qualified)) return null;
  const colon = qualified.indexOf(':');
  if (colon < 0) return { qualified, prefix: '', local: qualified };
  return { qualified, prefix: qualified.slice(0, colon), local: qualified.slice(colon + 1) };
}

/** Tab, LF, CR, space, quotes, `/`, `<`, `=`, `>` and `&` end a name; whether the rest is a name is asked once per name. */
const ENDS_NAME = new Uint8Array(128);
for (const end of '\t\n\r "\'/<=>&') ENDS_NAME[end.charCodeAt(0)] = 1;

/** Where the name starting at `from` ends: the first character that cannot be in a name, or `from + most + 1`. */
export function endOfName(text: string, from: number, most: number): number {
  const stop = Math.min(text.length, from + most + 1);
  let at = from;
  while (at < stop) {
    const unit = text.charCodeAt(at);
    if (unit < 128 && ENDS_NAME[unit] === 1) break;
    at += 1;
  }
  return at;
}

/**
 * A namespace name must be an absolute URI in plain ASCII without `&`: canonical form of relative ones is undefined
 * (Exclusive XML Canonicalization section 1.3), and libraries differ about the rest (libxml2 leaves `&` unescaped).
 */
const HOST = "[A-Za-z0-9._~!$'()*+,;=%-]+(?::[0-9]{1,5})?(?=[/?#]|$)";
const REST = "[A-Za-z0-9._~:/?@!$'()*+,;=%-]*";
const ABSOLUTE_URI = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:(?:\\/\\/${HOST}|(?!\\/\\/|$))${REST}(?:#${REST})?$`,
);
const STRAY_PERCENT = /%(?![0-9A-Fa-f]{2})/;
export const isNamespaceName = (uri: string): boolean => ABSOLUTE_URI.test(uri) && !STRAY_PERCENT.test(uri);
