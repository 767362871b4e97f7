import { isLocale, type Locale } from '../../kernel/locale.ts';

/** R2: the language an app asks for, by its exact code; null for anything else, which then falls back to the browser's. */
export const readLocale = (value: string | undefined): Locale | null =>
  value !== undefined && isLocale(value) ? value : null;
