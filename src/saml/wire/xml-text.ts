import { FORBIDDEN_CHARACTER } from '../xml/references.ts';

/** XML 1.0 section 2.2, V21: whether a value can stand in a document at all. */
export const isXmlText = (value: string): boolean => value.isWellFormed() && !FORBIDDEN_CHARACTER.test(value);
