/** What a pasted text holds: the message, and the parameters that came beside it. */
export interface SamlMessage {
  readonly xml: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

const MESSAGE_NAMES = ['SAMLRequest', 'SAMLResponse'];
const MOST_BYTES = 1024 * 1024;

/**
 * Finds the message in an address, a query or form, base64, or XML as it is. Null when there is none. Nothing leaves the
 * browser: messages hold personal data and signed requests can be replayed.
 */
export async function readSamlMessage(pasted: string): Promise<SamlMessage | null> {
  const text = pasted.trim();
  if (text.startsWith('<')) return { xml: text, parameters: [] };
  const parameters = parametersOf(text);
  const encoded = parameters.find(([name]) => MESSAGE_NAMES.includes(name))?.[1] ?? text;
  const bytes = fromBase64(encoded);
  if (bytes === null) return null;
  const xml = new TextDecoder().decode((await inflated(bytes)) ?? bytes).trim();
  return xml.startsWith('<')
    ? { xml, parameters: parameters.filter(([name]) => !MESSAGE_NAMES.includes(name)) }
    : null;
}

function parametersOf(text: string): [string, string][] {
  const query = text.includes('?') ? text.slice(text.indexOf('?') + 1) : text;
  return MESSAGE_NAMES.some((name) => query.includes(`${name}=`)) ? [...new URLSearchParams(query)] : [];
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const unescaped = text.includes('%') ? decodeURIComponentSafely(text) : text;
  const packed = unescaped.replace(/\s+|\\[rn]/g, '').replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]+$/.test(packed) || packed.length > 2 * MOST_BYTES || packed.length % 4 === 1)
    return null;
  return Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** The bytes behind a raw deflate stream; null when it is none, or far larger than any message. */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
      if (size > MOST_BYTES) return null;
    }
  } catch {
    // What came before an Adler trailer is the message all the same.
  }
  if (size === 0) return null;
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** The same XML with a line for each element, for reading alone: white space is added that no signature covers. */
export function indented(xml: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const [token] of xml.matchAll(/<[^>]*>|[^<]+/g)) {
    const text = token.trim();
    if (text === '') continue;
    if (!token.startsWith('<')) {
      lines.push(`${lines.pop() ?? ''}${text}`);
      continue;
    }
    if (token.startsWith('</')) {
      depth -= 1;
      const open = lines.at(-1) ?? '';
      const isShort =
        new RegExp(`^\\s*<${escaped(text.slice(2, -1).trim())}[\\s>]`).test(open) && !open.includes('</');
      if (isShort) lines.push(`${lines.pop() ?? ''}${text}`);
      else lines.push(`${'  '.repeat(Math.max(depth, 0))}${text}`);
      continue;
    }
    lines.push(`${'  '.repeat(Math.max(depth, 0))}${text}`);
    if (!text.endsWith('/>') && !text.startsWith('<?') && !text.startsWith('<!')) depth += 1;
  }
  return lines.join('\n');
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
