/** Scalars that no reader of YAML takes for anything but the text they are: no numbers, no dates, no `yes`, no `null`. */
const PLAIN = /^[A-Za-z][\w.:/@+-]*[\w/]$/;
const RESERVED = /^(?:null|true|false|yes|no|on|off|y|n|inf|nan)$/i;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isList(value);

/** A JSON string is a double-quoted YAML scalar (YAML 1.2 section 1.3). */
const scalar = (value: unknown): string =>
  typeof value === 'string'
    ? PLAIN.test(value) && !RESERVED.test(value)
      ? value
      : JSON.stringify(value)
    : (JSON.stringify(value) ?? 'null');

/** Several lines, each without a blank at its end, can stand as they are read: certificates do. */
const isBlock = (value: unknown): value is string =>
  typeof value === 'string' && /^[!-~](?:[ -~]*[!-~])?(?:\n[!-~](?:[ -~]*[!-~])?)+\n?$/.test(value);

const block = (text: string, indent: string): string =>
  `${text.endsWith('\n') ? '|' : '|-'}\n${text.replace(/\n$/, '').replace(/^/gm, indent)}\n`;

/** What follows a key's colon or an entry's dash, to the end of its last line. */
function written(value: unknown, indent: string): string {
  if (isBlock(value)) return ` ${block(value, `${indent}  `)}`;
  if (isList(value)) {
    if (value.length === 0) return ' []\n';
    return `\n${value.map((entry) => `${indent}  -${written(entry, `${indent}  `)}`).join('')}`;
  }
  if (!isMap(value)) return ` ${scalar(value)}\n`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return fields.length === 0
    ? ' {}\n'
    : `\n${fields.map(([key, field]) => `${indent}  ${scalar(key)}:${written(field, `${indent}  `)}`).join('')}`;
}

/**
 * Plain data (what JSON can hold) as a YAML 1.2 document: a map of fields, two spaces a level, texts in double quotes
 * unless they are single words. Writing is so much less than reading that the library's reader alone is carried.
 */
export function writeYaml(document: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(document);
  return fields.length === 0
    ? '{}\n'
    : fields.map(([key, value]) => `${scalar(key)}:${written(value, '')}`).join('');
}
