import { isObject } from './json.ts';

/** What no line of a log may look like, whoever's it is (O23). */
const SHAPES: readonly RegExp[] = [
  // An email address.
  /[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/i,
  // A phone number in international form.
  /\+[1-9]\d{9,14}\b/,
  // A backup code or a personal key as people see it.
  /(?<![\w-])[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2,3}(?![\w-])/,
  // A Social Security number.
  /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/,
];
/** Shorter texts stand in lines by chance. */
const SHORTEST = 8;
/** Told about an account, and no secret of its own. */
const HARMLESS: ReadonlySet<string> = new Set(['uuid', 'locale', 'kind', 'rp_id', 'kty', 'crv']);

/** Every secret text in an answer that told about an account just made. */
export function secretsIn(answer: unknown): readonly string[] {
  if (typeof answer === 'string') return answer.length < SHORTEST ? [] : [answer];
  if (Array.isArray(answer)) return answer.flatMap(secretsIn);
  if (!isObject(answer)) return [];
  return Object.entries(answer).flatMap(([name, value]) => (HARMLESS.has(name) ? [] : secretsIn(value)));
}

/** Lines of a log that hold one of these texts, or anything that looks like personal data. */
export function personalLines(lines: readonly string[], secrets: readonly string[]): readonly string[] {
  return lines.filter(
    (line) => SHAPES.some((shape) => shape.test(line)) || secrets.some((secret) => line.includes(secret)),
  );
}
