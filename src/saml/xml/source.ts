import { type Bindings, createBindings } from './bindings.ts';
import type { ReaderRules } from './limits.ts';
import { parseQualifiedName, type QualifiedName } from './names.ts';
import type { XmlReason } from './refusal.ts';
import type { NamespaceDeclaration, XmlAttribute } from './tree.ts';

/** What an element without attributes has. */
export const NONE: readonly never[] = Object.freeze([]);

/** Slots for names met lately; a power of two. */
const RECENT = 128;

/** The text being read, how far, and what has been seen. Internal to the reader. */
export type Source = {
  readonly text: string;
  readonly rules: ReaderRules;
  /** Names met lately, by a few bits of their spelling: most names repeat, and a document may hold any number. */
  readonly recentNames: (QualifiedName | undefined)[];
  readonly bindings: Bindings;
  readonly ids: Set<string>;
  /** Declarations lately met alone on an element, by prefix: documents repeat them on every element. */
  readonly repeated: Map<string, readonly NamespaceDeclaration[]>;
  /** The names and values of the tag being read: `attributeCount` of them, the rest is left from earlier tags. */
  readonly attributeNames: QualifiedName[];
  readonly attributeValues: string[];
  attributeCount: number;
  /** Room to collect a tag's attributes in before they are copied. */
  readonly attributes: XmlAttribute[];
  /** What the tag just read declares and says, and whether it is its own end tag. */
  tagDeclarations: readonly NamespaceDeclaration[];
  tagAttributes: readonly XmlAttribute[];
  tagIsEmpty: boolean;
  pos: number;
  elements: number;
  declarations: number;
  failure: { readonly reason: XmlReason; readonly at: number } | null;
  lessThan: number;
  ampersand: number;
  tab: number;
  lineFeed: number;
  cdataEnd: number;
};

/** Starts at the beginning of a text whose line ends are normalised. */
export const createSource = (text: string, rules: ReaderRules): Source => ({
  text,
  rules,
  recentNames: new Array(RECENT).fill(undefined),
  bindings: createBindings(),
  ids: new Set(),
  repeated: new Map(),
  attributeNames: [],
  attributeValues: [],
  attributeCount: 0,
  attributes: [],
  tagDeclarations: NONE,
  tagAttributes: NONE,
  tagIsEmpty: false,
  pos: 0,
  elements: 0,
  declarations: 0,
  failure: null,
  lessThan: -1,
  ampersand: -1,
  tab: -1,
  lineFeed: -1,
  cdataEnd: -1,
});

/** Notes why reading stops and returns null, so that `return fail(...)` reads as what it does. */
export function fail(source: Source, reason: XmlReason, at: number): null {
  source.failure ??= { reason, at };
  return null;
}

const find = (text: string, what: string, from: number): number => {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
};

/*
 * Each of these answers "where is the next one at or after `from`", remembering the last answer. As `from` only
 * moves forward, the searches together pass over the text once, whatever the document looks like.
 */
export const nextLessThan = (s: Source, from: number): number => {
  if (s.lessThan < from) s.lessThan = find(s.text, '<', from);
  return s.lessThan;
};
export const nextAmpersand = (s: Source, from: number): number => {
  if (s.ampersand < from) s.ampersand = find(s.text, '&', from);
  return s.ampersand;
};
export const nextTab = (s: Source, from: number): number => {
  if (s.tab < from) s.tab = find(s.text, '\t', from);
  return s.tab;
};
export const nextLineFeed = (s: Source, from: number): number => {
  if (s.lineFeed < from) s.lineFeed = find(s.text, '\n', from);
  return s.lineFeed;
};
export const nextCdataEnd = (s: Source, from: number): number => {
  if (s.cdataEnd < from) s.cdataEnd = find(s.text, ']]>', from);
  return s.cdataEnd;
};

/** The first position at or after `from` that is not white space. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x09) return at;
    at += 1;
  }
}

/** The name between two positions, taken apart and checked; names met lately need neither. */
export function nameBetween(source: Source, from: number, to: number): QualifiedName | null {
  const { text, recentNames } = source;
  const length = to - from;
  if (length > source.rules.limits.nameLength) return fail(source, 'name_too_long', from);
  const slot = (length + 5 * text.charCodeAt(from) + 11 * text.charCodeAt(to - 1)) & (RECENT - 1);
  const recent = recentNames[slot];
  if (recent?.qualified.length === length && text.startsWith(recent.qualified, from)) return recent;
  const name = parseQualifiedName(text.slice(from, to));
  if (name === null) return fail(source, 'bad_name', from);
  recentNames[slot] = name;
  return name;
}
