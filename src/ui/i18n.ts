import { lazy } from '../kernel/lazy.ts';
import type { Locale } from '../kernel/locale.ts';
import { english } from './locales/en.ts';
import type { English, Messages } from './locales/messages.ts';

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

const makeTranslate = (locale: Locale, messages: Messages): Translate => {
  let rules: Intl.PluralRules | null = null;
  const translate = (key: MessageKey, fills: Readonly<Record<string, Fill>> = {}): string =>
    fillPlaceholders(locale, typeset(locale, messages[key]), fills);
  const plural = (stem: string, count: number, fills: Readonly<Record<string, Fill>> = {}): string => {
    rules ??= new Intl.PluralRules(locale);
    return fillPlaceholders(locale, typeset(locale, lookUp(messages, stem, rules.select(count))), {
      ...fills,
      count,
    });
  };
  return Object.assign(translate, { locale, plural });
};

/** A language this isolate can speak. */
interface Spoken {
  readonly messages: Messages;
  readonly translate: Translate;
}

const speak = (locale: Locale, messages: Messages): Spoken => ({
  messages,
  translate: makeTranslate(locale, messages),
});

const inEnglish = lazy(() => speak('en', english()));

/** English is built in; the others come from the static files before a request in them is answered. */
const spoken = new Map<Locale, Spoken>();

/** Whether a language's words are here, so that nothing has to be awaited. */
export const hasCatalogue = (locale: Locale): boolean => locale === 'en' || spoken.has(locale);

/** Puts a language's words in place for as long as this isolate lives. */
export const addCatalogue = (locale: Locale, messages: Messages): void => {
  spoken.set(locale, speak(locale, messages));
};

/** The words of a language, English where they are not here, by key: for texts whose keys are data, and for tests. */
export const catalogue = (locale: Locale): Messages => (spoken.get(locale) ?? inEnglish()).messages;

/**
 * The translator of a language. Where its words could not be read it is the English one and says so in `locale`: a page
 * in another language beats a page without words.
 */
export const translator = (locale: Locale): Translate => (spoken.get(locale) ?? inEnglish()).translate;
