import type { Locale } from '../kernel/locale.ts';
import { english } from './locales/en.ts';
import type { Messages } from './locales/messages.ts';

/** The languages whose words are static files; English is part of the Worker. */
export type FiledLocale = Exclude<Locale, 'en'>;

/** A catalogue as it stands in a static file: it names its language, so that one can never pass for another. */
export interface CatalogueFile {
  readonly locale: FiledLocale;
  readonly messages: Messages;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isComplete = (value: Readonly<Record<string, unknown>>): value is Messages =>
  Object.keys(english()).every((key) => typeof value[key] === 'string');

/**
 * The words in a parsed catalogue file, or null when it is not a complete catalogue of this language: when it is not an
 * object, names another language, or lacks a text that the English catalogue has.
 */
export const readCatalogue = (file: unknown, locale: FiledLocale): Messages | null =>
  isRecord(file) && file.locale === locale && isRecord(file.messages) && isComplete(file.messages)
    ? file.messages
    : null;
