/** The `xml` prefix is bound to this name without a declaration (Namespaces in XML 1.0, section 3). */
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** The name of the `xmlns` attributes themselves; no prefix may be bound to it. */
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** One `xmlns` attribute: `prefix` is empty for the default namespace, `uri` is empty only for `xmlns=""`. */
export type NamespaceDeclaration = { readonly prefix: string; readonly uri: string };

/** One attribute that is not a namespace declaration; `namespace` is empty for an attribute without prefix. */
export type XmlAttribute = {
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  readonly value: string;
};

/** A comment; only a reader told to keep comments makes any. */
export type XmlComment = { readonly comment: string };

/** Text is a plain string with references resolved; two strings never stand side by side. */
export type XmlNode = string | XmlElement | XmlComment;

/** An element as read. Nothing changes it afterwards. */
export type XmlElement = {
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  readonly declarations: readonly NamespaceDeclaration[];
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  readonly parent: XmlElement | null;
};

/** Whether a node is an element. */
export const isElement = (node: XmlNode): node is XmlElement =>
  typeof node !== 'string' && 'children' in node;

/** Whether an element has this namespace and local name. Prefixes are never compared (saml X6). */
export const isNamed = (element: XmlElement, namespace: string, local: string): boolean =>
  element.local === local && element.namespace === namespace;

/** The child elements in document order. */
export const childElements = (element: XmlElement): XmlElement[] => element.children.filter(isElement);

/** The child elements of one name in document order. */
export const childrenNamed = (element: XmlElement, namespace: string, local: string): XmlElement[] =>
  childElements(element).filter((child) => isNamed(child, namespace, local));

/** The only child element of one name; undefined when there is none or more than one. */
export function onlyChild(element: XmlElement, namespace: string, local: string): XmlElement | undefined {
  const found = childrenNamed(element, namespace, local);
  return found.length === 1 ? found[0] : undefined;
}

/** The value of an attribute without namespace, or of the namespace given; undefined when absent. */
export const attributeOf = (element: XmlElement, local: string, namespace = ''): string | undefined =>
  element.attributes.find((attribute) => attribute.local === local && attribute.namespace === namespace)
    ?.value;

/** All text of an element that may hold nothing else; undefined when it has a child element or comment (saml V5). */
export function textOf(element: XmlElement): string | undefined {
  let text = '';
  for (const child of element.children) {
    if (typeof child !== 'string') return undefined;
    text += child;
  }
  return text;
}

/** Whether text is empty or XML white space only. */
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x09 && unit !== 0x0d) return false;
  }
  return true;
}

/** Every element from `top` down that has this name, in document order, without recursion. */
export function descendantsNamed(top: XmlElement, namespace: string, local: string): XmlElement[] {
  const found: XmlElement[] = [];
  const waiting: XmlElement[] = [top];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (isNamed(element, namespace, local)) found.push(element);
    for (let i = element.children.length - 1; i >= 0; i -= 1) {
      const child = element.children[i];
      if (child !== undefined && isElement(child)) waiting.push(child);
    }
  }
  return found;
}
