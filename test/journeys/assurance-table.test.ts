import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FactorKind } from '../../src/factors/model.ts';
import { anApp } from '../support/apps.ts';
import type { Browser } from '../support/browser.ts';
import { type CardWorld, startCardWorld } from '../support/cards.ts';
import { aKeyRing, aNewBrowser, askedFor, type KeyRing, prove } from '../support/key-ring.ts';
import { AAL, AUTH_ONLY, answerOf, question, redeem, tokensOf } from '../support/oidc.ts';
import { answerXml, aSamlApp, authPath, classes, requestXml } from '../support/saml.ts';

/*
 * The rules table (test/rules/signin/assurance-table.test.ts) once more, walked by people with real factors through
 * real pages at both doors: set of factors, AAL value, default of the app, and a browser that is fresh, remembered,
 * or signed in with another factor already (issue-level rules: oidc ACR-4, ACR-8, MFA-1 to MFA-3; accounts AL-1 to
 * AL-4, RD-4).
 */

const DUO = 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo';
const SET_UP = '/authentication_methods_setup';

const SETS: readonly (readonly FactorKind[])[] = [
  ['totp'],
  ['backup_codes'],
  ['phone'],
  ['security_key'],
  ['platform_passkey', 'backup_codes'],
  ['piv'],
  ['totp', 'security_key'],
  ['phone', 'piv'],
];

type Demand = 'any' | 'aal2' | 'phishing-resistant' | 'card';
interface Row {
  readonly value: string | null;
  readonly fallback: 2 | 3 | null;
  readonly demand: Demand;
}
const ROWS: readonly Row[] = [
  { value: null, fallback: null, demand: 'any' },
  { value: null, fallback: 2, demand: 'aal2' },
  { value: null, fallback: 3, demand: 'phishing-resistant' },
  { value: DUO, fallback: 3, demand: 'any' },
  { value: `${AAL}/2`, fallback: null, demand: 'aal2' },
  { value: `${AAL}/2?phishing_resistant=true`, fallback: null, demand: 'phishing-resistant' },
  { value: `${AAL}/3?hspd12=true`, fallback: null, demand: 'card' },
];

const RESISTANT: readonly FactorKind[] = ['security_key', 'platform_passkey', 'piv'];
const meets = (demand: Demand, kind: FactorKind): boolean =>
  demand === 'card' ? kind === 'piv' : demand !== 'phishing-resistant' || RESISTANT.includes(kind);

let world: CardWorld;
beforeAll(async () => {
  world = await startCardWorld({ GH_ENV: 'local' });
});
afterAll(() => world.close());

/** An app at a door: how it asks, and what its answer says about the strength. */
interface TableApp {
  readonly ask: () => string;
  readonly reached: (browser: Browser) => boolean;
  readonly strength: (browser: Browser) => Promise<string>;
}

const DOORS: Readonly<Record<'oidc' | 'saml', (row: Row) => Promise<TableApp>>> = {
  oidc: async ({ value, fallback }) => {
    const app = await anApp(world.worker, { default_aal: fallback });
    const acr_values = value === null ? AUTH_ONLY : `${AUTH_ONLY} ${value}`;
    let asked = question(app, { acr_values });
    return {
      ask: () => {
        asked = question(app, { acr_values });
        return asked.url;
      },
      reached: ({ view }) => view.url.hostname === 'app.test',
      strength: async ({ view }) => {
        const { code } = answerOf(view);
        const { claims } = await tokensOf(await redeem(world.worker, { code, verifier: asked.verifier }));
        return String(claims.aal);
      },
    };
  },
  saml: async ({ value, fallback }) => {
    const app = await aSamlApp(world.worker, { default_aal: fallback });
    const content = value === null ? classes(AUTH_ONLY) : classes(AUTH_ONLY, value);
    return {
      ask: () => authPath(requestXml(app, { content })),
      reached: ({ view }) => view.forms.some(({ names }) => names.has('SAMLResponse')),
      strength: async ({ view }) =>
        /AuthnContextClassRef>([^<]*)</.exec(answerXml(view))?.[1]?.replaceAll('&amp;', '&') ?? '',
    };
  },
};

/** Agrees, continues as oneself and waves reminders away; stops at an app, a factor, set-up, or anything unknown. */
async function settle(browser: Browser, app: TableApp): Promise<string> {
  for (let step = 0; step < 6; step += 1) {
    if (app.reached(browser)) return 'app';
    const kind = askedFor(browser.view);
    if (kind !== null) return kind;
    const { pathname } = browser.view.url;
    if (pathname === '/sign_up/completed') await browser.submit();
    else if (pathname === '/user_authorization_confirmation') await browser.submit({ choice: 'continue' });
    else return pathname;
  }
  throw new Error(`the sign-in does not end: ${browser.view.url.pathname}`);
}

const enterPassword = (browser: Browser, { person }: KeyRing) =>
  browser.submit({ username: person.email, 'current-password': person.password });

/** Signs in at home with the first factor of the set, in a browser of its own. */
async function atHome(ring: KeyRing, remember = false): Promise<Browser> {
  const browser = aNewBrowser(world);
  await world.worker.advance(61);
  await browser.open('/');
  await enterPassword(browser, ring);
  if (askedFor(browser.view) !== ring.held[0]) await browser.open(PAGE_OF[ring.held[0] ?? 'totp']);
  await prove(world, browser, ring, remember);
  expect(askedFor(browser.view), browser.view.text).toBeNull();
  return browser;
}

const PAGE_OF: Readonly<Record<FactorKind, string>> = {
  totp: '/login/two_factor/authenticator',
  backup_codes: '/login/two_factor/backup_code',
  phone: '/login/two_factor/sms',
  security_key: '/login/two_factor/webauthn',
  platform_passkey: '/login/two_factor/webauthn?platform=true',
  piv: '/login/two_factor/piv_cac',
  personal_key: '/login/two_factor/personal_key',
};

/** Where a browser at a factor page ends when it proves what is asked. */
async function finish(browser: Browser, ring: KeyRing, app: TableApp, first: string): Promise<string> {
  if (askedFor(browser.view) === null) return first;
  await world.worker.advance(11);
  await prove(world, browser, ring);
  return settle(browser, app);
}

/** OIDC repeats what was asked; SAML falls back to the default of the app (AL-5). */
const reported = (door: string, { value, fallback }: Row): string =>
  value ?? (door === 'saml' && fallback !== null ? `${AAL}/${fallback}` : DUO);

for (const door of ['oidc', 'saml'] as const) {
  for (const held of SETS) {
    describe(`AL-1 to AL-4 ${held.join(' and ')} at the ${door} door`, () => {
      const expectAfterProving = (demand: Demand): string =>
        held.some((kind) => meets(demand, kind)) ? 'app' : SET_UP;
      /** A factor page asks for something that would do, if the person has anything that would. */
      const expectAsked = (at: string, demand: Demand): void => {
        const able = held.filter((kind) => meets(demand, kind));
        expect(able.length > 0 ? able : held, 'a factor that would do').toContain(at);
      };

      it.each(ROWS)('fresh browser, value $value, default_aal $fallback', async (row) => {
        const app = await DOORS[door](row);
        const ring = await aKeyRing(world, held);
        const browser = aNewBrowser(world);
        await browser.open(app.ask());
        await enterPassword(browser, ring);
        const first = await settle(browser, app);
        expectAsked(first, row.demand);
        const last = await finish(browser, ring, app, first);
        expect(last).toBe(expectAfterProving(row.demand));
        if (last === 'app') expect(await app.strength(browser)).toBe(reported(door, row));
      });

      if (held[0] !== 'piv')
        it.each(ROWS)('remembered browser, value $value, default_aal $fallback', async (row) => {
          const app = await DOORS[door](row);
          const ring = await aKeyRing(world, held);
          const known = await atHome(ring, true);
          const browser = aNewBrowser(world);
          for (const [name, value] of known.cookies)
            if (/remember/.test(name)) browser.cookies.set(name, value);
          await world.worker.advance(61);
          await browser.open(app.ask());
          await enterPassword(browser, ring);
          const first = await settle(browser, app);
          // RD-4: it stands in for plain requests of apps whose default is below AAL2, and for nothing else.
          if (row.demand === 'any' && row.fallback === null) expect(first).toBe('app');
          else expectAsked(first, row.demand);
          expect(await finish(browser, ring, app, first)).toBe(
            first === 'app' ? 'app' : expectAfterProving(row.demand),
          );
        });

      it.each(ROWS)('signed in with its first factor, value $value, default_aal $fallback', async (row) => {
        const app = await DOORS[door](row);
        const ring = await aKeyRing(world, held);
        const browser = await atHome(ring);
        await world.worker.advance(61);
        await browser.open(app.ask());
        const first = await settle(browser, app);
        const enough = held[0] !== undefined && meets(row.demand, held[0]);
        const able = held.filter((kind) => meets(row.demand, kind));
        if (enough) expect(first).toBe('app');
        else if (able.length > 0) expect(able).toContain(first);
        else expect(first, 'only set-up helps').toBe(SET_UP);
        expect(await finish(browser, ring, app, first)).toBe(enough ? 'app' : expectAfterProving(row.demand));
      });
    });
  }
}
