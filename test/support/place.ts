import type { Browser } from './browser.ts';

/** The path a browser stands at, without its language. */
export const placeOf = ({ view }: Browser): string =>
  view.url.pathname.replace(/^\/(?:en|es|fr|zh)(?=\/|$)/, '') || '/';
