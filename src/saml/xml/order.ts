const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Orders by code point, as canonical form does; JavaScript's own order differs above U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    if (isSurrogate(left) !== isSurrogate(right)) return isSurrogate(left) ? 1 : -1;
    return left - right;
  }
  return a.length - b.length;
}

/** Attribute order of canonical form: namespace name first, then local name; no namespace comes before any. */
export const compareAttributes = (
  a: { readonly namespace: string; readonly local: string },
  b: { readonly namespace: string; readonly local: string },
): number => compareCodePoints(a.namespace, b.namespace) || compareCodePoints(a.local, b.local);
