import { type Markup, type Page, renderPage, translator } from '../../../src/ui/index.ts';

/** A page in English, production, nobody signed in; each test says what differs. */
export const aPage = (over: Partial<Page> = {}): Page => ({
  t: translator('en'),
  brand: 'Gatehouse',
  environment: 'production',
  path: '/login',
  nonce: 'dGVzdC1ub25jZS10ZXN0LW5vbmNl',
  csrf: 'csrf-token',
  ...over,
});

/** A page or a part of one as text. */
export const htmlOf = (node: Markup): string => node.toString();

export const pageHtml = (node: Markup): string => renderPage(node).toString();

/** The opening tag of the first element that matches, for reading its attributes. */
export const tagOf = (html: string, pattern: RegExp): string => {
  const tag = [...html.matchAll(/<[a-z][^>]*>/g)].map(([text]) => text).find((text) => pattern.test(text));
  if (tag === undefined) throw new Error(`no element matches ${pattern}`);
  return tag;
};

/** An attribute of a tag, or undefined. */
export const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/** How often an element occurs. */
export const countOf = (html: string, element: string): number =>
  html.split(new RegExp(`<${element}[\\s>]`)).length - 1;
