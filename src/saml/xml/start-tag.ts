import { resolveAttributes } from './attributes.ts';
import { endOfName } from './names.ts';
import { resolveReferences } from './references.ts';
import {
  fail,
  NONE,
  nameBetween,
  nextAmpersand,
  nextLessThan,
  nextLineFeed,
  nextTab,
  type Source,
  skipSpace,
} from './source.ts';
import type { XmlElement, XmlNode } from './tree.ts';

const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const DOUBLE = 0x22;
const SINGLE = 0x27;

/** An element while it is read: it gets its children when its end tag is met. */
export type UnfinishedElement = Omit<XmlElement, 'children' | 'parent'> & {
  children: readonly XmlNode[];
  readonly parent: UnfinishedElement | null;
};

/**
 * Reads the tag whose `<` is at `source.pos` and moves past it; `source.tagIsEmpty` says whether the element ends with
 * it. Null after a failure.
 */
export function readStartTag(source: Source, parent: UnfinishedElement | null): UnfinishedElement | null {
  const { text } = source;
  const { limits } = source.rules;
  const start = source.pos;
  let pos = endOfName(text, start + 1, limits.nameLength);
  const name = nameBetween(source, start + 1, pos);
  if (name === null) return null;
  source.elements += 1;
  if (source.elements > limits.elements) return fail(source, 'too_many_elements', start);
  const { attributeNames, attributeValues } = source;
  let count = 0;
  let empty = false;
  for (;;) {
    const afterLast = pos;
    pos = skipSpace(text, pos);
    const unit = text.charCodeAt(pos);
    if (unit === GREATER) break;
    if (unit === SLASH) {
      pos += 1;
      empty = true;
      if (text.charCodeAt(pos) === GREATER) break;
    }
    if (empty || pos === afterLast || Number.isNaN(unit)) return fail(source, 'malformed_tag', pos);
    if (count === limits.attributesPerElement) return fail(source, 'too_many_attributes', pos);
    const nameEnd = endOfName(text, pos, limits.nameLength);
    const attribute = nameBetween(source, pos, nameEnd);
    if (attribute === null) return null;
    pos = skipSpace(text, nameEnd);
    if (text.charCodeAt(pos) !== EQUALS) return fail(source, 'malformed_tag', pos);
    pos = skipSpace(text, pos + 1);
    const quote = text.charCodeAt(pos);
    if (quote !== DOUBLE && quote !== SINGLE) return fail(source, 'malformed_tag', pos);
    const end = text.indexOf(quote === DOUBLE ? '"' : "'", pos + 1);
    if (end < 0) return fail(source, 'malformed_tag', pos);
    const value = attributeValue(source, pos + 1, end);
    if (value === null) return null;
    attributeNames[count] = attribute;
    attributeValues[count] = value;
    count += 1;
    pos = end + 1;
  }
  source.pos = pos + 1;
  source.attributeCount = count;
  source.tagIsEmpty = empty;
  if (count > 0 && !resolveAttributes(source, start)) return null;
  const declarations = count > 0 ? source.tagDeclarations : NONE;
  const attributes = count > 0 ? source.tagAttributes : NONE;
  const { prefix, local } = name;
  const bound = source.bindings.current.get(prefix);
  const namespace = bound ?? (prefix === '' ? '' : fail(source, 'unbound_prefix', start));
  if (namespace === null) return null;
  return { prefix, local, namespace, declarations, attributes, children: NONE, parent };
}

/** XML 1.0 section 3.3.3: literal tab and LF become spaces, referenced ones stay (saml X4). */
function attributeValue(source: Source, from: number, to: number): string | null {
  if (nextLessThan(source, from) < to) return fail(source, 'less_than_in_attribute', from);
  let value = source.text.slice(from, to);
  if (nextTab(source, from) < to || nextLineFeed(source, from) < to) value = value.replace(/[\t\n]/g, ' ');
  if (nextAmpersand(source, from) < to) {
    const resolved = resolveReferences(value);
    if (typeof resolved === 'string') return fail(source, resolved, from);
    value = resolved.text;
  }
  if (value.length > source.rules.limits.attributeValueLength)
    return fail(source, 'attribute_value_too_long', from);
  return value;
}
