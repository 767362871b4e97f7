/** What a document may cost. Each is checked while reading, before the thing it bounds is built. */
export type XmlLimits = {
  /** Bytes of the document as received. */
  readonly bytes: number;
  /** Elements inside one another; the root is at depth 1. */
  readonly depth: number;
  /** Elements in the whole document. */
  readonly elements: number;
  /** Attributes and namespace declarations on one element together. */
  readonly attributesPerElement: number;
  /** Namespace declarations in the whole document. */
  readonly namespaceDeclarations: number;
  /** UTF-16 units in one qualified name. */
  readonly nameLength: number;
  /** UTF-16 units in one attribute value after references are resolved. */
  readonly attributeValueLength: number;
  /** UTF-16 units in one run of text after references are resolved. */
  readonly textLength: number;
};

/** What a reader tolerates beyond elements, attributes and text. */
export type ReaderRules = {
  readonly limits: XmlLimits;
  /**
   * `refuse`; `between_elements` drops comments and refuses them beside text, so that no value can be split by one;
   * `keep` puts them into the tree.
   */
  readonly comments: 'refuse' | 'between_elements' | 'keep';
  /** CDATA sections: `text` treats them as the text they stand for. */
  readonly cdata: 'refuse' | 'text';
  /** Attributes of the `xml` prefix: none, `xml:lang` alone, or `xml:lang`, `xml:space` and `xml:id`. `xml:base` never. */
  readonly xmlAttributes: 'refuse' | 'lang' | 'lang_space_id';
  /** Two elements with one ID are refused unless this says otherwise: only where no ID is ever looked up. */
  readonly repeatedIds?: 'accept';
};

/** Protocol messages (saml X2, X5, T4): 64 KiB, 32 deep, nothing but elements, attributes and text. */
export const messageRules: ReaderRules = {
  limits: {
    bytes: 64 * 1024,
    depth: 32,
    elements: 2000,
    attributesPerElement: 64,
    namespaceDeclarations: 256,
    nameLength: 128,
    attributeValueLength: 8 * 1024,
    textLength: 32 * 1024,
  },
  comments: 'refuse',
  cdata: 'refuse',
  xmlAttributes: 'refuse',
};

/** Metadata documents of partners (saml X2): comments between elements are dropped and `xml:lang` is known. */
export const metadataRules: ReaderRules = {
  limits: { ...messageRules.limits, bytes: 256 * 1024, elements: 4000, namespaceDeclarations: 2048 },
  comments: 'between_elements',
  cdata: 'refuse',
  xmlAttributes: 'lang',
};

/** Bounds so wide that only size matters: for documents we made ourselves and for measuring how cost grows. */
export const wideLimits: XmlLimits = {
  bytes: 16 * 1024 * 1024,
  depth: 1_000_000,
  elements: 1_000_000,
  attributesPerElement: 100_000,
  namespaceDeclarations: 1_000_000,
  nameLength: 1024,
  attributeValueLength: 16 * 1024 * 1024,
  textLength: 16 * 1024 * 1024,
};
