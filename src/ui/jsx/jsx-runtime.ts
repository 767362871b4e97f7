import type { JSX as Html } from 'hono/jsx/jsx-runtime';
import { type Child, childHtml, escapeHtml, type Markup, markup } from './markup.ts';

/**
 * What the compiler turns JSX into: elements become HTML at once, the innermost first. Pages here are text that is sent
 * and forgotten, so there are no nodes, no state and nothing asynchronous (docs/decisions/bundle.md).
 */

type Props = Readonly<Record<string, unknown>>;

/** A function that makes a part of a page of its properties. */
export type Component = (props: Props) => Child;

/** Elements that hold nothing and have no end tag (HTML section 13.1.2). */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/** Attributes that are there or not, whatever their value (HTML, index of attributes). */
const BOOLEAN = new Set(
  (
    'allowfullscreen async autofocus autoplay checked controls default defer disabled download formnovalidate hidden ' +
    'inert ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected'
  ).split(' '),
);

/** Letters that cannot end a name or a quoted value. */
const NAME = /^[a-zA-Z][a-zA-Z0-9:._-]*$/;

function attribute(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean' && BOOLEAN.has(name)) return value ? ` ${name}=""` : '';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw new TypeError(`the attribute ${name} is no text`);
  return ` ${name}="${escapeHtml(String(value))}"`;
}

/**
 * An element or the result of a component as HTML. Names come from our own code and are checked all the same; throws on
 * names and values that HTML cannot hold.
 */
export function jsx(tag: string | Component, props: Props): Markup {
  if (typeof tag === 'function') return markup(childHtml(tag(props)));
  if (!NAME.test(tag)) throw new TypeError('an element has an impossible name');
  let html = `<${tag}`;
  for (const name in props) {
    if (name === 'children') continue;
    if (!NAME.test(name)) throw new TypeError('an attribute has an impossible name');
    html += attribute(name, props[name]);
  }
  return markup(VOID.has(tag) ? `${html}/>` : `${html}>${childHtml(props.children)}</${tag}>`);
}

export { jsx as jsxs };

/** Several children without an element around them. */
export const Fragment = ({ children }: { readonly children?: Child }): Child => children;

/** What the compiler checks JSX against: the attributes HTML knows, and components that return something to show. */
export declare namespace JSX {
  type Element = Markup;
  type ElementType = string | ((props: never) => Child);
  interface ElementChildrenAttribute {
    children: Child;
  }
  type IntrinsicElements = Html.IntrinsicElements;
  interface IntrinsicAttributes {
    key?: string | number | null | undefined;
  }
}
