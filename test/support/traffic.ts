import { keepOut } from './heard-lines.ts';
import { secretsIn, secretsInFields } from './log-watch.ts';

/** Addresses whose JSON tells about a person; that of others is about apps and keys. */
const TELLING = /\/api\/(?:sandbox\/v1\/(?:accounts|messages)|openid_connect\/(?:token|userinfo))\b/;

interface Answer {
  readonly ok: boolean;
  readonly headers: { readonly get: (name: string) => string | null; readonly getSetCookie: () => string[] };
  readonly clone: () => { readonly text: () => Promise<string> };
}

/** Whatever of an address, a cookie, a bearer's token, a form or a document that goes to the server is somebody's. */
export function keepOutRequest(address: string, headers: unknown, body: unknown): void {
  keepOutAddress(address);
  for (const [name, value] of headerEntries(headers)) {
    if (/^cookie$/i.test(name))
      keepOut(value.split(/;\s*/).flatMap((pair) => secretsIn(pair.slice(pair.indexOf('=') + 1))));
    if (/^authorization$/i.test(name)) keepOut(secretsIn(value.replace(/^\w+\s+/, '')));
  }
  if (body instanceof URLSearchParams) keepOut(secretsInFields(body));
  if (typeof body !== 'string') return;
  if (!/^\s*[[{]/.test(body)) keepOut(secretsInFields(new URLSearchParams(body)));
  else if (TELLING.test(address)) keepOutJson(body);
}

/** The same of what comes back: cookies, where it leads, and documents about people. */
export async function keepOutAnswer(address: string, answer: Answer): Promise<void> {
  for (const line of answer.headers.getSetCookie()) keepOut(secretsIn(/=([^;]*)/.exec(line)?.[1]));
  const location = answer.headers.get('location');
  if (location !== null) keepOutAddress(location);
  if (!answer.ok || !TELLING.test(address)) return;
  const text = await answer.clone().text();
  if (/json/.test(answer.headers.get('content-type') ?? '')) keepOutJson(text);
  // The links of a message open something.
  for (const [link] of text.matchAll(/https?:\/\/[^\s"<>\\]+/g)) keepOutAddress(link);
}

/** What a query carries. */
export function keepOutAddress(address: string): void {
  const at = address.indexOf('?');
  if (at !== -1) keepOut(secretsInFields(new URLSearchParams(address.slice(at + 1))));
}

function keepOutJson(text: string): void {
  try {
    keepOut(secretsIn(JSON.parse(text)));
  } catch {
    // Tests send broken documents too.
  }
}

const headerEntries = (headers: unknown): readonly (readonly [string, string])[] => {
  if (headers instanceof Headers) return [...headers];
  if (typeof headers !== 'object' || headers === null) return [];
  return Object.entries(headers).map(([name, value]) => [name, String(value)]);
};
