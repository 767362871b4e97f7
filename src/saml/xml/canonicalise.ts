import { fromUtf8 } from '../../kernel/bytes.ts';
import { type Bindings, bind, createBindings, release } from './bindings.ts';
import { compareAttributes, compareCodePoints } from './order.ts';
import type { XmlDocument } from './read.ts';
import { createSink, putAttribute, putMarkup, putText, type Sink, writtenTo } from './sink.ts';
import {
  isElement,
  type NamespaceDeclaration,
  XML_NAMESPACE,
  type XmlAttribute,
  type XmlElement,
  type XmlNode,
} from './tree.ts';

/** One canonicalisation algorithm with its parameters; `algorithms.ts` names them all. */
export type Canonicalisation = {
  /** `exclusive`: Exclusive XML Canonicalization 1.0. `1.0` and `1.1`: Canonical XML of that version. */
  readonly form: 'exclusive' | '1.0' | '1.1';
  readonly comments: boolean;
  /** InclusiveNamespaces PrefixList of the exclusive form; the empty string stands for `#default`. */
  readonly prefixes: ReadonlySet<string>;
};

/** Exclusive canonicalisation without comments or prefix list, the form Gatehouse writes. */
export const EXCLUSIVE: Canonicalisation = { form: 'exclusive', comments: false, prefixes: new Set() };

declare const canonical: unique symbol;
/** Bytes in canonical form. Only `canonicalBytes` makes them. */
export type CanonicalBytes = Uint8Array<ArrayBuffer> & { readonly [canonical]: true };

/** The canonical form of the subtree at `apex` without the element `omit`, as UTF-8. Never empty. */
export function canonicalBytes(
  apex: XmlElement,
  method: Canonicalisation,
  omit?: XmlElement,
): CanonicalBytes {
  const sink = createSink();
  canonicalise(apex, method, omit, sink);
  // The brand's maker: this is the one place where bytes become canonical.
  return writtenTo(sink) as CanonicalBytes;
}

/** The same as text. */
export function canonicalText(apex: XmlElement, method: Canonicalisation, omit?: XmlElement): string {
  const text = fromUtf8(canonicalBytes(apex, method, omit));
  if (text === null) throw new Error('canonical form is not UTF-8');
  return text;
}

/** The canonical form of a whole document, comments outside the root included where the method keeps comments. */
export function canonicalDocument(document: XmlDocument, method: Canonicalisation): string {
  const root = canonicalText(document.root, method);
  if (!method.comments) return root;
  const before = document.before.map(({ comment }) => `<!--${comment}-->\n`).join('');
  return before + root + document.after.map(({ comment }) => `\n<!--${comment}-->`).join('');
}

/** What the walk carries along. `needed` collects the prefixes to declare on the element being entered. */
type Walk = {
  readonly sink: Sink;
  readonly method: Canonicalisation;
  readonly rendered: Bindings;
  readonly needed: string[];
  neededCount: number;
};

/**
 * Writes the canonical form of the subtree at `apex` without the element `omit` (Canonical XML section 2.3, Exclusive
 * XML Canonicalization section 3; saml S13, S14). Walks without recursion, in time proportional to the subtree.
 */
function canonicalise(
  apex: XmlElement,
  method: Canonicalisation,
  omit: XmlElement | undefined,
  sink: Sink,
): void {
  const rendered = createBindings();
  const walk: Walk = { sink, method, rendered, needed: [], neededCount: 0 };
  // For each open element, its next child and how long the log of declarations was before it.
  const nextChild: number[] = [0];
  const marks: number[] = [0];
  putStartTag(walk, apex, true);
  for (let element: XmlElement | null = apex; element !== null && nextChild.length > 0; ) {
    const index = nextChild.length - 1;
    const next = nextChild[index] ?? 0;
    const child: XmlNode | undefined = element.children[next];
    nextChild[index] = next + 1;
    if (child === undefined) {
      putMarkup(sink, '</');
      putName(sink, element);
      putMarkup(sink, '>');
      nextChild.pop();
      release(rendered, marks.pop() ?? 0);
      element = element.parent;
    } else if (typeof child === 'string') {
      putText(sink, child);
    } else if (isElement(child)) {
      if (child === omit) continue;
      marks.push(rendered.log.length);
      putStartTag(walk, child, false);
      nextChild.push(0);
      element = child;
    } else if (method.comments) {
      putMarkup(sink, `<!--${child.comment}-->`);
    }
  }
}

function putName(sink: Sink, { prefix, local }: { readonly prefix: string; readonly local: string }): void {
  if (prefix !== '') {
    putMarkup(sink, prefix);
    putMarkup(sink, ':');
  }
  putMarkup(sink, local);
}

function putValue(sink: Sink, value: string): void {
  putMarkup(sink, '="');
  putAttribute(sink, value);
  putMarkup(sink, '"');
}

function putStartTag(walk: Walk, element: XmlElement, isApex: boolean): void {
  const { sink, method } = walk;
  putMarkup(sink, '<');
  putName(sink, element);
  collectNeeded(walk, element, isApex);
  if (walk.neededCount === 1) putDeclaration(walk, walk.needed[0] ?? '');
  else if (walk.neededCount > 1) {
    for (const prefix of walk.needed.slice(0, walk.neededCount).sort(compareCodePoints))
      putDeclaration(walk, prefix);
  }
  for (const attribute of inOrder(attributesToRender(element, method, isApex))) {
    putMarkup(sink, ' ');
    putName(sink, attribute);
    putValue(sink, attribute.value);
  }
  putMarkup(sink, '>');
}

function putDeclaration({ sink, rendered }: Walk, prefix: string): void {
  putMarkup(sink, prefix === '' ? ' xmlns' : ' xmlns:');
  putMarkup(sink, prefix);
  putValue(sink, rendered.current.get(prefix) ?? '');
}

/** Finds the declarations this element needs that no ancestor in the output has made, and notes them as made. */
function collectNeeded(walk: Walk, element: XmlElement, isApex: boolean): void {
  const { form, prefixes } = walk.method;
  walk.neededCount = 0;
  if (form === 'exclusive') {
    need(walk, element.prefix, element.namespace);
    for (const { prefix, namespace } of element.attributes) if (prefix !== '') need(walk, prefix, namespace);
    if (prefixes.size === 0) return;
  }
  for (const { prefix, uri } of isApex ? inScope(element) : element.declarations) {
    if (form !== 'exclusive' || prefixes.has(prefix)) need(walk, prefix, uri);
  }
}

function need(walk: Walk, prefix: string, uri: string): void {
  const made = walk.rendered.current.get(prefix);
  if (made === uri || (made === undefined && uri === '') || prefix === 'xml') return;
  bind(walk.rendered, prefix, uri);
  walk.needed[walk.neededCount] = prefix;
  walk.neededCount += 1;
}

/** Every declaration that holds at an element, its own and its ancestors', each prefix once. */
function inScope(element: XmlElement): NamespaceDeclaration[] {
  const found = new Map<string, NamespaceDeclaration>();
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    for (const declaration of at.declarations) {
      if (!found.has(declaration.prefix)) found.set(declaration.prefix, declaration);
    }
  }
  return [...found.values()];
}

/** Canonical XML gives the apex the `xml:` attributes of its ancestors; version 1.1 leaves `xml:id` where it was. */
function attributesToRender(
  element: XmlElement,
  method: Canonicalisation,
  isApex: boolean,
): readonly XmlAttribute[] {
  if (method.form === 'exclusive' || !isApex || element.parent === null) return element.attributes;
  const inherited: XmlAttribute[] = [];
  const has = (local: string) => (other: XmlAttribute) =>
    other.local === local && other.namespace === XML_NAMESPACE;
  for (let at: XmlElement | null = element.parent; at !== null; at = at.parent) {
    for (const attribute of at.attributes) {
      if (attribute.namespace !== XML_NAMESPACE || (method.form === '1.1' && attribute.local === 'id'))
        continue;
      const same = has(attribute.local);
      if (!element.attributes.some(same) && !inherited.some(same)) inherited.push(attribute);
    }
  }
  return inherited.length === 0 ? element.attributes : [...element.attributes, ...inherited];
}

function inOrder(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  for (let i = 1; i < attributes.length; i += 1) {
    const before = attributes[i - 1];
    const after = attributes[i];
    if (before !== undefined && after !== undefined && compareAttributes(before, after) > 0) {
      return [...attributes].sort(compareAttributes);
    }
  }
  return attributes;
}
