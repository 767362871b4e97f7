import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { asObject, textOf } from '../../support/json.ts';
import { watchContext } from './watch-context.ts';

/** A Gatehouse to test, by its addresses. */
export interface Place {
  /** With its trailing slash. */
  readonly issuer: string;
  readonly adminToken: string;
}

/** The Gatehouse that all files share. Its clock is never moved: the sample app would not follow. */
export const world = inject('world');

/** Origin of a place, for paths to be appended. */
export const originOf = ({ issuer }: Place): string => issuer.slice(0, -1);

/** Calls the machine interface with its token; throws unless it answers with success. */
export async function api(place: Place, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(new URL(path, place.issuer), {
    method,
    // A clock that moves by years runs all of the calendar on its way.
    signal: AbortSignal.timeout(120_000),
    headers: {
      authorization: `Bearer ${place.adminToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** The browser's own calls without a limit of time get this one: what hangs is to be named, not waited for. */
const LONGEST_CALL = 30_000;
/** A profile that does not close is left behind: it goes when the file's connection does. */
const LONGEST_CLOSE = 10_000;

/** The same work, given up with its name when it takes too long. */
export async function inTime<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what}: no end after ${LONGEST_CALL} ms`)), LONGEST_CALL);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Fresh browser profiles in the shared Chromium, closed when the file is done. */
export function profiles(): (options?: BrowserContextOptions) => Promise<BrowserContext> {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await chromium.connect(world.browser, { timeout: LONGEST_CALL });
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (options = {}) => {
    if (browser === null) throw new Error('the browser is not there yet');
    const context = await inTime('a new profile', browser.newContext({ locale: 'en-US', ...options }));
    context.setDefaultTimeout(15_000);
    watchContext(context);
    // Closing waits for pages that are still on their way somewhere, and has no limit of its own.
    const close = context.close.bind(context);
    context.close = async (how) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((done) => {
        timer = setTimeout(done, LONGEST_CLOSE);
      });
      await Promise.race([close(how), late]);
      clearTimeout(timer);
    };
    return context;
  };
}

/** A message as the inbox keeps it. */
export interface Mail {
  readonly id: string;
  readonly subject: string;
  readonly links: readonly string[];
}

/** Waits for a message to an address that `wanted` accepts: mail goes out after the response. Gives the newest one. */
async function awaitMail(place: Place, to: string, wanted: (mail: Mail) => boolean): Promise<Mail> {
  for (const end = Date.now() + LONGEST_CALL; ; ) {
    const body = await api(place, 'GET', `/api/sandbox/v1/messages?to=${encodeURIComponent(to)}`);
    const mails = (Array.isArray(body) ? body : []).map(asObject).map((mail) => {
      const links = Array.isArray(mail.links) ? mail.links.filter((link) => typeof link === 'string') : [];
      return { id: textOf(mail, 'id'), subject: textOf(mail, 'subject'), links };
    });
    const found = mails.findLast(wanted);
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${to} got: ${mails.map(({ subject }) => subject).join(' / ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The newest message to an address to which no other is on its way. */
export const newestMail = (place: Place, to: string): Promise<Mail> => awaitMail(place, to, () => true);

const leadsTo = (link: string, page: string): boolean => new URL(link).pathname.endsWith(page);

/** The newest link to this page that was mailed to an address, whatever else was sent before and after. */
export async function mailedLink(place: Place, to: string, page: string): Promise<string> {
  const { links } = await awaitMail(place, to, (mail) => mail.links.some((link) => leadsTo(link, page)));
  return links.find((link) => leadsTo(link, page)) ?? '';
}
