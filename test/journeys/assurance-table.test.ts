import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACTOR_KINDS, type FactorKind } from '../../src/factors/model.ts';
import { anApp } from '../support/apps.ts';
import type { Browser } from '../support/browser.ts';
import { type CardWorld, startCardWorld } from '../support/cards.ts';
import { aKeyRing, aNewBrowser, askedFor, type KeyRing, prove } from '../support/key-ring.ts';
import { AAL, AUTH_ONLY, answerOf, question, redeem, tokensOf } from '../support/oidc.ts';
import { answerXml, aSamlApp, authPath, classes, requestXml } from '../support/saml.ts';

/*
 * Rows of the rules table (test/rules/signin/assurance-table.test.ts) once more, walked by people with real factors through
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

/** One app for each default at each door; people come to it for the first time. */
const once = <T>(make: (fallback: Row['fallback']) => Promise<T>) => {
  const made = new Map<Row['fallback'], Promise<T>>();
  return (fallback: Row['fallback']): Promise<T> => {
    const app = made.get(fallback) ?? make(fallback);
    made.set(fallback, app);
    return app;
  };
};
const oidcApp = once((fallback) => anApp(world.worker, { default_aal: fallback }));
const samlApp = once((fallback) => aSamlApp(world.worker, { default_aal: fallback }));

const DOORS: Readonly<Record<'oidc' | 'saml', (row: Row) => Promise<TableApp>>> = {
  oidc: async ({ value, fallback }) => {
    const app = await oidcApp(fallback);
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
    const app = await samlApp(fallback);
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
async function signedInAtHome(ring: KeyRing, remember: boolean): Promise<Browser> {
  const browser = aNewBrowser(world);
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

type Door = keyof typeof DOORS;
const BROWSERS = ['fresh', 'remembered', 'signed in with the first factor'] as const;
type Known = (typeof BROWSERS)[number];
interface Walk extends Row {
  readonly door: Door;
  readonly browser: Known;
}

/**
 * The walks of a set of factors. The rules table has every cell; here each value meets each browser at one of the doors,
 * in turn, so that each value also comes to both doors.
 */
const walksOf = (set: number): readonly Walk[] =>
  ROWS.flatMap((row, value) =>
    BROWSERS.flatMap((browser, turn): readonly Walk[] => {
      // A card is asked for anew each time: its page remembers no browser.
      if (browser === 'remembered' && SETS[set]?.[0] === 'piv') return [];
      return [{ ...row, browser, door: (set + value + turn) % 2 === 0 ? 'oidc' : 'saml' }];
    }),
  );

it('every factor comes to both doors with every value, and every value with every browser', () => {
  const met = new Set(
    SETS.flatMap((held, set) =>
      walksOf(set).flatMap(({ door, value, fallback, browser }) => [
        ...held.map((kind) => `${kind} ${value} ${fallback} ${door}`),
        `${browser} ${value} ${fallback} ${door}`,
      ]),
    ),
  );
  const kinds = new Set(SETS.flat());
  expect([...kinds].sort()).toEqual(FACTOR_KINDS.filter((kind) => kind !== 'personal_key').sort());
  expect(met.size).toBe((kinds.size + BROWSERS.length) * ROWS.length * Object.keys(DOORS).length);
});

/** A browser as it comes to the app. */
async function comesAs(known: Known, ring: KeyRing): Promise<Browser> {
  if (known === 'fresh') return aNewBrowser(world);
  const atHome = await signedInAtHome(ring, known === 'remembered');
  await world.worker.advance(61);
  if (known !== 'remembered') return atHome;
  const browser = aNewBrowser(world);
  for (const [name, value] of atHome.cookies) if (/remember/.test(name)) browser.cookies.set(name, value);
  return browser;
}

for (const [set, held] of SETS.entries()) {
  describe(`AL-1 to AL-4 ${held.join(' and ')}`, () => {
    it.each(walksOf(set))('$door, $browser browser, value $value, default_aal $fallback', async (walk) => {
      const { door, browser: known, demand, fallback } = walk;
      const app = await DOORS[door](walk);
      const ring = await aKeyRing(world, held);
      const browser = await comesAs(known, ring);
      const able = held.filter((kind) => meets(demand, kind));
      await browser.open(app.ask());
      if (known === 'signed in with the first factor') {
        const first = await settle(browser, app);
        const enough = held[0] !== undefined && meets(demand, held[0]);
        if (enough) expect(first).toBe('app');
        else if (able.length > 0) expect(able).toContain(first);
        else expect(first, 'only set-up helps').toBe(SET_UP);
        expect(await finish(browser, ring, app, first)).toBe(enough || able.length > 0 ? 'app' : SET_UP);
        return;
      }
      await enterPassword(browser, ring);
      const first = await settle(browser, app);
      // RD-4: it stands in for plain requests of apps whose default is below AAL2, and for nothing else.
      if (known === 'remembered' && demand === 'any' && fallback === null) {
        expect(first).toBe('app');
        return;
      }
      /** A factor page asks for something that would do, if the person has anything that would. */
      expect(able.length > 0 ? able : held, 'a factor that would do').toContain(first);
      const last = await finish(browser, ring, app, first);
      expect(last).toBe(able.length > 0 ? 'app' : SET_UP);
      if (last === 'app') expect(await app.strength(browser)).toBe(reported(door, walk));
    });
  });
}
