import { isObject } from './json.ts';

/** What no line of a log may look like, whoever's it is (O23). */
const SHAPES: readonly RegExp[] = [
  // An email address, as it is or as addresses of pages carry it.
  /[\w.+-]+(?:@|%40)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/i,
  // A phone number in international form, and as a North American writes it.
  /\+[1-9]\d{9,14}\b/,
  /(?<![\w.-])\(?[2-9]\d\d\)?[ .-]?\d{3}[ .-]?\d{4}(?![\w.-])/,
  // A backup code or a personal key as people see it.
  /(?<![\w-])[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2,3}(?![\w-])/,
  // A Social Security number.
  /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/,
  /(?<![\w.:-])\d{9}(?![\w.:-])/,
  // A network address, but for this machine's.
  /(?<![\w.])(?!127\.0\.0\.1|0\.0\.0\.0)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/,
  // A code or token of ours, a signed token, a SAML message, a certificate or a key.
  /\bgh_(?:code|at)_/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}/,
  /PHNhbWx|<\/?saml/i,
  /-----BEGIN /,
  // What an authentication app is given: 160 bits in Base32.
  /(?<![\w-])[A-Z2-7]{32}(?![\w-])/,
];

/** Shorter texts stand in lines by chance, unless they are a number or a name, as a word of their own. */
const SHORTEST = 8;
const SHORT_NUMBER = /^\d{6,7}$/;
/** Accounts and apps are told apart in lines by their numbers. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NAMES: ReadonlySet<string> = new Set([
  'first_name',
  'middle_name',
  'last_name',
  'given_name',
  'family_name',
]);

/** Fields whose value comes out of a list, or names an app or a page: nothing of anybody's own. */
const HARMLESS: ReadonlySet<string> = new Set(
  [
    'uuid locale email_language kind rp_id kty crv alg factors level channel choice selection use country',
    'request_id return to tag platform format timeout replaces default _method transports service_level',
    'scope client_id redirect_uri post_logout_redirect_uri response_type response_mode acr_values prompt',
    'error error_description grant_type client_assertion_type code_challenge_method token_type iss aud sub acr SigAlg',
    'MessageStatus CallStatus OptOutType ErrorCode',
  ].flatMap((line) => line.split(' ')),
);

/** Whether a text under this name belongs to somebody, and is long enough to be told from others. */
const isTelling = (name: string, text: string): boolean =>
  !HARMLESS.has(name) &&
  !UUID.test(text) &&
  (text.length >= SHORTEST || SHORT_NUMBER.test(text) || (NAMES.has(name) && text.length > 2));

/** Every secret text in an answer that told about a person or was made for one; `name` is the field it stands in. */
export function secretsIn(answer: unknown, name = ''): readonly string[] {
  if (typeof answer === 'string') return isTelling(name, answer) ? [answer] : [];
  if (Array.isArray(answer)) return answer.flatMap((part) => secretsIn(part, name));
  if (!isObject(answer)) return [];
  return Object.entries(answer).flatMap(([field, value]) =>
    HARMLESS.has(field) ? [] : secretsIn(value, field),
  );
}

/** Every secret text in the fields of a form or of an address. */
export const secretsInFields = (fields: URLSearchParams): readonly string[] =>
  [...fields].flatMap(([name, value]) => secretsIn(value, name));

const escaped = (text: string): string => text.replace(/[^\w]/g, '\\$&');

/** Lines of a log that hold one of these texts, or anything that looks like personal data. */
export function personalLines(lines: readonly string[], secrets: Iterable<string>): readonly string[] {
  if (lines.length === 0) return [];
  const all = [...secrets];
  const short = all.filter((secret) => secret.length < SHORTEST).map(escaped);
  const words = short.length === 0 ? null : new RegExp(`(?<![\\w-])(?:${short.join('|')})(?![\\w-])`);
  // Most secrets stand nowhere: they are looked for once, not in every line.
  const whole = lines.join('\n').toLowerCase();
  const sung = all
    .filter((secret) => secret.length >= SHORTEST)
    .map((secret) => secret.toLowerCase())
    .filter((secret) => whole.includes(secret));
  return lines.filter(
    (line) =>
      SHAPES.some((shape) => shape.test(line)) ||
      words?.test(line) ||
      sung.some((secret) => line.toLowerCase().includes(secret)),
  );
}
