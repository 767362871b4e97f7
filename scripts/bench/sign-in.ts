import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { stringAt } from '../support/record.ts';
import type { Answer, HttpClient } from './http-client.ts';
import { FORM, RETURN_URI } from './relying-party.ts';
import { isSamlAnswer } from './service-provider.ts';

/** Somebody with a password and an authentication app. */
export interface Person {
  readonly email: string;
  readonly password: string;
  readonly totpSecret: Uint8Array<ArrayBuffer>;
  /** Limits on sign-ins count by address, and these are many people. */
  readonly address: string;
}

/** Makes an account over the sandbox interface. */
export async function makePerson(client: HttpClient, adminToken: string, index: number): Promise<Person> {
  const answer = await client.ask({
    method: 'POST',
    path: '/api/sandbox/v1/accounts',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ factors: ['totp'] }),
  });
  const made: unknown = JSON.parse(answer.text);
  const [email, password, secret] = [
    stringAt(made, 'email'),
    stringAt(made, 'password'),
    stringAt(made, 'totp_secret'),
  ];
  const totpSecret = secret === null ? null : fromBase32(secret);
  if (email === null || password === null || totpSecret === null)
    throw new Error(`no account: ${answer.status} ${answer.text.slice(0, 300)}`);
  return { email, password, totpSecret, address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` };
}

const attribute = (tag: string, name: string): string =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? '';

/** The first form of a page that has all these fields, ready to be posted. */
function fill(
  html: string,
  fields: Readonly<Record<string, string>>,
): { readonly action: string; readonly body: string } {
  for (const [form] of html.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g)) {
    const inputs = [...form.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
    const names = new Set(inputs.map((tag) => attribute(tag, 'name')));
    const action = attribute(form, 'action');
    if (action.endsWith('/sign_out') || !Object.keys(fields).every((name) => names.has(name))) continue;
    const hidden = inputs.filter((tag) => attribute(tag, 'type') === 'hidden');
    const body = new URLSearchParams(hidden.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]));
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return { action, body: body.toString() };
  }
  throw new Error(
    `no form with ${Object.keys(fields).join(', ')}: ${html
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, 400)}`,
  );
}

/** What a person fills in on a page, by the page's address. */
function answerTo(path: string, person: Person | null): Readonly<Record<string, string>> {
  if (person === null) return {};
  if (path === '/') return { email: person.email, password: person.password };
  if (path.startsWith('/login/two_factor/')) return { code: totpAt(person.totpSecret, totpStep(Date.now())) };
  return {};
}

/**
 * A complete sign-in in a fresh browser, from the app's request to the app's address: password, authentication app,
 * and consent at the first time. Returns the Cookie header of the signed-in browser.
 */
export const signInCold = (client: HttpClient, person: Person, authorizePath: string): Promise<string> =>
  walk(client, new Map(), authorizePath, person);

/** Takes a signed-in browser, by its Cookie header, to an app it has not been to, and consents. Returns the header anew. */
export const visitApp = (client: HttpClient, cookie: string, path: string): Promise<string> => {
  const cookies = cookie.split('; ').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return walk(client, new Map(cookies), path, null);
};

async function walk(
  client: HttpClient,
  cookies: Map<string, string>,
  start: string,
  person: Person | null,
): Promise<string> {
  const header = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const go = async (method: 'GET' | 'POST', path: string, body?: string): Promise<Answer> => {
    const headers = {
      cookie: header(),
      ...(person === null ? {} : { 'cf-connecting-ip': person.address }),
      ...(body === undefined ? {} : FORM),
    };
    const answer = await client.ask({ method, path, headers, ...(body === undefined ? {} : { body }) });
    const lines = answer.headers['set-cookie'] ?? [];
    for (const line of typeof lines === 'string' ? [lines] : lines) {
      const [pair = '', ...rest] = line.split(';');
      const at = pair.indexOf('=');
      if (rest.some((part) => part.trim() === 'Max-Age=0')) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  let path = start;
  let answer = await go('GET', path);
  for (let hop = 0; hop < 12; hop += 1) {
    const location = answer.headers.location;
    if (typeof location === 'string') {
      if (location.startsWith(RETURN_URI)) return header();
      path = location;
      answer = await go('GET', path);
    } else if (answer.status === 200) {
      if (isSamlAnswer(answer.text)) return header();
      const { pathname } = new URL(path, client.base);
      const { action, body } = fill(answer.text, answerTo(pathname, person));
      path = action;
      answer = await go('POST', path, body);
    } else break;
  }
  throw new Error(
    `the sign-in ended at ${path} with ${answer.status}: ${answer.text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, 300)}`,
  );
}
