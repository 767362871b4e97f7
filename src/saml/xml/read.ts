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
 * What has been read and is not finished. `nodes` holds, in document order, every element whose end tag is still to
 * come, each followed by those of its children that are finished. So an open element's children are what stands after
 * it, and a deep document costs no records beside its tree.
 */
type Reading = {
  readonly nodes: XmlNode[];
  /** The innermost open element. */
  inside: UnfinishedElement | null;
  depth: number;
  /** Elements a comment was dropped from, which then may hold no text. */
  readonly commented: Set<XmlElement>;
  root: XmlElement | null;
  readonly before: XmlComment[];
  readonly after: XmlComment[];
};

const startReading = (): Reading => ({
  nodes: [],
  inside: null,
  depth: 0,
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
  if (reading.inside !== null) fail(source, 'unclosed_element', text.length);
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
  if (reading.inside === null) {
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
function append(source: Source, { nodes }: Reading, text: string, at: number): void {
  const last = nodes[nodes.length - 1];
  const joined = typeof last === 'string' ? last + text : text;
  if (joined.length > source.rules.limits.textLength) fail(source, 'text_too_long', at);
  else if (typeof last === 'string') nodes[nodes.length - 1] = joined;
  else if (text !== '') nodes.push(text);
}

function openElement(source: Source, reading: Reading): void {
  const { inside } = reading;
  if (inside === null && reading.root !== null) return void fail(source, 'second_root', source.pos);
  if (reading.depth === source.rules.limits.depth) return void fail(source, 'too_deep', source.pos);
  const element = readStartTag(source, inside);
  if (element === null) return;
  if (inside === null) reading.root = element;
  reading.nodes.push(element);
  if (source.tagIsEmpty) return void undeclare(source, element);
  reading.inside = element;
  reading.depth += 1;
}

function readEndTag(source: Source, reading: Reading): void {
  const { text, pos } = source;
  const { inside } = reading;
  const end = inside === null ? -1 : endOfEndTag(text, pos + 2, inside);
  if (inside === null || end < 0) return void fail(source, 'mismatched_tag', pos);
  source.pos = end;
  undeclare(source, inside);
  finish(reading, inside);
  reading.inside = inside.parent;
  reading.depth -= 1;
  const holdsText = (child: XmlNode) => typeof child === 'string' && !isBlank(child);
  if (reading.commented.has(inside) && inside.children.some(holdsText)) fail(source, 'comment', pos);
}

/** The position after an end tag whose name starts at `from`; -1 when it is not the end tag of this element. */
function endOfEndTag(text: string, from: number, { prefix, local }: UnfinishedElement): number {
  let at = from;
  if (prefix !== '') {
    if (!text.startsWith(prefix, at) || text.charCodeAt(at + prefix.length) !== 0x3a) return -1;
    at += prefix.length + 1;
  }
  if (!text.startsWith(local, at)) return -1;
  const end = skipSpace(text, at + local.length);
  return text.charCodeAt(end) === 0x3e ? end + 1 : -1;
}

/** Ends the scope of an element's declarations: each left two entries in the log. */
const undeclare = ({ bindings }: Source, { declarations }: UnfinishedElement): void =>
  release(bindings, bindings.log.length - 2 * declarations.length);

/** Gives an element the nodes that follow it. */
function finish({ nodes }: Reading, element: UnfinishedElement): void {
  let first = nodes.length;
  while (first > 0 && nodes[first - 1] !== element) first -= 1;
  if (first === nodes.length) return;
  element.children = nodes.slice(first);
  while (nodes.length > first) nodes.pop();
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
  if (rules.cdata === 'refuse' || reading.inside === null || end === text.length) {
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
  const { inside } = reading;
  if (source.rules.comments === 'between_elements') {
    if (inside !== null) reading.commented.add(inside);
  } else if (inside !== null) reading.nodes.push(comment);
  else (reading.root === null ? reading.before : reading.after).push(comment);
}
