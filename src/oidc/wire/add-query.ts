import { decodeFormComponent } from './read-parameters.ts';

const PLAIN = /^[A-Za-z0-9_.~-]*$/;
const LEFT_BY_PLATFORM = /[!'()*]/g;

/** One component of `application/x-www-form-urlencoded`: a space becomes `+`, everything but unreserved is escaped. */
export function encodeFormComponent(text: string): string {
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%20', '+')
    .replace(LEFT_BY_PLATFORM, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

type Pair = readonly [name: string, value: string];

/**
 * Adds parameters to a URI (ERR-5): existing ones stay unless ours has the same name, all are emitted in alphabetical
 * order of their names, and the fragment stays last. `added` must already be in that order. Whatever the values
 * hold, the result has no line break, quote or space in them.
 */
export function addQuery(uri: string, added: readonly Pair[]): string {
  const hash = uri.indexOf('#');
  const fragment = hash === -1 ? '' : uri.slice(hash);
  const withoutFragment = hash === -1 ? uri : uri.slice(0, hash);
  const mark = withoutFragment.indexOf('?');
  const base = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
  const query = mark === -1 ? '' : withoutFragment.slice(mark + 1);
  return `${base}?${query === '' ? join(added) : join(merge(query, added))}${fragment}`;
}

/** Parameters as a query or form body. */
export const encodeQuery = (parameters: Iterable<Pair>): string => join([...parameters]);

function join(pairs: readonly Pair[]): string {
  let text = '';
  for (const [name, value] of pairs) {
    text += `${text === '' ? '' : '&'}${encodeFormComponent(name)}=${encodeFormComponent(value)}`;
  }
  return text;
}

/** Code-unit order and a stable sort, so that an app's own repeated keys keep their order. */
function merge(query: string, added: readonly Pair[]): Pair[] {
  const kept: Pair[] = [];
  for (const piece of query.split('&')) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    const name = decode(equals === -1 ? piece : piece.slice(0, equals));
    if (added.some(([ours]) => ours === name)) continue;
    kept.push([name, equals === -1 ? '' : decode(piece.slice(equals + 1))]);
  }
  return [...kept, ...added].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Escapes that are no UTF-8 stay as they are and get escaped once more: nothing of the app's address is lost. */
const decode = (component: string): string => decodeFormComponent(component) ?? component;
