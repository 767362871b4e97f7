import { raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { DOCTYPE } from './raw.ts';

/** A whole page as text: `c.html(renderPage(<SignInPage ... />))`. Pages are synchronous. */
export const renderPage = (page: { toString(): string | Promise<string> }): HtmlEscapedString => {
  const body = page.toString();
  if (typeof body !== 'string') throw new Error('a page must not be asynchronous');
  return raw(`${DOCTYPE}${body}`);
};
