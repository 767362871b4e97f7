import { type Markup, markup } from './jsx/markup.ts';
import { DOCTYPE } from './raw.ts';

/** A whole page as text: `renderPage(<SignInPage ... />)`. `errorId`: the stable id of what it refuses, for scripts to read. */
export const renderPage = (page: Markup, errorId?: string): Markup => {
  const html = String(page);
  const marked = errorId === undefined ? html : html.replace('<body', `<body data-error-id="${errorId}"`);
  return markup(`${DOCTYPE}${marked}`);
};
