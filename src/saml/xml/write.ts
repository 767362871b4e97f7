import { err, ok, type Result } from '../../kernel/result.ts';
import { type Bindings, bind, createBindings, release } from './bindings.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import { parseQualifiedName, type QualifiedName } from './names.ts';
import { compareAttributes, compareCodePoints } from './order.ts';
import { FORBIDDEN_CHARACTER } from './references.ts';
import { type NamespaceDeclaration, XML_NAMESPACE } from './tree.ts';

/** Stands among children where the enveloped signature goes. */
export const signatureHere: unique symbol = Symbol('signatureHere');

/** What an element may contain: text (escaped when written), elements, finished XML, the signature's place. */
export type XmlContent = string | ElementToWrite | WrittenXml | typeof signatureHere;

/** An element to be written. Prefixes in `name` and `attributes` mean what `namespaces` here or further out says. */
export type ElementToWrite = {
  readonly name: string;
  /** Prefix to namespace; the empty prefix is the default namespace. Written only where used, as canonical form does. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Left out when undefined. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly children?: readonly XmlContent[];
  /** Writes all `namespaces` whether used or not. The text is then well-formed, but not in exclusive canonical form. */
  readonly declareAll?: boolean;
};

declare const written: unique symbol;
/** Finished XML: one element with everything it needs declared in itself. Only the writer, its templates and the signer make it. */
export type WrittenXml = {
  readonly text: string;
  /** Where in `text` the signature goes; -1 when no place was marked. */
  readonly signatureAt: number;
  /** Whether `text` is its own exclusive canonical form. */
  readonly canonical: boolean;
  /** Every declaration in it, so that it can be checked for use inside another element. */
  readonly declared: readonly NamespaceDeclaration[];
  readonly [written]: true;
};

/** An illegal character came in with a value (saml V21); `name` is the element or attribute it was meant for. */
export type WriteRefusal = { readonly reason: 'illegal_character'; readonly name: string };

/** Shorthand for an element without namespaces of its own. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  children: readonly XmlContent[] = [],
): ElementToWrite => ({ name, attributes, children });

/**
 * Writes an element in exclusive canonical form (saml P4, S14): what is signed is what is sent, and no parser is
 * needed to sign it. Refuses values with characters XML cannot hold. Undeclared prefixes, malformed names and finished
 * XML that would no longer be canonical where it is put are bugs and throw.
 */
export function writeXml(root: ElementToWrite): Result<WrittenXml, WriteRefusal> {
  const state: Writing = {
    text: '',
    signatureAt: -1,
    canonical: true,
    declared: [],
    scope: createBindings(),
    rendered: createBindings(),
    refusal: null,
  };
  writeElement(state, root);
  if (state.refusal !== null) return err(state.refusal);
  const { text, signatureAt, canonical, declared } = state;
  return ok(asWritten({ text, signatureAt, canonical, declared }));
}

/** The brand's maker, for the writer, its templates and the signer. */
export const asWritten = (parts: Omit<WrittenXml, typeof written>): WrittenXml => parts as WrittenXml;

type Writing = {
  text: string;
  signatureAt: number;
  canonical: boolean;
  readonly declared: NamespaceDeclaration[];
  /** What prefixes mean here. */
  readonly scope: Bindings;
  /** What has been declared in the text so far. */
  readonly rendered: Bindings;
  refusal: WriteRefusal | null;
};

function writeElement(state: Writing, spec: ElementToWrite): void {
  const scopeMark = state.scope.log.length;
  const renderedMark = state.rendered.log.length;
  for (const prefix in spec.namespaces) bind(state.scope, prefix, spec.namespaces[prefix] ?? '');
  const name = resolve(state, spec.name, true);
  const attributes = attributesToWrite(state, spec.attributes);
  state.text += `<${spec.name}`;
  if (spec.declareAll === true || attributes.some(({ prefix }) => prefix !== ''))
    declareNeeded(state, spec, name, attributes);
  else declare(state, name.prefix, name.namespace);
  for (const { qualified, value } of attributes) {
    check(state, qualified, value);
    state.text += ` ${qualified}="${escapeAttribute(value)}"`;
  }
  state.text += '>';
  if (spec.children !== undefined) for (const child of spec.children) writeContent(state, spec.name, child);
  state.text += `</${spec.name}>`;
  release(state.scope, scopeMark);
  release(state.rendered, renderedMark);
}

type AttributeToWrite = Resolved & { readonly value: string };
const NO_ATTRIBUTES: readonly never[] = [];

/** The attributes that have a value, in the order of canonical form. */
function attributesToWrite(state: Writing, given: ElementToWrite['attributes']): readonly AttributeToWrite[] {
  if (given === undefined) return NO_ATTRIBUTES;
  const attributes: AttributeToWrite[] = [];
  for (const attribute in given) {
    const value = given[attribute];
    if (value === undefined) continue;
    const { qualified, prefix, local, namespace } = resolve(state, attribute, false);
    attributes.push({ qualified, prefix, local, namespace, value });
  }
  return attributes.length < 2 ? attributes : attributes.sort(compareAttributes);
}

/** Declares what an element and its attributes use, or all it was given, in the order of canonical form. */
function declareNeeded(
  state: Writing,
  spec: ElementToWrite,
  name: Resolved,
  attributes: readonly AttributeToWrite[],
): void {
  const needed = new Map([[name.prefix, name.namespace]]);
  for (const { prefix, namespace } of attributes)
    if (prefix !== '' && prefix !== 'xml') needed.set(prefix, namespace);
  if (spec.declareAll === true) {
    for (const [prefix, uri] of Object.entries(spec.namespaces ?? {})) {
      if (!needed.has(prefix)) state.canonical = false;
      needed.set(prefix, uri);
    }
  }
  for (const [prefix, uri] of [...needed].sort(([a], [b]) => compareCodePoints(a, b)))
    declare(state, prefix, uri);
}

function writeContent(state: Writing, parent: string, child: XmlContent): void {
  if (typeof child === 'string') {
    check(state, parent, child);
    state.text += escapeText(child);
  } else if (child === signatureHere) {
    if (state.signatureAt >= 0) throw new Error('two places for one signature');
    state.signatureAt = state.text.length;
  } else if ('name' in child) {
    writeElement(state, child);
  } else {
    embed(state, child);
  }
}

/** Finished XML stays canonical unless it declares again what is already declared around it. */
function embed(state: Writing, child: WrittenXml): void {
  for (const { prefix, uri } of child.declared) {
    if (state.rendered.current.get(prefix) === uri)
      throw new Error(`prefix "${prefix}" is declared twice, nested`);
    state.declared.push({ prefix, uri });
  }
  state.canonical &&= child.canonical;
  state.text += child.text;
}

function declare(state: Writing, prefix: string, uri: string): void {
  if (state.rendered.current.get(prefix) === uri) return;
  bind(state.rendered, prefix, uri);
  state.declared.push({ prefix, uri });
  state.text +=
    prefix === '' ? ` xmlns="${escapeAttribute(uri)}"` : ` xmlns:${prefix}="${escapeAttribute(uri)}"`;
}

type Resolved = {
  readonly qualified: string;
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
};

/** The names we write are few and always the same; a bound holds for whoever writes others. */
const MOST_NAMES = 512;
const knownNames = new Map<string, QualifiedName>();

function nameParts(qualified: string): QualifiedName | null {
  const known = knownNames.get(qualified);
  if (known !== undefined) return known;
  const name = parseQualifiedName(qualified);
  if (name !== null && knownNames.size < MOST_NAMES) knownNames.set(qualified, name);
  return name;
}

/** Every element has a namespace, so that finished XML means the same wherever it is put; attributes need a prefix for it. */
function resolve(state: Writing, qualified: string, isElementName: boolean): Resolved {
  const name = nameParts(qualified);
  // Bound without a declaration; the language of a text is all we ever say with it.
  if (name !== null && qualified === 'xml:lang' && !isElementName)
    return { ...name, namespace: XML_NAMESPACE };
  if (name === null || name.prefix.startsWith('xml')) throw new Error(`no name to write: ${qualified}`);
  if (name.prefix === '' && !isElementName)
    return { qualified, prefix: '', local: name.local, namespace: '' };
  const { prefix, local } = name;
  const namespace = state.scope.current.get(prefix);
  if (namespace === undefined || namespace === '') throw new Error(`no namespace for ${qualified}`);
  return { qualified, prefix, local, namespace };
}

/** Whether XML can hold a value (saml V21). */
export const isWritable = (value: string): boolean =>
  !FORBIDDEN_CHARACTER.test(value) && value.isWellFormed();

function check(state: Writing, name: string, value: string): void {
  if (!isWritable(value)) state.refusal ??= { reason: 'illegal_character', name };
}
