import { fromUtf8 } from '../../kernel/bytes.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { release } from './bindings.ts';
import type { ReaderRules } from './limits.ts';
import { endOfProlog } from './prolog.ts';
import { FORBIDDEN_CHARACTER, resolveReferences } from './references.ts';
import type { XmlRefusal } from './refusal.ts';
import {
  createSource,
  fail,
  nextAmpersand,
  nextCdataEnd,
  nextLessThan,
  type Source,
  skipSpace,
} from './source.ts';
import { readStartTag, type UnfinishedElement } from './start-tag.ts';
import { isBlank, type XmlComment, type XmlElement, type XmlNode } from './tree.ts';

/** A document that was read whole; `before` and `after` hold comments outside the root where rules keep them. */
export type XmlDocument = {
  readonly root: XmlElement;
  readonly before: readonly XmlComment[];
  readonly after: readonly XmlComment[];
  readonly rules: ReaderRules;
};

/**
 * What has been read and is not finished. `open` holds the elements whose end tags are still to come, outermost first;
 * beside it, for each of them: its name, the length of the bindings log before it, and where its children start in
 * `nodes`. Lists of plain values instead of a record each: a deep document keeps them all alive.
 */
type Reading = {
  readonly open: UnfinishedElement[];
  readonly names: string[];
  readonly marks: number[];
  readonly childrenFrom: number[];
  readonly nodes: XmlNode[];
  /** Elements a comment was dropped from, which then may hold no text. */
  readonly commented: Set<UnfinishedElement>;
  root: XmlElement | null;
  readonly before: XmlComment[];
  readonly after: XmlComment[];
};

const startReading = (): Reading => ({
  open: [],
  names: [],
  marks: [],
  childrenFrom: [],
  nodes: [],
  commented: new Set(),
  root: null,
  before: [],
  after: [],
});

/**
 * Reads one XML document of at most `rules.limits.bytes` bytes of UTF-8 (saml X1 to X5, X8): well-formed by XML 1.0
 * and Namespaces in XML 1.0, without DTD or processing instructions. Stops at the first thing it does not accept, and
 * takes time and memory in proportion to the bytes; depth costs no stack.
 */
export function readXml(bytes: Uint8Array, rules: ReaderRules): Result<XmlDocument, XmlRefusal> {
  if (bytes.length > rules.limits.bytes) return err({ reason: 'too_large', at: 0 });
  const raw = fromUtf8(bytes);
  if (raw === null) return err({ reason: 'invalid_utf8', at: 0 });
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  const start = endOfProlog(text);
  if (start === null) return err({ reason: 'bad_xml_declaration', at: 0 });
  if (text.startsWith('<!DOCTYPE', skipSpace(text, start))) return err({ reason: 'doctype', at: start });
  const source = createSource(text, rules);
  source.pos = start;
  const reading = startReading();
  while (source.failure === null && source.pos < text.length) readNext(source, reading);
  if (reading.open.length > 0) fail(source, 'unclosed_element', text.length);
  if (source.failure !== null) return err(source.failure);
  if (reading.root === null) return err({ reason: 'no_root', at: text.length });
  // Last, because it looks at every character: what is refused for its shape is refused sooner.
  const forbidden = text.search(FORBIDDEN_CHARACTER);
  if (forbidden >= 0) return err({ reason: 'illegal_character', at: forbidden });
  return ok({ root: reading.root, before: reading.before, after: reading.after, rules });
}

/** Reads the text up to the next `<` and the markup that starts there. */
function readNext(source: Source, reading: Reading): void {
  const { text, pos } = source;
  const markup = nextLessThan(source, pos);
  if (markup > pos) readText(source, reading, pos, markup);
  if (source.failure !== null || markup === text.length) return;
  source.pos = markup;
  const unit = text.charCodeAt(markup + 1);
  if (unit === 0x2f) readEndTag(source, reading);
  else if (unit === 0x21) readBang(source, reading);
  else if (unit === 0x3f) fail(source, 'processing_instruction', markup);
  else openElement(source, reading);
}

function readText(source: Source, reading: Reading, from: number, to: number): void {
  source.pos = to;
  const raw = source.text.slice(from, to);
  if (reading.open.length === 0) {
    if (!isBlank(raw)) fail(source, 'text_outside_root', from);
    return;
  }
  if (nextCdataEnd(source, from) < to) return void fail(source, 'cdata_end_in_text', from);
  if (nextAmpersand(source, from) >= to) return void append(source, reading, raw, from);
  const resolved = resolveReferences(raw);
  if (typeof resolved === 'string') fail(source, resolved, from);
  else append(source, reading, resolved.text, from);
}

/** Adds text to the innermost element, joining it to text already there, so that values are never split. */
function append(source: Source, reading: Reading, text: string, at: number): void {
  const { nodes } = reading;
  const last = nodes.length > (reading.childrenFrom.at(-1) ?? 0) ? nodes[nodes.length - 1] : undefined;
  const joined = typeof last === 'string' ? last + text : text;
  if (joined.length > source.rules.limits.textLength) fail(source, 'text_too_long', at);
  else if (typeof last === 'string') nodes[nodes.length - 1] = joined;
  else if (text !== '') nodes.push(text);
}

function openElement(source: Source, reading: Reading): void {
  const { open, nodes } = reading;
  const parent = open.at(-1) ?? null;
  if (parent === null && reading.root !== null) return void fail(source, 'second_root', source.pos);
  if (open.length === source.rules.limits.depth) return void fail(source, 'too_deep', source.pos);
  const mark = source.bindings.log.length;
  const element = readStartTag(source, parent);
  if (element === null) return;
  if (parent === null) reading.root = element;
  else nodes.push(element);
  if (source.tagIsEmpty) return void release(source.bindings, mark);
  open.push(element);
  reading.names.push(source.tagName);
  reading.marks.push(mark);
  reading.childrenFrom.push(nodes.length);
}

function readEndTag(source: Source, reading: Reading): void {
  const { text, pos } = source;
  const { nodes, commented } = reading;
  const element = reading.open.pop();
  const name = reading.names.pop();
  const mark = reading.marks.pop();
  const from = reading.childrenFrom.pop();
  if (element === undefined || name === undefined || mark === undefined || from === undefined) {
    return void fail(source, 'mismatched_tag', pos);
  }
  let end = pos + 2 + name.length;
  if (text.charCodeAt(end) !== 0x3e) end = skipSpace(text, end);
  if (!text.startsWith(name, pos + 2) || text.charCodeAt(end) !== 0x3e) {
    return void fail(source, 'mismatched_tag', pos);
  }
  source.pos = end + 1;
  release(source.bindings, mark);
  if (nodes.length === from) return;
  const children = nodes.slice(from);
  while (nodes.length > from) nodes.pop();
  element.children = children;
  const holdsText = (child: XmlNode) => typeof child === 'string' && !isBlank(child);
  if (commented.size > 0 && commented.has(element) && children.some(holdsText)) fail(source, 'comment', pos);
}

/** `<!`: comments and CDATA sections as the rules say, nothing else ever. */
function readBang(source: Source, reading: Reading): void {
  const { text, pos, rules } = source;
  if (text.startsWith('<!--', pos)) {
    if (rules.comments === 'refuse') fail(source, 'comment', pos);
    else readComment(source, reading);
    return;
  }
  if (!text.startsWith('<![CDATA[', pos)) return void fail(source, 'doctype', pos);
  const from = pos + 9;
  const end = nextCdataEnd(source, from);
  if (rules.cdata === 'refuse' || reading.open.length === 0 || end === text.length) {
    return void fail(source, 'cdata', pos);
  }
  source.pos = end + 3;
  append(source, reading, text.slice(from, end), pos);
}

function readComment(source: Source, reading: Reading): void {
  const { text, pos } = source;
  const end = text.indexOf('--', pos + 4);
  if (end < 0 || text.charCodeAt(end + 2) !== 0x3e) return void fail(source, 'comment', pos);
  const comment = { comment: text.slice(pos + 4, end) };
  source.pos = end + 3;
  const inside = reading.open.at(-1);
  if (source.rules.comments === 'between_elements') {
    if (inside !== undefined) reading.commented.add(inside);
  } else if (inside !== undefined) reading.nodes.push(comment);
  else (reading.root === null ? reading.before : reading.after).push(comment);
}
