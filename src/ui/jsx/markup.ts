/** No text that came from outside can hold this key, so nothing but our own code makes markup. */
const HTML = Symbol('html');

/** Text that is HTML already and goes into a page as it is. */
export interface Markup {
  readonly [HTML]: string;
  readonly toString: () => string;
}

/** What may stand inside an element: text is escaped, markup is not, `null`, `undefined` and booleans are nothing. */
export type Child = Markup | string | number | boolean | null | undefined | readonly Child[];

/** Declares text to be HTML. Only for what this folder built and for what `src/ui/raw.ts` and `render.ts` let through. */
export const markup = (html: string): Markup => ({ [HTML]: html, toString: () => html });

const isMarkup = (value: unknown): value is Markup =>
  typeof value === 'object' && value !== null && HTML in value;

const entity = (character: string): string => {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    default:
      return '&#39;';
  }
};

/** Text for an element's content or for an attribute in quotes. */
export const escapeHtml = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, entity) : text;

/** A child as HTML. Throws on anything that is no {@link Child}: a promise, say, or an object that was never text. */
export function childHtml(child: unknown): string {
  if (typeof child === 'string') return escapeHtml(child);
  if (child === null || child === undefined || typeof child === 'boolean') return '';
  if (isMarkup(child)) return child[HTML];
  if (typeof child === 'number') return String(child);
  if (!Array.isArray(child)) throw new TypeError('only text and markup can stand in a page');
  let html = '';
  for (const one of child) html += childHtml(one);
  return html;
}
