/**
 * A piece of custom help text after sanitising: text, or one of the allowed elements. Pages draw this tree, so no
 * string of HTML is ever trusted twice (accounts AP-3: sanitise on write and again on render).
 */
export type HelpNode =
  | string
  | {
      readonly tag: HelpTag;
      readonly href: string | null;
      /** Opens in a new tab; drawn with `target="_blank" rel="noopener"`. */
      readonly blank: boolean;
      readonly children: readonly HelpNode[];
    };
export type HelpTag = 'p' | 'br' | 'ol' | 'ul' | 'li' | 'a' | 'strong' | 'em' | 'b';

/** Values for the placeholders `%{sp_name}`, `%{sp_create_link}` and `%{app_name}` (P46). */
export interface HelpVariables {
  readonly sp_name: string;
  readonly sp_create_link: string;
  readonly app_name: string;
}

const TAGS: ReadonlySet<string> = new Set(['p', 'br', 'ol', 'ul', 'li', 'a', 'strong', 'em', 'b']);
const isHelpTag = (name: string): name is HelpTag => TAGS.has(name);
/** Elements whose text is not prose; they go with all they hold. */
const OPAQUE: ReadonlySet<string> = new Set([
  'script',
  'style',
  'iframe',
  'object',
  'embed',
  'template',
  'svg',
  'math',
  'textarea',
  'title',
  'noscript',
  'xmp',
  'select',
]);
const MAX_DEPTH = 16;
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<([/]?)([A-Za-z][A-Za-z0-9:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|<[!?][^>]*>?/g;
const ATTRIBUTE = /([A-Za-z][A-Za-z0-9:_-]*)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
      ? String.fromCodePoint(code)
      : '';
  });

/** P46: https and mailto only, or exactly the placeholder for the sign-up link. */
function safeHref(value: string): string | null {
  const href = decodeEntities(value).trim();
  if (href === '%{sp_create_link}') return href;
  if (/^mailto:[^\s<>"]+$/i.test(href)) return href;
  return /^https:\/\/[^\s<>"\\]+$/i.test(href) && URL.canParse(href) ? href : null;
}

function attributes(text: string): { href: string | null; blank: boolean } {
  let href: string | null = null;
  let blank = false;
  for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? bare ?? '';
    if (name?.toLowerCase() === 'href' && href === null) href = safeHref(value);
    if (name?.toLowerCase() === 'target') blank = value === '_blank';
  }
  return { href, blank };
}

interface Open {
  readonly tag: HelpTag;
  readonly href: string | null;
  readonly blank: boolean;
  readonly children: HelpNode[];
}

/**
 * Reads custom help text and keeps only what is allowed (accounts AP-3, portal P46): unknown elements vanish but keep
 * their words, elements that hold code vanish whole, links keep `href` (https, mailto) and `target`. Never throws;
 * whatever is not an allowed element is text.
 */
export function parseHelpHtml(html: string): readonly HelpNode[] {
  const root: HelpNode[] = [];
  const stack: Open[] = [];
  let opaque: string | null = null;
  let at = 0;
  const here = (): HelpNode[] => stack.at(-1)?.children ?? root;
  const addText = (text: string): void => {
    if (opaque !== null || text === '') return;
    const siblings = here();
    const last = siblings.at(-1);
    const decoded = decodeEntities(text);
    if (typeof last === 'string') siblings[siblings.length - 1] = last + decoded;
    else siblings.push(decoded);
  };
  const close = (tag: string): void => {
    const index = stack.findLastIndex((open) => open.tag === tag);
    if (index !== -1) stack.length = index;
  };
  for (const token of html.matchAll(TOKEN)) {
    addText(html.slice(at, token.index));
    at = token.index + token[0].length;
    const closing = token[1] === '/';
    const name = token[2]?.toLowerCase();
    if (name === undefined) continue;
    if (opaque !== null) {
      if (closing && name === opaque) opaque = null;
      continue;
    }
    if (OPAQUE.has(name)) {
      if (!closing) opaque = name;
      continue;
    }
    if (!isHelpTag(name)) continue;
    if (closing) {
      close(name);
      continue;
    }
    if (name === 'br') {
      here().push({ tag: 'br', href: null, blank: false, children: [] });
      continue;
    }
    if (name === 'a' || name === 'p') close(name);
    if (stack.length >= MAX_DEPTH) continue;
    const open: Open = {
      tag: name,
      ...(name === 'a' ? attributes(token[3] ?? '') : { href: null, blank: false }),
      children: [],
    };
    here().push(open);
    stack.push(open);
  }
  addText(html.slice(at));
  return root;
}

const escapeText = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\u00a0/g, '&nbsp;');
const escapeAttribute = (text: string): string => escapeText(text).replace(/"/g, '&quot;');

/** Writes a sanitised tree as HTML; reading the result again gives the same tree. */
export function writeHelpHtml(nodes: readonly HelpNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escapeText(node);
      if (node.tag === 'br') return '<br>';
      const href = node.href === null ? '' : ` href="${escapeAttribute(node.href)}"`;
      const target = node.blank ? ' target="_blank" rel="noopener"' : '';
      return `<${node.tag}${href}${target}>${writeHelpHtml(node.children)}</${node.tag}>`;
    })
    .join('');
}

/** Sanitised HTML of custom help text, the form that is stored. */
export const sanitizeHelpHtml = (html: string): string => writeHelpHtml(parseHelpHtml(html));

const fill = (text: string, variables: HelpVariables): string =>
  text.replace(/%\{(?:sp_name|sp_create_link|app_name)\}/g, (placeholder) => {
    if (placeholder === '%{sp_name}') return variables.sp_name;
    return placeholder === '%{app_name}' ? variables.app_name : variables.sp_create_link;
  });

/** Fills placeholders in an already parsed tree, so a name that looks like HTML stays text. */
export const fillHelp = (nodes: readonly HelpNode[], variables: HelpVariables): readonly HelpNode[] =>
  nodes.map((node) =>
    typeof node === 'string'
      ? fill(node, variables)
      : {
          ...node,
          href: node.href === null ? null : fill(node.href, variables),
          children: fillHelp(node.children, variables),
        },
  );
