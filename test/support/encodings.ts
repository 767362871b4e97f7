const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * The base64 texts that any longer base64 text has inside it when the bytes are somewhere within what it encodes: one
 * for each of the three alignments, without the characters that the neighbours have a part in.
 */
function base64Within(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2].map((lead) => {
    const padded = new Uint8Array(lead + bytes.length);
    padded.set(bytes, lead);
    const text = btoa(latin1(padded)).replace(/=+$/, '');
    const start = lead === 0 ? 0 : lead + 1;
    return text.slice(start, Math.floor((padded.length * 4) / 3));
  });
}

/** How a secret could stand in a store or a log: raw, in hex, in base64 and base64url at any alignment. */
export function encodingsOf(secret: string | Uint8Array): readonly string[] {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  const base64 = base64Within(bytes);
  const raw = typeof secret === 'string' ? [secret, encodeURIComponent(secret)] : [latin1(bytes)];
  const all = [
    ...raw,
    hexOf(bytes),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return [...new Set(all.map((text) => text.toLowerCase()))];
}

/** Everything within a value as lines of text; bytes as hex, as base64 and as characters. */
export function textsIn(value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  if (value instanceof ArrayBuffer) return textsIn(new Uint8Array(value));
  if (value instanceof Uint8Array) return [latin1(value), hexOf(value), btoa(latin1(value))];
  if (value instanceof Map) return [...value].flatMap(textsIn);
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, part]) => [key, ...textsIn(part)]);
  return [String(value)];
}
