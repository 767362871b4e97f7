import fc from 'fast-check';

/*
 * Generated documents: well-formed and namespace-well-formed by construction, spelled in every way XML offers (quotes,
 * references, CDATA, comments, white space in tags, line ends), with prefixes declared, hidden, repeated and undone.
 */

const PREFIXES = ['', 'a', 'b', 'xs', 'é'];
const NAMESPACES = ['urn:a', 'urn:b', 'http://example.org/', "http://example.org/?it's=b,c"];
const LOCALS = ['a', 'b', 'Long.Name-1', '_x', 'ñ', '𐀀', '\uF900'];
const TEXTS = [
  '',
  'x',
  ' ',
  '\n',
  '&',
  '<',
  '>',
  ']]',
  '"',
  "'",
  '\t',
  '\r',
  'é',
  '€',
  '😀',
  '\u00a0',
  'a b',
  'x'.repeat(70),
];

const text = fc.array(fc.constantFrom(...TEXTS), { maxLength: 5 }).map((parts) => parts.join(''));
const local = fc.constantFrom(...LOCALS);

type Shape = {
  readonly prefix: number;
  readonly local: string;
  readonly declare: readonly (readonly [number, number])[];
  readonly undeclare: boolean;
  readonly attributes: readonly (readonly [number, string, string])[];
  readonly spelling: number;
  readonly content: readonly (string | Shape | { readonly comment: string })[];
};

const shape: fc.Memo<Shape> = fc.memo((depth) =>
  fc.record({
    prefix: fc.nat(9),
    local,
    declare: fc.array(fc.tuple(fc.nat(PREFIXES.length - 1), fc.nat(NAMESPACES.length - 1)), { maxLength: 3 }),
    undeclare: fc.boolean(),
    attributes: fc.array(fc.tuple(fc.nat(9), local, text), { maxLength: 4 }),
    spelling: fc.nat(),
    content: fc.array(
      fc.oneof(
        { weight: 3, arbitrary: text },
        { weight: depth > 1 ? 3 : 0, arbitrary: depth > 1 ? shape(depth - 1) : text },
        { weight: 1, arbitrary: fc.constantFrom('', 'x', ' é & < ', '\n').map((comment) => ({ comment })) },
      ),
      { maxLength: 4 },
    ),
  }),
);

/** A small stream of choices out of one number, so that a document shrinks well. */
function choices(seed: number): (upTo: number) => number {
  let state = seed >>> 0;
  return (upTo) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % upTo;
  };
}

const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  '&': ['&amp;', '&#38;', '&#x26;'],
  '<': ['&lt;', '&#60;', '&#x3C;'],
  '>': ['&gt;', '>', '&#x3e;'],
  '"': ['&quot;', '&#34;'],
  "'": ['&apos;', '&#x27;'],
  '\r': ['&#13;', '&#xD;', '&#xd;'],
  '\n': ['&#10;', '&#xA;'],
  '\t': ['&#9;', '&#x9;'],
};

function spellAttribute(value: string, pick: (upTo: number) => number): string {
  const quote = pick(2) === 0 ? '"' : "'";
  const spelled = [...value].map((character) => {
    const free = character !== quote && !'&<\r\n\t'.includes(character) && pick(6) > 0;
    const references = REFERENCES[character] ?? [character, `&#${character.codePointAt(0)};`];
    return free ? character : (references[pick(references.length)] ?? character);
  });
  return quote + spelled.join('') + quote;
}

function spellText(value: string, pick: (upTo: number) => number): string {
  let out = '';
  for (const character of value) {
    if (character === '\n' && pick(2) === 0) out += ['\n', '\r\n'][pick(2)] ?? '\n';
    else if ('&<>\r'.includes(character)) {
      const [first = character] = REFERENCES[character] ?? [];
      out += character !== '\r' && pick(4) === 0 ? `<![CDATA[${character}]]>` : first;
    } else if (pick(9) === 0) out += `&#x${character.codePointAt(0)?.toString(16)};`;
    else out += character;
  }
  return out;
}

const SPACES = [' ', '\n', '\t', '  ', ' \r\n '];

function spell(node: Shape, outer: ReadonlyMap<string, string>): string {
  const pick = choices(node.spelling);
  const scope = new Map(outer);
  const declared = new Map<string, string>();
  for (const [prefix, uri] of node.declare) declared.set(PREFIXES[prefix] ?? '', NAMESPACES[uri] ?? 'urn:a');
  if (node.undeclare && !declared.has('')) declared.set('', '');
  for (const [prefix, uri] of declared) scope.set(prefix, uri);
  const usable = [...scope].filter(([prefix, uri]) => prefix !== '' && uri !== '').map(([prefix]) => prefix);
  const prefixFor = (choice: number) =>
    choice < 4 || usable.length === 0 ? '' : (usable[choice % usable.length] ?? '');
  const qualified = (prefix: string, name: string) => (prefix === '' ? name : `${prefix}:${name}`);
  const pieces: string[] = [];
  for (const [prefix, uri] of declared) {
    pieces.push(`${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}=${spellAttribute(uri, pick)}`);
  }
  const seen = new Set<string>();
  for (const [choice, name, value] of node.attributes) {
    const prefix = prefixFor(choice);
    const expanded = `${prefix === '' ? '' : scope.get(prefix)} ${name}`;
    if (seen.has(expanded)) continue;
    seen.add(expanded);
    pieces.push(`${qualified(prefix, name)}${['=', ' = ', '\n='][pick(3)]}${spellAttribute(value, pick)}`);
  }
  const name = qualified(prefixFor(node.prefix), node.local);
  let tag = `<${name}`;
  while (pieces.length > 0)
    tag += (SPACES[pick(SPACES.length)] ?? ' ') + pieces.splice(pick(pieces.length), 1);
  const content = node.content
    .map((part) => {
      if (typeof part === 'string')
        return spellText(part, pick).replaceAll(']]>', ']]&gt;').replaceAll('<![CDATA[>]]&gt;', '&gt;');
      return 'comment' in part ? `<!--${part.comment}-->` : spell(part, scope);
    })
    .join('');
  const fixed = closeSections(content);
  if (fixed === '' && pick(2) === 0) return `${tag}${pick(2) === 0 ? ' ' : ''}/>`;
  return `${tag}>${fixed}</${name}${pick(4) === 0 ? ' ' : ''}>`;
}

/** A section that lost its end to the replacement above gets it back. */
const closeSections = (content: string): string =>
  content.replace(/<!\[CDATA\[(.)\]\]&gt;/g, '<![CDATA[$1]]>');

/** Text of a document, with comments and CDATA sections here and there. */
export const documents: fc.Arbitrary<string> = shape(4).map((node) => spell(node, new Map()));

/** The same without comments and CDATA, with an ID on the root: what a message may look like. */
export const messages: fc.Arbitrary<string> = documents.map((document) => {
  const plain = document
    .replace(/<!--.*?-->/gs, '')
    .replace(/<!\[CDATA\[(.)\]\]>/g, (_, character: string) => REFERENCES[character]?.[0] ?? character);
  return `<m:Message xmlns:m="urn:example:message" ID="_r1"><m:Issuer>x</m:Issuer>%SIGNATURE%<m:Body>${plain}</m:Body></m:Message>`;
});

/** Changes to text of the kind that parsers disagree about: one string put in place of a few characters, several times. */
export const mutations: fc.Arbitrary<(text: string) => string> = fc
  .array(
    fc.tuple(
      fc.nat(),
      fc.nat(3),
      fc.constantFrom(
        '',
        '<',
        '>',
        '/',
        '&',
        ';',
        '"',
        "'",
        '=',
        ' ',
        ':',
        '!',
        '-',
        '--',
        ']]>',
        '<!--',
        '-->',
        '<![CDATA[',
        '<?x?>',
        '<!DOCTYPE a>',
        '&lt;',
        '&#0;',
        '&#xD800;',
        '&#x41;',
        '&x;',
        'xmlns',
        'xmlns:a',
        ' xmlns=""',
        ' a:a=""',
        ' ID="_r1"',
        'xml:lang',
        '\u0000',
        '\u000B',
        '\uFFFE',
        '\uFEFF',
        '\r',
        '\t',
        '\u0085',
        '\u2028',
        'é',
        '1',
        '<a/>',
        '</a>',
        '<a>',
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((changes) => (text) => {
    let changed = text;
    for (const [place, removed, put] of changes) {
      const at = place % (changed.length + 1);
      changed = changed.slice(0, at) + put + changed.slice(at + removed);
    }
    return changed;
  });
