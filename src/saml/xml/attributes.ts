import { bind } from './bindings.ts';
import { isNamespaceName, type QualifiedName } from './names.ts';
import type { XmlReason } from './refusal.ts';
import { fail, NONE, type Source } from './source.ts';
import { type NamespaceDeclaration, XML_NAMESPACE, XMLNS_NAMESPACE, type XmlAttribute } from './tree.ts';

/** Attribute names that identify an element; one value may occur once in a document (saml X8). */
const ID_NAMES = new Set(['ID', 'Id', 'id', 'AssertionID', 'xml:id']);
const XML_NAMES = { refuse: [], lang: ['lang'], lang_space_id: ['lang', 'space', 'id'] } as const;
/** Up to this many, comparing each with each is quicker than a set. */
const FEW = 8;
/** How many declarations are remembered in case they come again. */
const MOST_REPEATED = 32;

/**
 * Binds the declarations of the tag just read, then gives its other attributes their namespaces. Refuses what
 * Namespaces in XML 1.0 and saml X2, X8, V9 refuse: two attributes of one expanded name, prefixes nobody declared,
 * rebinding `xml`, namespace names that are not absolute, an ID already used. Leaves both lists in `source`; false after a failure. `at` is the tag's place, for the refusal.
 */
export function resolveAttributes(source: Source, at: number): boolean {
  const count = source.attributeCount;
  if (namesRepeat(source.attributeNames, count)) return refuse(source, 'duplicate_attribute', at);
  const declarations = bindDeclarations(source, at);
  if (declarations === null) return false;
  source.tagDeclarations = declarations;
  source.tagAttributes = NONE;
  if (declarations.length === count) return true;
  const { attributes } = source;
  let kept = 0;
  let prefixed = 0;
  for (let i = 0; i < count; i += 1) {
    const name = source.attributeNames[i];
    const value = source.attributeValues[i];
    if (name === undefined || value === undefined || isDeclaration(name)) continue;
    const namespace = name.prefix === '' ? '' : attributeNamespace(source, name, at);
    if (namespace === null) return false;
    if (namespace !== '') prefixed += 1;
    if (ID_NAMES.has(name.qualified)) {
      if (source.ids.has(value) && source.rules.repeatedIds !== 'accept')
        return refuse(source, 'duplicate_id', at);
      source.ids.add(value);
    }
    attributes[kept] = { prefix: name.prefix, local: name.local, namespace, value };
    kept += 1;
  }
  // A copy is exactly as long as it must be; an array that grew keeps room for many more.
  const own = attributes.slice(0, kept);
  if (prefixed > 1 && expandedNamesRepeat(own)) return refuse(source, 'duplicate_attribute', at);
  source.tagAttributes = own;
  return true;
}

const refuse = (source: Source, reason: XmlReason, at: number): boolean => fail(source, reason, at) !== null;

const isDeclaration = (name: QualifiedName): boolean => name.prefix === 'xmlns' || name.qualified === 'xmlns';

function namesRepeat(names: readonly QualifiedName[], count: number): boolean {
  if (count > FEW) return new Set(names.slice(0, count).map(({ qualified }) => qualified)).size < count;
  for (let i = 1; i < count; i += 1) {
    for (let j = 0; j < i; j += 1) if (names[i]?.qualified === names[j]?.qualified) return true;
  }
  return false;
}

function expandedNamesRepeat(attributes: readonly XmlAttribute[]): boolean {
  const expanded = attributes.map(({ namespace, local }) => `{${namespace}}${local}`);
  return new Set(expanded).size < expanded.length;
}

function bindDeclarations(source: Source, at: number): readonly NamespaceDeclaration[] | null {
  let only: readonly NamespaceDeclaration[] = NONE;
  let several: NamespaceDeclaration[] | null = null;
  for (let i = 0; i < source.attributeCount; i += 1) {
    const name = source.attributeNames[i];
    const uri = source.attributeValues[i];
    if (name === undefined || uri === undefined || !isDeclaration(name)) continue;
    const prefix = name.prefix === '' ? '' : name.local;
    source.declarations += 1;
    if (source.declarations > source.rules.limits.namespaceDeclarations)
      return fail(source, 'too_many_namespaces', at);
    const before = source.repeated.get(prefix);
    const isRepeated = before?.[0]?.uri === uri;
    if (!isRepeated && !mayDeclare(prefix, uri)) return fail(source, 'bad_namespace', at);
    const declaration = isRepeated && before[0] !== undefined ? before[0] : { prefix, uri };
    if (several !== null) several.push(declaration);
    else if (only.length > 0) several = [...only, declaration];
    else {
      only = isRepeated ? before : [declaration];
      if (source.repeated.size === MOST_REPEATED) source.repeated.clear();
      source.repeated.set(prefix, only);
    }
    bind(source.bindings, prefix, uri);
  }
  return several ?? only;
}

/** An absolute name for a prefix, or none to undo the default; `xml` and `xmlns` keep the meanings they have. */
function mayDeclare(prefix: string, uri: string): boolean {
  if (prefix === 'xml' || prefix === 'xmlns' || uri === XML_NAMESPACE || uri === XMLNS_NAMESPACE)
    return false;
  return isNamespaceName(uri) || (uri === '' && prefix === '');
}

function attributeNamespace(source: Source, name: QualifiedName, at: number): string | null {
  if (name.prefix === 'xml') {
    const known: readonly string[] = XML_NAMES[source.rules.xmlAttributes];
    return known.includes(name.local) ? XML_NAMESPACE : fail(source, 'xml_attribute', at);
  }
  return source.bindings.current.get(name.prefix) ?? fail(source, 'unbound_prefix', at);
}
