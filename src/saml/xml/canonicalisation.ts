/** One canonicalisation algorithm with its parameters; `algorithms.ts` names them all. */
export type Canonicalisation = {
  /** `exclusive`: Exclusive XML Canonicalization 1.0. `1.0` and `1.1`: Canonical XML of that version. */
  readonly form: 'exclusive' | '1.0' | '1.1';
  readonly comments: boolean;
  /** InclusiveNamespaces PrefixList of the exclusive form; the empty string stands for `#default`. */
  readonly prefixes: ReadonlySet<string>;
};
