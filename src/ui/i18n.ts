import type { Locale } from '../kernel/locale.ts';
import { en } from './locales/en.ts';
import { es } from './locales/es.ts';
import { fr } from './locales/fr.ts';
import type { English, Messages } from './locales/messages.ts';
import { zh } from './locales/zh.ts';

export type { Locale };

/** Each language's name in that language. */
export const localeNames: { readonly [L in Locale]: string } = {
  en: 'English',
  es: 'Español',
  fr: 'Français',
  zh: '中文 (简体)',
};

/** A key of the catalogue: `room.page.thing`. */
export type MessageKey = keyof English;

/** The placeholder names of a text: `'{count} of {total}'` gives `'count' | 'total'`. */
export type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** What a placeholder may be filled with. Numbers are written the way the language writes them. */
export type Fill = string | number;

type Fills<Names extends string> = [Names] extends [never] ? [] : [fills: { readonly [N in Names]: Fill }];

/** The stem of a pluralised message: `a.b` when the catalogue has `a.b.one` and `a.b.other`. */
export type PluralKey = MessageKey extends infer K ? (K extends `${infer Stem}.other` ? Stem : never) : never;

type PluralText<Stem extends PluralKey> = English[Extract<MessageKey, `${Stem}.other`>];

/** Looks words up in one language. */
export type Translate = {
  /** The text of a key with its `{placeholders}` filled; which placeholders are due is typed from the English text. */
  <K extends MessageKey>(key: K, ...fills: Fills<Placeholders<English[K]>>): string;
  readonly locale: Locale;
  /**
   * The text that fits a count: `stem.one` or `stem.other` by the language's plural rules.
   * `{count}` is filled by itself; other placeholders are given in `fills`.
   */
  readonly plural: <S extends PluralKey>(
    stem: S,
    count: number,
    ...fills: Fills<Exclude<Placeholders<PluralText<S>>, 'count'>>
  ) => string;
};

const catalogues: { readonly [L in Locale]: Messages } = { en, es, fr, zh };

/** The whole catalogue of a language; for tests and for tools that print all words. */
export const catalogue = (locale: Locale): Messages => catalogues[locale];

/** Puts values in the place of `{names}`. A name without a value stays as it is, so that a fault is visible. */
export const fillPlaceholders = (
  locale: Locale,
  text: string,
  fills: Readonly<Record<string, Fill>>,
): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const fill = Object.hasOwn(fills, name) ? fills[name] : undefined;
    if (fill === undefined) return whole;
    return typeof fill === 'number' ? new Intl.NumberFormat(locale).format(fill) : fill;
  });

const lookUp = (messages: Readonly<Record<string, string>>, stem: string, rule: string): string =>
  messages[`${stem}.${rule}`] ?? messages[`${stem}.other`] ?? stem;

/**
 * French puts a space that must not break before `: ; ! ? »` and after `«` (L10-2). The catalogue is
 * written with ordinary spaces, which can be seen while editing; they are exchanged here.
 */
const typeset = (locale: Locale, text: string): string =>
  locale === 'fr' ? text.replace(/ (?=[:;!?»])|(?<=«) /g, '\u00a0') : text;

const makeTranslate = (locale: Locale): Translate => {
  const messages = catalogues[locale];
  const rules = new Intl.PluralRules(locale);
  const translate = (key: MessageKey, fills: Readonly<Record<string, Fill>> = {}): string =>
    fillPlaceholders(locale, typeset(locale, messages[key]), fills);
  const plural = (stem: string, count: number, fills: Readonly<Record<string, Fill>> = {}): string =>
    fillPlaceholders(locale, typeset(locale, lookUp(messages, stem, rules.select(count))), {
      ...fills,
      count,
    });
  return Object.assign(translate, { locale, plural });
};

const translators: { readonly [L in Locale]: Translate } = {
  en: makeTranslate('en'),
  es: makeTranslate('es'),
  fr: makeTranslate('fr'),
  zh: makeTranslate('zh'),
};

/** The translator of a language. */
export const translator = (locale: Locale): Translate => translators[locale];
