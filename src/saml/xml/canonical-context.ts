import type { Canonicalisation } from './canonicalisation.ts';
import { compareAttributes } from './order.ts';
import { type NamespaceDeclaration, XML_NAMESPACE, type XmlAttribute, type XmlElement } from './tree.ts';

/** Every declaration that holds at an element, its own and its ancestors', each prefix once. */
export function inScope(element: XmlElement): NamespaceDeclaration[] {
  const found = new Map<string, NamespaceDeclaration>();
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    for (const declaration of at.declarations) {
      if (!found.has(declaration.prefix)) found.set(declaration.prefix, declaration);
    }
  }
  return [...found.values()];
}

/** Canonical XML gives the apex the `xml:` attributes of its ancestors; version 1.1 leaves `xml:id` where it was. */
export function attributesToRender(
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

/** Attributes in the order of canonical form; the very list when it is in order already. */
export function inOrder(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  for (let i = 1; i < attributes.length; i += 1) {
    const before = attributes[i - 1];
    const after = attributes[i];
    if (before !== undefined && after !== undefined && compareAttributes(before, after) > 0) {
      return [...attributes].sort(compareAttributes);
    }
  }
  return attributes;
}
