import { type Form, readForms } from './browser.ts';

/** Where the browser stands. */
export interface WebPage {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
  /** Text without tags, white space folded. */
  readonly text: string;
  readonly forms: readonly Form[];
  readonly policy: string;
}

/** A browser without scripts that visits several sites on this machine over the network. */
export interface WebBrowser {
  readonly page: () => WebPage;
  readonly open: (address: string) => Promise<WebPage>;
  /** From now on, stop before following a redirect to an address that starts so; null follows all again. */
  readonly holdAt: (start: string | null) => void;
  /**
   * Sends the form that has all these fields, named by control name or `autocomplete` value. Throws when a redirect
   * leaves what the page's `form-action` allows, as browsers that hold the whole chain to it would.
   */
  readonly submit: (fields?: Readonly<Record<string, string>>) => Promise<WebPage>;
}

const MOST_HOPS = 20;

/** Cookies go by host name, without the port, as in real browsers. */
export function webBrowser(): WebBrowser {
  const jars = new Map<string, Map<string, string>>();
  let current: WebPage | null = null;
  let held: string | null = null;
  const page = (): WebPage => {
    if (current === null) throw new Error('no page was opened yet');
    return current;
  };

  const visit = async (start: URL, body: URLSearchParams | null, from: WebPage | null): Promise<WebPage> => {
    let url = start;
    let form = body;
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      if (from !== null && !allowsForm(from, url))
        throw new Error(`form-action of ${from.url.href} forbids ${url.href}`);
      const jar = jars.get(url.hostname) ?? new Map<string, string>();
      jars.set(url.hostname, jar);
      const response = await fetch(url, {
        redirect: 'manual',
        headers: {
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(form === null || from === null ? {} : { origin: from.url.origin }),
        },
        ...(form === null ? {} : { method: 'POST', body: form }),
      });
      for (const line of response.headers.getSetCookie()) keep(jar, line);
      const html = await response.text();
      const location = response.headers.get('location');
      if (location === null) {
        const policy = response.headers.get('content-security-policy') ?? '';
        current = { url, status: response.status, html, text: textOf(html), forms: readForms(html), policy };
        return current;
      }
      url = new URL(location, url);
      form = null;
      if (held !== null && url.href.startsWith(held)) {
        current = { url, status: 0, html: '', text: '', forms: [], policy: '' };
        return current;
      }
    }
    throw new Error(`too many redirects, last to ${url.href}`);
  };

  return {
    page,
    holdAt: (start) => {
      held = start;
    },
    open: (address) => visit(new URL(address, current?.url), null, null),
    submit: (fields = {}) => {
      const from = page();
      const keys = Object.keys(fields);
      const form = from.forms.find(
        (one) =>
          one.action !== '/sign_out' &&
          keys.every((key) => one.names.has(key) || one.byAutocomplete.has(key)),
      );
      if (form === undefined)
        throw new Error(`no form with ${keys.join(', ')} at ${from.url.href}: ${from.text}`);
      const values = new Map(form.values);
      for (const [key, value] of Object.entries(fields))
        values.set(form.byAutocomplete.get(key) ?? key, value);
      return visit(new URL(form.action, from.url), new URLSearchParams([...values]), from);
    },
  };
}

function keep(jar: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (/;\s*max-age=0/i.test(line)) jar.delete(name);
  else jar.set(name, value);
}

/** CSP Level 3 section 6.4.1 for the sources our policies use: `'self'`, origins and schemes. */
function allowsForm({ url, policy }: WebPage, target: URL): boolean {
  const directive = /(?:^|;)\s*form-action ([^;]*)/.exec(policy)?.[1];
  if (directive === undefined) return true;
  const sources = directive.split(/\s+/);
  if (sources.includes("'self'") && target.origin === url.origin) return true;
  return sources.includes(target.origin) || sources.includes(target.protocol);
}

const textOf = (html: string): string =>
  html
    .replace(/<head>[\s\S]*?<\/head>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
