import type { english } from './en.ts';

/** The English catalogue with its literal texts, from which keys and placeholders are typed. */
export type English = ReturnType<typeof english>;

/** A complete catalogue: every key of the English one, any text. */
export type Messages = { readonly [Key in keyof English]: string };
