import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NewEvent } from '../../src/accounts/ports/events.ts';
import { LIMITERS } from '../../src/accounts/rules/limits.ts';
import { HOUR } from '../../src/kernel/time.ts';
import { attempts } from '../../src/platform/attempts.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { factorsIn } from '../../src/platform/d1/factors.ts';
import { generatePersonalKey } from '../../src/proofing/rules/personal-key.ts';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson, type Person } from '../support/people.ts';
import { testKeys } from '../support/sessions.ts';
import { newestText } from '../support/texts.ts';

const TRIES = 100;
/** Now: alarms of objects come by the real clock, and one whose time is past would clear what is being counted. */
const NOW = Date.now();
const keys = testKeys();
const pick = oneDatabase(env.DB);
const accounts = accountsIn(pick, keys);
const factors = factorsIn(pick, keys);
const worker = servedHere(Object.assign({}, env, { SCRYPT_LOG2N: '8' }));

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

const parallel = <T>(act: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: TRIES }, (_, at) => act(at)));

/** The limits that a hundred tries reach; the others are too wide for this test. */
const NARROW = Object.entries(LIMITERS).filter(([, { max }]) => max < TRIES);

describe('LI-2 under a hundred parallel tries', () => {
  it('looks at nearly all of them', () => {
    expect(NARROW.length).toBeGreaterThan(25);
    const disciplines = new Set(NARROW.map(([, { discipline }]) => discipline));
    expect([...disciplines].sort()).toEqual(['check-then-increment', 'increment-then-check']);
  });

  it.each(NARROW)('%s lets exactly its number through', async (id, limiter) => {
    const object = env.ATTEMPTS.getByName(`parallel:${id}`);
    const answers = await parallel(async () => (await object.spend([{ key: id, limiter }], NOW)).allowed);
    const usable = limiter.discipline === 'check-then-increment' ? limiter.max : limiter.max - 1;
    expect(answers.filter(Boolean)).toHaveLength(usable);
  });

  it('FC-1 the counter of an account lets ten through, each told another number of tries left', async () => {
    const object = env.ATTEMPTS.getByName('account:parallel');
    const answers = await parallel(async () => {
      const answer = await object.secondFactor(null, NOW);
      return answer.allowed ? answer.left : null;
    });
    const left = answers.filter((one) => one !== null);
    expect(left.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await object.lockedUntil(null, NOW)).toBe(NOW + 10 * 60_000);
  });

  it('PV-1 one of a hundred answers about a card is judged, and counted; at sign-in it is not counted', async () => {
    const limits = attempts(env.ATTEMPTS, keys, 'staging');
    const proof = { id: 'nonce', until: NOW + HOUR };
    const tried = await parallel(() => limits.useOnce('a-card', proof, 'try', null, NOW));
    expect(tried.filter(({ kind }) => kind === 'fresh')).toEqual([{ kind: 'fresh', left: 9 }]);
    expect(tried.filter(({ kind }) => kind === 'used')).toHaveLength(TRIES - 1);
    const others = await parallel((at) =>
      limits.useOnce('a-card', { ...proof, id: `${at}` }, 'try', null, NOW),
    );
    expect(
      others.filter(({ kind }) => kind === 'fresh'),
      'FC-1',
    ).toHaveLength(9);
    expect(
      others.filter(({ kind }) => kind === 'locked'),
      'FC-2',
    ).toHaveLength(TRIES - 9);
    const alone = await parallel(() => limits.useOnce('a-card-alone', proof, 'sign-in', null, NOW));
    expect(alone.filter(({ kind }) => kind === 'fresh')).toHaveLength(1);
    expect(await limits.secondFactor('a-card-alone', null, NOW)).toMatchObject({ allowed: true, left: 9 });
  });

  it('what a success clears by its time is counted anew, and lets exactly its number through', async () => {
    const [id, limiter] = ['otp_send.max', LIMITERS['otp_send.max']] as const;
    const object = env.ATTEMPTS.getByName('parallel:cleared');
    const spend = (clearedAt: number | null, now: number) =>
      parallel(async () => (await object.spend([{ key: id, limiter }], now, clearedAt)).allowed);
    expect((await spend(null, NOW)).filter(Boolean)).toHaveLength(limiter.max);
    expect((await spend(NOW - 1, NOW + 1)).filter(Boolean), 'an earlier success').toHaveLength(0);
    expect((await spend(NOW + 2, NOW + 3)).filter(Boolean)).toHaveLength(limiter.max);
    expect((await spend(NOW + 2, NOW + 4)).filter(Boolean)).toHaveLength(0);
  });

  it('PV-1 one of a hundred presentations of the same answer about a card is taken', async () => {
    const guard = env.REPLAY.getByName('parallel/a-card');
    const taken = await parallel(() => guard.remember('nonce', NOW + HOUR, NOW));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });
});

let made = 0;
async function anAccount(): Promise<string> {
  made += 1;
  const address = `parallel-${made}@example.com`;
  const wish = { address, emailLocale: 'en', rulesAcceptedAt: NOW, origin: 'sandbox', now: NOW } as const;
  return (await accounts.create(wish)).uuid;
}
const event = (kind: NewEvent['kind']): NewEvent => ({ kind, at: NOW, browser: null });
const success = (uuid: string, at: number) => ({
  uuid,
  locator: `session-${at}`,
  deviceId: null,
  browser: { cookie: 'none', name: 'Browser', place: '' },
  now: NOW + at,
});
const signIns = async (uuid: string): Promise<number> =>
  (await accounts.history(uuid, { limit: 200 })).filter(({ kind }) => kind === 19).length;

describe('what is good once is good once under a hundred parallel uses', () => {
  it('TO-1 a step of an authentication app', async () => {
    const uuid = await anAccount();
    const secret = crypto.getRandomValues(new Uint8Array(20));
    const wish = { account: uuid, name: 'App', secret, step: 1, event: event('authenticator_enabled') };
    const added = await factors.addTotp(wish);
    if (!added.ok) throw new Error(added.error.reason);
    const { id } = added.value;
    const used = await parallel((at) => factors.acceptTotpStep(id, 2, success(uuid, at)));
    expect(used.filter((record) => record !== null)).toHaveLength(1);
    expect(await signIns(uuid)).toBe(1);
  });

  it('BC-2 a backup code', { timeout: 60_000 }, async () => {
    const uuid = await anAccount();
    const [code = ''] = await factors.replaceBackupCodes(uuid, event('backup_codes_added'), false);
    const used = await parallel((at) => factors.consumeBackupCode(code, success(uuid, at)));
    expect(used.filter((record) => record !== null)).toHaveLength(1);
    expect(await signIns(uuid)).toBe(1);
  });

  it('PK-1 a personal key', { timeout: 60_000 }, async () => {
    const uuid = await anAccount();
    const key = generatePersonalKey((length) => crypto.getRandomValues(new Uint8Array(length)));
    await factors.addPersonalKey({ account: uuid, key, event: event('new_personal_key') });
    const used = await parallel((at) => factors.consumePersonalKey(key, success(uuid, at)));
    expect(used.filter((record) => record !== null)).toHaveLength(1);
    expect(await signIns(uuid)).toBe(1);
  });
});

/** The code that was texted to somebody with one phone. */
async function texted({ made }: Person): Promise<string> {
  const [number] = Array.isArray(made?.phones) ? made.phones : [];
  return (await newestText(worker, String(number))).code;
}

/** Methods a person types something for, where it is typed, and guesses that look like it and are wrong for certain. */
const TYPED = [
  ['totp', '/login/two_factor/authenticator', 'code', async (person: Person) => person.wrongCode],
  [
    'backup_codes',
    '/login/two_factor/backup_code',
    'code',
    async () => (at: number) => `ZZZZ-ZZZZ-${String(1000 + at)}`,
  ],
  [
    'phone',
    '/login/two_factor/sms',
    'code',
    async (person: Person) => {
      const right = Number(await texted(person));
      return (at: number) => String(at < right ? at : at + 1).padStart(6, '0');
    },
  ],
  [
    'personal_key',
    '/login/two_factor/personal_key',
    'personal_key',
    async () => (at: number) => `ZZZZ-ZZZZ-ZZZZ-${String(1000 + at)}`,
  ],
] as const;

describe('FC-1, FC-2 a hundred wrong answers posted at once', () => {
  it.each(TYPED)(
    'reach ten judgements of %s, lock the account, and end the session',
    { timeout: 60_000 },
    async (kind, page, field, guessing) => {
      const person = await aPerson(worker, { factors: [kind] });
      const browser = new Browser(worker);
      await browser.open('/');
      await browser.submit({ username: person.email, 'current-password': person.password });
      await browser.open(page);
      const form = browser.view.forms.find(({ names }) => names.has(field));
      if (form === undefined) throw new Error(browser.view.text);
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
      const guess = await guessing(person);
      const answers = await parallel((at) => {
        const body = new URLSearchParams([...form.values]);
        body.set(field, guess(at));
        return worker.fetch(form.action, { method: 'POST', headers, body: body.toString() });
      });
      for (const answer of answers) expect([303, 422, 429], String(answer.status)).toContain(answer.status);
      const history = await accounts.history(person.uuid, { limit: 200 });
      expect(
        history.filter((entry) => entry.kind === 23),
        'event 23',
      ).toHaveLength(10);
      await browser.open('/account');
      expect(browser.view.url.pathname, 'signed out').toBe('/');
      await browser.submit({ username: person.email, 'current-password': person.password });
      expect(browser.view.text, 'locked right after the password').toMatch(/locked|too many/i);
    },
  );
});
