import type { en } from './en.ts';

/** The English catalogue with its literal texts, from which keys and placeholders are typed. */
export type English = typeof en;

/** A complete catalogue: every key of the English one, any text. */
export type Messages = { readonly [Key in keyof English]: string };
