import { fromUtf8 } from '../../kernel/bytes.ts';
import { type Bindings, bind, createBindings, release } from './bindings.ts';
import { attributesToRender, inOrder, inScope } from './canonical-context.ts';
import type { Canonicalisation } from './canonicalisation.ts';
import { compareCodePoints } from './order.ts';
import type { XmlDocument } from './read.ts';
import { createSink, putAttribute, putMarkup, putText, type Sink, writtenTo } from './sink.ts';
import { isElement, type XmlElement, type XmlNode } from './tree.ts';

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

/*
 * Loops over attributes count instead of iterating: an iterator for each element is a third of all the garbage made.
 */

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
  const attributes = inOrder(attributesToRender(element, method, isApex));
  for (let i = 0; i < attributes.length; i += 1) {
    const attribute = attributes[i];
    if (attribute === undefined) break;
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
    const { attributes } = element;
    need(walk, element.prefix, element.namespace);
    for (let i = 0; i < attributes.length; i += 1) {
      const attribute = attributes[i];
      if (attribute !== undefined && attribute.prefix !== '')
        need(walk, attribute.prefix, attribute.namespace);
    }
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
