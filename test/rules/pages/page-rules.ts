import { expect } from 'vitest';
import type { Locale } from '../../../src/kernel/locale.ts';
import { type Markup, type Page, renderPage, translator } from '../../../src/ui/index.ts';

/** What a page is told, in one language, with the language in the path. */
export const aPage = (locale: Locale, more: Partial<Page> = {}): Page => ({
  t: translator(locale),
  brand: 'Gatehouse',
  environment: 'production',
  path: '/somewhere?a=1',
  localeInPath: locale,
  nonce: 'bm9uY2Utbm9uY2Utbm9uY2U',
  csrf: 'csrf-of-this-browser',
  requestId: 'ticket-1',
  app: { name: 'Parks & Lakes' },
  ...more,
});

/** The HTML of a page; of no page it is none, which fails every rule. */
export const htmlOf = (element: Markup | undefined): string =>
  element === undefined ? '' : String(renderPage(element));

const tags = (html: string, name: string): readonly string[] =>
  [...html.matchAll(new RegExp(`<${name}\\b[^>]*>`, 'g'))].map(([tag]) => tag);

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? null;

const isUs = (href: string): boolean => href.startsWith('/') && !href.startsWith('/static/');

/** UX-2: one title, one heading, unique ids, and nothing a policy of nonces would refuse. */
export function expectFrame(html: string, locale: Locale): void {
  expect(html.startsWith(`<!DOCTYPE html><html lang="${locale}">`)).toBe(true);
  expect(/<title>[^<|]+ \| Gatehouse<\/title>/.test(html), 'UX-2 title').toBe(true);
  expect(tags(html, 'h1')).toHaveLength(1);
  expect(/<h1[^>]*>\s*<\/h1>/.test(html), 'a heading with words').toBe(false);
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    'UX-2 ids are unique',
  ).toEqual([]);
  expect(html).not.toMatch(/\sstyle="/);
  expect(html).not.toMatch(/\son[a-z]+="/);
  expect(html.replace(/<script[^>]*src="[^>]*><\/script>/g, '')).not.toContain('<script');
}

/** L10-1: every word comes from the catalogue and every placeholder was filled. */
export function expectWords(html: string): void {
  const text = html.replace(/<[^>]*>/g, ' ').replaceAll('{time}', '');
  expect(text).not.toMatch(/\{\w+\}/);
  expect(text).not.toMatch(/\b(?:signin|factors|consent|entry|accounts|layout)\.[a-z0-9_]+\.[a-z0-9_]+/);
  expect(text).not.toMatch(/\bundefined\b|\[object|\bNaN\b/);
}

/** Links and forms keep the language the person browses with (UR-1). */
export function expectLanguageKept(html: string, locale: Locale): void {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  const own = [
    ...tags(main, 'a').map((tag) => attribute(tag, 'href')),
    ...tags(main, 'form').map((tag) => attribute(tag, 'action')),
  ].flatMap((href) => (href !== null && isUs(href) ? [href] : []));
  expect(own.filter((href) => !(href === `/${locale}` || /^\/(?:en|es|fr|zh)[/?]/.test(href)))).toEqual([]);
}

/** Forms as the house writes them: real, with token, each control named and labelled, one primary way on. */
export function expectForms(html: string): void {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  const labelled = new Set([...main.matchAll(/<label[^>]*\sfor="([^"]*)"/g)].map(([, id]) => id));
  for (const [form] of main.matchAll(/<form\b[\s\S]*?<\/form>/g)) {
    expect(form).toMatch(/^<form[^>]*\smethod="post"/);
    expect(form).toMatch(/^<form[^>]*\snovalidate/);
    expect(form).toContain('name="csrf" value="csrf-of-this-browser"');
    const controls = tags(form, 'input').filter(
      (tag) => attribute(tag, 'type') !== 'hidden' && !/\shidden=""/.test(tag),
    );
    for (const control of controls) {
      const id = attribute(control, 'id');
      expect(id !== null && labelled.has(id), `UX-3 a label for ${control}`).toBe(true);
      const described = attribute(control, 'aria-describedby')?.split(' ') ?? [];
      for (const target of described) expect(main).toContain(`id="${target}"`);
    }
  }
  const primary = [...main.matchAll(/class="(usa-button[^"]*)"/g)].filter(
    ([, classes]) => !/outline|unstyled/.test(classes ?? ''),
  );
  expect(primary.length, 'UX-6 one primary way on').toBeLessThanOrEqual(1);
}

/** UX-3: each problem stands beside its field, and the summary leads there. */
export function expectProblems(html: string, fields: readonly string[]): void {
  const summary = /<div class="[^"]*gh-error-summary[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '';
  const targets = [...summary.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
  expect(targets).toEqual(fields);
  for (const field of fields) {
    expect(html).toMatch(new RegExp(`\\sid="${field}"`));
    expect(html).toContain(`id="${field}-error"`);
  }
}
