import { concat, fromUtf8 } from '../../kernel/bytes.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

/** A CBOR item as authenticators write it. Whole numbers fit in a double; anything larger is refused. */
export type CborValue =
  | number
  | string
  | boolean
  | null
  | Uint8Array<ArrayBuffer>
  | readonly CborValue[]
  | CborMap;
export type CborMap = ReadonlyMap<number | string, CborValue>;

export type CborRefusal = {
  readonly reason: /** It ends before it should. */
    | 'truncated'
    /** Floating point, tags, indefinite lengths, undefined, huge numbers: nothing an authenticator sends. */
    | 'unsupported'
    | 'too_deep'
    | 'too_many_items'
    | 'bad_text'
    /** A map with one key twice, or with a key that is neither number nor text. */
    | 'bad_key';
};

/** CTAP2 canonical CBOR nests four levels; attestation statements of other makers may go a little deeper. */
const MAX_DEPTH = 8;
const MAX_ITEMS = 512;

type Read<T> = Result<{ readonly value: T; readonly end: number }, CborRefusal>;

/**
 * Reads the first CBOR item (RFC 8949, the subset of CTAP2) at `start` and tells where it ends; what follows is the
 * caller's business. Byte strings are copies.
 */
export function readCbor(bytes: Uint8Array, start = 0): Read<CborValue> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let items = 0;

  const size = (at: number, info: number): Read<number> => {
    if (info < 24) return ok({ value: info, end: at });
    if (info > 27) return err({ reason: 'unsupported' });
    const width = 1 << (info - 24);
    if (at + width > bytes.length) return err({ reason: 'truncated' });
    if (width === 8) {
      const value = view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
      return Number.isSafeInteger(value) ? ok({ value, end: at + 8 }) : err({ reason: 'unsupported' });
    }
    const value = width === 1 ? view.getUint8(at) : width === 2 ? view.getUint16(at) : view.getUint32(at);
    return ok({ value, end: at + width });
  };

  const item = (at: number, depth: number): Read<CborValue> => {
    items += 1;
    if (items > MAX_ITEMS) return err({ reason: 'too_many_items' });
    if (depth > MAX_DEPTH) return err({ reason: 'too_deep' });
    const first = bytes[at];
    if (first === undefined) return err({ reason: 'truncated' });
    const major = first >> 5;
    if (major === 7) return simple(first & 31, at + 1);
    const head = size(at + 1, first & 31);
    if (!head.ok) return head;
    const { value: count, end } = head.value;
    switch (major) {
      case 0:
        return ok({ value: count, end });
      case 1:
        return ok({ value: -1 - count, end });
      case 2:
      case 3: {
        if (count > bytes.length - end) return err({ reason: 'truncated' });
        const content = concat(bytes.subarray(end, end + count));
        const value = major === 2 ? content : fromUtf8(content);
        return value === null ? err({ reason: 'bad_text' }) : ok({ value, end: end + count });
      }
      case 4:
        return list(end, count, depth);
      case 5:
        return map(end, count, depth);
      default:
        return err({ reason: 'unsupported' });
    }
  };

  const list = (start: number, count: number, depth: number): Read<readonly CborValue[]> => {
    const value: CborValue[] = [];
    let end = start;
    for (let n = 0; n < count; n += 1) {
      const read = item(end, depth + 1);
      if (!read.ok) return read;
      value.push(read.value.value);
      end = read.value.end;
    }
    return ok({ value, end });
  };

  const map = (start: number, count: number, depth: number): Read<CborMap> => {
    const value = new Map<number | string, CborValue>();
    let end = start;
    for (let n = 0; n < count; n += 1) {
      const key = item(end, depth + 1);
      if (!key.ok) return key;
      const name = key.value.value;
      if ((typeof name !== 'number' && typeof name !== 'string') || value.has(name)) {
        return err({ reason: 'bad_key' });
      }
      const read = item(key.value.end, depth + 1);
      if (!read.ok) return read;
      value.set(name, read.value.value);
      end = read.value.end;
    }
    return ok({ value, end });
  };

  return item(start, 1);
}

function simple(info: number, end: number): Read<CborValue> {
  if (info === 20 || info === 21) return ok({ value: info === 21, end });
  return info === 22 ? ok({ value: null, end }) : err({ reason: 'unsupported' });
}

/** Whether an item is a map, which arrays and byte strings are not. */
export const isCborMap = (value: CborValue | undefined): value is CborMap => value instanceof Map;
