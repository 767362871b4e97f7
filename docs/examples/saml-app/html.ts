/** Text that is HTML already. Everything else is escaped when it is put into some. */
export interface Html {
  readonly html: string;
}
type Part = Html | string | null | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const text = (part: Part): string => {
  if (part === null) return '';
  if (typeof part === 'string') return part.replace(/[&<>"]/g, (found) => ESCAPES[found] ?? '');
  return 'html' in part ? part.html : part.map(text).join('');
};

/** Template tag: everything put into it is escaped, except what is HTML itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((string, index) => string + text(parts[index] ?? null)).join(''),
});
