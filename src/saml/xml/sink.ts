import { escapeAttribute, escapeText } from './escape.ts';

/**
 * Bytes being written. Short strings, which is nearly all of a document, are copied character by character: that
 * makes no intermediate strings, and so no work for the garbage collector while large trees are alive.
 */
export type Sink = { bytes: Uint8Array<ArrayBuffer>; length: number };

const encoder = new TextEncoder();
const FIRST_SIZE = 8192;
/** Up to this length copying by hand is quicker than handing the string to the encoder. */
const SHORT = 64;

/** An empty sink. */
export const createSink = (): Sink => ({ bytes: new Uint8Array(FIRST_SIZE), length: 0 });

/** What has been written so far. */
export const writtenTo = (sink: Sink): Uint8Array<ArrayBuffer> => sink.bytes.subarray(0, sink.length);

/** What may not stand in the text or attribute value being copied: 1 marks a character that is written as a reference. */
const special = (characters: string): Uint8Array => {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
};
const IN_MARKUP = special('');
const IN_TEXT = special('&<>\r');
const IN_ATTRIBUTE = special('&<"\t\n\r');

/** Writes markup as it is. */
export function putMarkup(sink: Sink, text: string): void {
  if (!copied(sink, text, IN_MARKUP)) encoded(sink, text);
}

/** Writes text, escaped as canonical form has it. */
export function putText(sink: Sink, text: string): void {
  if (!copied(sink, text, IN_TEXT)) encoded(sink, escapeText(text));
}

/** Writes an attribute value, escaped as canonical form has it, without its quotes. */
export function putAttribute(sink: Sink, value: string): void {
  if (!copied(sink, value, IN_ATTRIBUTE)) encoded(sink, escapeAttribute(value));
}

/** Copies a short string of plain ASCII; false, and nothing written, when it is anything else. */
function copied(sink: Sink, text: string, isSpecial: Uint8Array): boolean {
  const size = text.length;
  if (size > SHORT) return false;
  makeRoom(sink, size);
  const { bytes, length } = sink;
  for (let i = 0; i < size; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 127 || isSpecial[unit] === 1) return false;
    bytes[length + i] = unit;
  }
  sink.length = length + size;
  return true;
}

function encoded(sink: Sink, text: string): void {
  makeRoom(sink, text.length * 3);
  sink.length += encoder.encodeInto(text, sink.bytes.subarray(sink.length)).written;
}

function makeRoom(sink: Sink, more: number): void {
  const needed = sink.length + more;
  if (needed <= sink.bytes.length) return;
  const larger = new Uint8Array(Math.max(needed, sink.bytes.length * 2));
  larger.set(writtenTo(sink));
  sink.bytes = larger;
}
