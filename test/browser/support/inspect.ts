import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page, Response } from 'playwright-core';
import { expect } from 'vitest';
import { LOCALES, type Locale } from '../../../src/kernel/locale.ts';
import { localizedPath, splitLocalePath } from '../../../src/ui/choose-locale.ts';
import { originOf, type Place } from './world.ts';

/** Where pictures of every page go, for people to look at. */
const PICTURES = join(import.meta.dirname, '../../../dist/screenshots');
/** Of a page that is longer, the beginning is enough. */
const TALLEST = 3000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDE = { width: 1280, height: 800 };
/** WCAG 2.1 success criterion 1.4.10: the width at which nothing may need scrolling sideways. */
const NARROW = { width: 320, height: 640 };

/** The addresses at which a page was looked at, without language and query, in the order of the visits. */
export const visited: string[] = [];
/** Addresses that show one and the same page, or pages between which nobody has to tell. */
const SAME_PAGE: Readonly<Record<string, string>> = {
  '/api/saml/auth': '/openid_connect/authorize',
  '/api/saml/logout': '/openid_connect/authorize',
  '/api/saml/complete': '/nothing/here',
  '/add/email/verify_email': '/forgot_password',
  '/errors/service_provider_inactive': '/app_inactive',
  '/logout': '/sign_out',
  '/present_piv_cac': '/piv_cac',
  '/openid_connect/logout': '/openid_connect/authorize',
  '/sign_up/create_password': '/sign_up/enter_password',
  '/sign_up/verify_email': '/forgot_password',
};
/** Which address first had a title, by language and title. */
const titles = new Map<string, string>();

/** Read in one go inside the page; the page itself offers no types here. */
const FACTS = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const what = (element) => element.outerHTML.slice(0, 200);
  const accepts = (element, ...values) => values.some((value) => element.autocomplete.split(' ').includes(value));
  return {
    lang: document.documentElement.lang,
    title: document.title,
    headings: all('h1').length,
    overflow: document.documentElement.scrollWidth - window.innerWidth,
    unlabelled: all('input[type=password]').filter((one) => !accepts(one, 'current-password', 'new-password'))
      .concat(all('input[type=email]').filter((one) => !accepts(one, 'email', 'username')))
      .concat(all('input[inputmode=numeric]').filter((one) => !accepts(one, 'one-time-code')))
      .map(what),
    nameless: all('form').filter((form) => form.querySelector('input[type=password]') &&
      !form.querySelector('input[autocomplete~=username]')).map(what),
    odd: all('form').filter((form) => !form.getAttribute('action') || !form.getAttribute('method')).map(what),
    invalid: all('[aria-invalid=true]').filter((one) => !all('[id]').some((hint) =>
      (one.getAttribute('aria-describedby') ?? '').split(' ').includes(hint.id) && hint.textContent.trim() !== '')).map(what),
  };
})()`;

interface Facts {
  readonly lang: string;
  readonly title: string;
  readonly headings: number;
  readonly overflow: number;
  readonly unlabelled: readonly string[];
  readonly nameless: readonly string[];
  readonly odd: readonly string[];
  readonly invalid: readonly string[];
}

interface Tab {
  readonly page: Page;
  readonly complaints: string[];
}

/** One look: what the picture is called, and the status the page has to have. */
export interface Look {
  readonly name: string;
  readonly status?: number;
}

/** Eyes that look at a page in every language at once, from one browser profile with a tab for each. */
export interface Eyes {
  /** The tab of a language; English unless told otherwise. */
  readonly tab: (locale?: Locale) => Page;
  /** Opens a page in every language and looks at it. */
  readonly look: (path: string, look: Look) => Promise<void>;
  /** Opens a page in every language, fills in its form, sends it and looks at what comes back. */
  readonly send: (
    path: string,
    look: Look,
    fill?: (page: Page, locale: Locale) => Promise<void>,
  ) => Promise<void>;
  /** Looks at the page a tab shows now. */
  readonly lookHere: (locale: Locale, name: string) => Promise<void>;
}

/** The form of a page's own task, not those of header and dialog. */
const SUBMIT = 'main form button:not([type=button])';

/** Presses the button that goes on and waits for the next page; gives the answer to the form. */
export async function press(page: Page, button = SUBMIT): Promise<Response> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await Promise.all([page.waitForEvent('load'), page.locator(button).first().click()]);
  return answered;
}

export async function openEyes(place: Place, context: BrowserContext): Promise<Eyes> {
  const tabs = new Map<Locale, Tab>();
  for (const locale of LOCALES) tabs.set(locale, await openTab(context));
  const tabOf = (locale: Locale): Tab => {
    const tab = tabs.get(locale);
    if (tab === undefined) throw new Error(`no tab for ${locale}`);
    return tab;
  };
  const inAll = (act: (tab: Tab, locale: Locale) => Promise<void>): Promise<unknown> =>
    Promise.all(LOCALES.map((locale) => act(tabOf(locale), locale)));
  const address = (locale: Locale, path: string): string =>
    `${originOf(place)}${localizedPath(locale, path)}`;

  return {
    tab: (locale = 'en') => tabOf(locale).page,
    look: async (path, { name, status = 200 }) => {
      await inAll(async (tab, locale) => {
        const response = await tab.page.goto(address(locale, path));
        expect(response?.status(), `${path} in ${locale}: ${tab.page.url()}`).toBe(status);
        await inspect(tab, locale, name);
      });
    },
    send: async (path, { name, status = 422 }, fill = async () => {}) => {
      await inAll(async (tab, locale) => {
        await tab.page.goto(address(locale, path));
        await fill(tab.page, locale);
        const response = await press(tab.page);
        expect(response.status(), `form of ${path} in ${locale}`).toBe(status);
        await inspect(tab, locale, name);
      });
    },
    lookHere: (locale, name) => inspect(tabOf(locale), locale, name),
  };
}

async function openTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage();
  await page.setViewportSize(WIDE);
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A page may be an answer with an error status; that alone is no complaint.
    const ofPage =
      message.location().url === page.url() && message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !ofPage) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

/** UX-1 to UX-3, NET-3, LC-1: everything that has to hold on every page in every state. */
async function inspect({ page, complaints }: Tab, locale: Locale, name: string): Promise<void> {
  const path = decodeURIComponent(splitLocalePath(new URL(page.url()).pathname).path);
  visited.push(path);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze();
  await takePicture(page, locale, name);
  await page.setViewportSize(NARROW);
  const facts: Facts = await page.evaluate(FACTS);
  await takePicture(page, locale, name);
  await page.setViewportSize(WIDE);

  const pattern = path.replace(/[0-9a-f-]{36}/g, ':id').replace(/(?<=saml\/(?:auth|logout))\d{4}$/, '');
  const place = SAME_PAGE[pattern] ?? pattern;
  const title = `${locale}: ${facts.title}`;
  const owner = titles.get(title) ?? place;
  titles.set(title, owner);
  const found = {
    axe: violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
    complaints: complaints.splice(0),
    lang: facts.lang,
    headings: facts.headings,
    overflow: Math.max(0, facts.overflow),
    titleOf: owner,
    unlabelled: facts.unlabelled,
    nameless: facts.nameless,
    odd: facts.odd,
    invalid: facts.invalid,
  };
  expect.soft(found, `${name} (${path}) in ${locale}: "${facts.title}"`).toEqual({
    axe: [],
    complaints: [],
    lang: locale,
    headings: 1,
    overflow: 0,
    titleOf: place,
    unlabelled: [],
    nameless: [],
    odd: [],
    invalid: [],
  });
}

/** English always; other languages when somebody asked for all of them, to look at. */
async function takePicture(page: Page, locale: Locale, name: string): Promise<void> {
  if (locale !== 'en' && process.env.GATEHOUSE_PICTURES !== 'all') return;
  mkdirSync(PICTURES, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  const height: number = await page.evaluate('document.documentElement.scrollHeight');
  await page.screenshot({
    path: join(PICTURES, `${name}-${locale}-${width}.png`),
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) },
    timeout: 60_000,
  });
}
