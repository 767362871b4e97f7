import { LOCALES, type Locale } from '../kernel/locale.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { fillHelp, type HelpNode, type HelpVariables, parseHelpHtml, sanitizeHelpHtml } from './help-html.ts';
import { HELP_PRESETS } from './help-presets.ts';
import type { HelpContext, HelpText } from './model.ts';

/** The three pages that can carry an app's help text (accounts AP-3). */
export const HELP_CONTEXTS: readonly HelpContext[] = ['sign_in', 'sign_up', 'forgot_password'];

/** What may be sent for one context: a preset's name, or a text per language. */
export type RawHelp = string | null | { readonly [K in Locale]?: string | null | undefined };

/** Presets offered for a context (portal-and-operations P43). */
export const presetsOf = (context: HelpContext): readonly string[] => ['blank', ...HELP_PRESETS[context]];

const isPreset = (context: HelpContext, text: string): boolean => presetsOf(context).includes(text);

/**
 * Checks and sanitises help text for storing. A preset is stored by name, under every language, and rendered at
 * request time, so renaming the app renames it here too (P45); custom text is stored as sanitised HTML (P46). Refuses
 * a bare word that is no preset.
 */
export function checkHelpText(
  raw: Readonly<Partial<Record<HelpContext, RawHelp | undefined>>>,
): Result<HelpText, { context: HelpContext }> {
  const checked: Partial<Record<HelpContext, Partial<Record<Locale, string>>>> = {};
  for (const context of HELP_CONTEXTS) {
    const value = raw[context];
    if (value === undefined || value === null) continue;
    const texts: Partial<Record<Locale, string>> = {};
    if (typeof value === 'string') {
      const preset = value.trim() === '' ? 'blank' : value.trim();
      if (!isPreset(context, preset)) return err({ context });
      for (const locale of LOCALES) texts[locale] = preset;
    } else {
      for (const locale of LOCALES) {
        const text = value[locale]?.trim() ?? '';
        if (text !== '') texts[locale] = isPreset(context, text) ? text : sanitizeHelpHtml(text);
      }
    }
    if (Object.values(texts).some((text) => text !== 'blank')) checked[context] = texts;
  }
  return ok(checked);
}

/** Help text as the app document shows it: a preset by its name, custom text per language (M5). */
export function showHelpText(help: HelpText): Record<HelpContext, string | Partial<Record<Locale, string>>> {
  const show = (context: HelpContext): string | Partial<Record<Locale, string>> => {
    const texts = help[context];
    if (texts === undefined) return 'blank';
    const first = texts.en;
    const same = first !== undefined && LOCALES.every((locale) => texts[locale] === first);
    return same && isPreset(context, first) ? first : texts;
  };
  return { sign_in: show('sign_in'), sign_up: show('sign_up'), forgot_password: show('forgot_password') };
}

/** The words of a preset in the language of the page, as the HTML an app could have sent. */
export type PresetWords = (context: HelpContext, preset: string) => string;

/**
 * The help text of one page as a safe tree, placeholders filled; empty when there is none. A missing language falls
 * back to English (AP-3).
 */
export function helpFor(
  help: HelpText,
  context: HelpContext,
  locale: Locale,
  variables: HelpVariables,
  presetWords: PresetWords,
): readonly HelpNode[] {
  const stored = help[context]?.[locale] ?? help[context]?.en ?? '';
  if (stored === '' || stored === 'blank') return [];
  const html = isPreset(context, stored) ? presetWords(context, stored) : stored;
  return fillHelp(parseHelpHtml(html), variables);
}
