import { fromUtf8, toHex } from '../../kernel/bytes.ts';
import { type DerElement, readElements, readInside, readOid, TAG } from './der.ts';

/** One relative name: its attributes, most often a single one. */
type RelativeName = readonly { readonly type: string; readonly value: string }[];

/** A distinguished name in three forms. */
export interface DistinguishedName {
  /** As encoded, for exact comparison along a chain. */
  readonly der: Uint8Array;
  /** RFC 4514: the last relative name first, separated by commas. What apps are told. */
  readonly text: string;
  /** The same for two spellings of one name (RFC 5280 section 7.1): case and runs of space do not count. */
  readonly key: string;
  /** Keys of the relative names, first one first, to tell whether a name lies in a subtree. */
  readonly parts: readonly string[];
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
};

const UTF8_STRING = 0x0c;
const BMP_STRING = 0x1e;
/** NumericString, PrintableString, TeletexString, IA5String: one byte, one character. */
const BYTE_STRINGS: ReadonlySet<number> = new Set([0x12, 0x13, 0x14, 0x16]);

function textIn({ tag, content, whole }: DerElement): string | null {
  if (tag === UTF8_STRING) return fromUtf8(content);
  if (BYTE_STRINGS.has(tag)) return String.fromCharCode(...content);
  if (tag !== BMP_STRING) return `#${toHex(whole)}`;
  if (content.length % 2 !== 0) return null;
  let text = '';
  for (let i = 0; i < content.length; i += 2)
    text += String.fromCharCode((content[i] ?? 0) * 256 + (content[i + 1] ?? 0));
  return text;
}

function readRelative({ tag, content }: DerElement): RelativeName | null {
  const pairs = tag === TAG.set ? readElements(content, 8) : null;
  if (pairs === null || pairs.length === 0) return null;
  const found: { type: string; value: string }[] = [];
  for (const pair of pairs) {
    const [type, value, ...more] = readElements(pair.content, 4) ?? [];
    if (pair.tag !== TAG.sequence || type?.tag !== TAG.oid || value === undefined || more.length > 0)
      return null;
    const oid = readOid(type.content);
    const text = value.content.length > 1024 ? null : textIn(value);
    if (oid === null || text === null) return null;
    found.push({ type: oid, value: text });
  }
  return found;
}

/** RFC 4514 section 2.4. */
const escaped = (value: string): string =>
  value
    .replace(/[\\",+;<>]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replaceAll('\u0000', '\\00');

const foldOf = (value: string): string => value.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
const keyOf = (relative: RelativeName): string =>
  JSON.stringify(relative.map(({ type, value }) => [type, foldOf(value)]).sort());

/** Reads a Name (RFC 5280 section 4.1.2.4); null when malformed or longer than anybody's name is. */
export function readName(der: Uint8Array): DistinguishedName | null {
  const sets = der.length > 4096 ? null : readInside(der, TAG.sequence, 32);
  if (sets === null) return null;
  const relatives: RelativeName[] = [];
  for (const set of sets) {
    const relative = readRelative(set);
    if (relative === null) return null;
    relatives.push(relative);
  }
  const text = [...relatives]
    .reverse()
    .map((relative) =>
      relative.map(({ type, value }) => `${SHORT_NAMES[type] ?? type}=${escaped(value)}`).join('+'),
    )
    .join(',');
  const parts = relatives.map(keyOf);
  return { der, text, key: parts.join(','), parts };
}
