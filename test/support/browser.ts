import { ORIGIN, type Served } from './served.ts';

/** A form as a browser would see it. */
export interface Form {
  readonly action: string;
  readonly method: string;
  /** Initial values of all named controls; checkboxes and radios only when checked. */
  readonly values: ReadonlyMap<string, string>;
  /** Every name a person could fill or tick. */
  readonly names: ReadonlySet<string>;
  /** Names of controls by their autocomplete value: what password managers go by. */
  readonly byAutocomplete: ReadonlyMap<string, string>;
  readonly buttons: readonly {
    readonly name: string | null;
    readonly value: string;
    readonly text: string;
  }[];
}

/** Where a browser stands: the last response, its address and its forms. */
export interface View {
  readonly url: URL;
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly html: string;
  readonly forms: readonly Form[];
  /** Text without tags, white space folded. */
  readonly text: string;
}

/** A browser without scripts: keeps cookies, follows redirects on our origin, stops where an app is reached. */
export class Browser {
  readonly cookies = new Map<string, string>();
  private current: View | null = null;
  private readonly worker: Served;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(worker: Served, headers: Readonly<Record<string, string>> = {}) {
    this.worker = worker;
    this.headers = {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      ...headers,
    };
  }

  get view(): View {
    if (this.current === null) throw new Error('no page was opened yet');
    return this.current;
  }

  /** Opens an address and follows redirects. */
  open(path: string): Promise<View> {
    return this.go('GET', new URL(path, ORIGIN), null);
  }

  /**
   * Fills the form that holds the given fields and submits it. Keys are control names or `autocomplete` values; a value
   * of null leaves a control out (an unticked box).
   */
  submit(
    fields: Readonly<Record<string, string | null>> = {},
    pick: (form: Form) => boolean = () => true,
  ): Promise<View> {
    const form = this.view.forms.find(
      (candidate) =>
        pick(candidate) &&
        Object.keys(fields).every((key) => nameIn(candidate, key) !== null) &&
        isOwn(candidate, this.view.url),
    );
    if (form === undefined)
      throw new Error(
        `no form with ${Object.keys(fields).join(', ')} at ${this.view.url.pathname}: ${this.view.text.slice(0, 400)}`,
      );
    const values = new Map(form.values);
    for (const [key, value] of Object.entries(fields)) {
      const name = nameIn(form, key) ?? key;
      if (value === null) values.delete(name);
      else values.set(name, value);
    }
    const target = new URL(form.action, this.view.url);
    if (form.method === 'get') {
      target.search = new URLSearchParams([...values]).toString();
      return this.go('GET', target, null);
    }
    return this.go('POST', target, new URLSearchParams([...values]));
  }

  /** Posts fields as they are, without reading a page first. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<View> {
    return this.go('POST', new URL(path, ORIGIN), new URLSearchParams(fields));
  }

  /** The address behind a link with this text. */
  link(text: string | RegExp): string {
    for (const match of this.view.html.matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)) {
      const words = textOf(match[2] ?? '');
      if (typeof text === 'string' ? words === text : text.test(words)) return decode(match[1] ?? '');
    }
    throw new Error(`no link ${String(text)} at ${this.view.url.pathname}`);
  }

  private async go(method: 'GET' | 'POST', start: URL, body: URLSearchParams | null): Promise<View> {
    let url = start;
    let verb = method;
    let form = body;
    for (let hop = 0; hop < 15; hop += 1) {
      if (url.origin !== ORIGIN) return this.arrive(url, 0, null, '');
      const response = await this.worker.fetch(url.href, {
        method: verb,
        headers: {
          ...this.headers,
          cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(form === null ? {} : { body: form.toString() }),
      });
      for (const line of response.headers.getSetCookie()) this.keep(line);
      const location = response.headers.get('location');
      if (location === null)
        return this.arrive(url, response.status, response.headers, await response.text());
      await response.text();
      url = new URL(location, url);
      if (response.status !== 307 && response.status !== 308) {
        verb = 'GET';
        form = null;
      }
    }
    throw new Error(`too many redirects, last to ${url.pathname}`);
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const gone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }

  private arrive(url: URL, status: number, headers: View['headers'] | null, html: string): View {
    const view: View = {
      url,
      status,
      headers: headers ?? { get: () => null },
      html,
      forms: readForms(html),
      text: textOf(html.replace(/<head>[\s\S]*?<\/head>/, '')),
    };
    this.current = view;
    return view;
  }
}

const isOwn = (form: Form, base: URL): boolean =>
  new URL(form.action, base).pathname !== '/sign_out' || form.buttons.length === 0;

const nameIn = (form: Form, key: string): string | null => {
  const byAutocomplete = form.byAutocomplete.get(key);
  if (byAutocomplete !== undefined) return byAutocomplete;
  return form.names.has(key) || form.buttons.some((button) => button.name === key) ? key : null;
};

const decode = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const textOf = (html: string): string =>
  decode(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

const attribute = (tag: string, name: string): string | null => {
  const match = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag);
  return match === null ? null : decode(match[1] ?? '');
};

export function readForms(html: string): readonly Form[] {
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([whole]) => {
    const open = /^<form\b[^>]*>/.exec(whole)?.[0] ?? '';
    const values = new Map<string, string>();
    const byAutocomplete = new Map<string, string>();
    const names = new Set<string>();
    for (const [tag] of whole.matchAll(/<input\b[^>]*>/g)) {
      const name = attribute(tag, 'name');
      if (name === null) continue;
      names.add(name);
      const complete = attribute(tag, 'autocomplete');
      if (complete !== null && complete !== 'off') byAutocomplete.set(complete, name);
      const type = attribute(tag, 'type');
      const checkable = type === 'checkbox' || type === 'radio';
      if (!checkable || attribute(tag, 'checked') !== null)
        values.set(name, attribute(tag, 'value') ?? (checkable ? 'on' : ''));
    }
    for (const [select, name] of whole.matchAll(/<select\b[^>]*\sname="([^"]*)"[^>]*>[\s\S]*?<\/select>/g)) {
      const selected =
        /<option\b[^>]*\sselected[^>]*>/.exec(select)?.[0] ?? /<option\b[^>]*>/.exec(select)?.[0] ?? '';
      if (name === undefined) continue;
      names.add(name);
      values.set(name, attribute(selected, 'value') ?? '');
    }
    for (const [, name, text] of whole.matchAll(
      /<textarea\b[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g,
    )) {
      if (name === undefined) continue;
      names.add(name);
      values.set(name, decode(text ?? ''));
    }
    const buttons = [...whole.matchAll(/(<button\b[^>]*>)([\s\S]*?)<\/button>/g)].map(
      ([, tag = '', text = '']) => ({
        name: attribute(tag, 'name'),
        value: attribute(tag, 'value') ?? '',
        text: textOf(text),
      }),
    );
    return {
      action: attribute(open, 'action') ?? '',
      method: (attribute(open, 'method') ?? 'get').toLowerCase(),
      values,
      names,
      byAutocomplete,
      buttons,
    };
  });
}
