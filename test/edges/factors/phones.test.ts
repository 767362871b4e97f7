import { applyD1Migrations, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SentCodeUse } from '../../../src/accounts/ports/attempts.ts';
import type { NewEvent } from '../../../src/accounts/ports/events.ts';
import type { E164 } from '../../../src/factors/phone/model.ts';
import { readE164 } from '../../../src/factors/phone/read-number.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/kernel/time.ts';
import { attempts as attemptsIn } from '../../../src/platform/attempts.ts';
import { accountsIn } from '../../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../../src/platform/d1/database.ts';
import { factorsIn } from '../../../src/platform/d1/factors.ts';
import { phonesIn, prunePhoneNews } from '../../../src/platform/d1/phones.ts';
import { createKeyholder } from '../../../src/platform/keys/keyholder.ts';
import { testKeys } from '../../support/sessions.ts';

/** Now: alarms of objects come by the real clock, and one whose time is past would clear what is being counted. */
const NOW = Date.now();
/** Two roots, the first of them as in the tests' own keys. */
const ROOTS = new Map([
  [1, 'dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE'],
  [2, 'c2Vjb25kLXJvb3Qtc2Vjb25kLXJvb3Qtc2Vjb25kIS4'],
]);
const keys = testKeys();
const pick = oneDatabase(env.DB);
const phones = phonesIn(pick, keys);
const factors = factorsIn(pick, keys);
const accounts = accountsIn(pick, keys);
const attempts = attemptsIn(env.ATTEMPTS, keys, 'production');

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

let made = 0;
async function anAccount(): Promise<string> {
  made += 1;
  const address = `phone-${made}@example.com`;
  const wish = { address, emailLocale: 'en', rulesAcceptedAt: NOW, origin: 'sandbox', now: NOW } as const;
  return (await accounts.create(wish)).uuid;
}
let line = 0;
function aNumber(): E164 {
  line += 1;
  const number = readE164(`+1303555${String(1000 + line)}`);
  if (number === null) throw new Error('a number was expected');
  return number.e164;
}
const eventAt = (at: number): NewEvent => ({ kind: 'phone_added', at, browser: null });
const add = (account: string, number: E164, at = NOW) =>
  phones.add({ account, number, delivery: 'sms', isDefault: false, event: eventAt(at) });

describe('DM-3 phones in the database', () => {
  it('come back as they were added, oldest first, with an event each', async () => {
    const account = await anAccount();
    const [first, second] = [aNumber(), aNumber()];
    await add(account, first, NOW);
    await add(account, second, NOW + 1);
    expect(await phones.list(account)).toMatchObject([
      { number: first, country: 'US', delivery: 'sms', isDefault: false, createdAt: NOW },
      { number: second, createdAt: NOW + 1 },
    ]);
    expect(await factors.kinds(account)).toEqual(['phone']);
    const history = await accounts.history(account, { limit: 10 });
    expect(history.map(({ kind }) => kind)).toEqual([21, 21]);
    expect((await accounts.overview(account))?.factors.map(({ label }) => label)).toEqual(
      [first, second].map((number) => `*** *** ${number.slice(-4)}`),
    );
  });

  it('PH-2 are unique on an account, and shared between accounts', async () => {
    const [account, other] = [await anAccount(), await anAccount()];
    const number = aNumber();
    expect((await add(account, number)).ok).toBe(true);
    expect(await add(account, number)).toEqual({ ok: false, error: { reason: 'already_added' } });
    expect((await add(other, number)).ok).toBe(true);
  });

  it('PH-2 are five at most, also when ten are added at once', async () => {
    const account = await anAccount();
    const added = await Promise.all(Array.from({ length: 10 }, () => add(account, aNumber())));
    expect(added.filter(({ ok }) => ok)).toHaveLength(5);
    expect(await phones.list(account)).toHaveLength(5);
    expect(await accounts.history(account, { limit: 20 })).toHaveLength(5);
  });

  it('PH-5 have one default: the one chosen last', async () => {
    const account = await anAccount();
    for (let n = 0; n < 3; n += 1) await add(account, aNumber(), NOW + n);
    const [first, second] = await phones.list(account);
    const change = (id = '', at = NOW) =>
      phones.change(account, id, { delivery: 'voice', makeDefault: true }, at);
    await change(first?.id, NOW + 10);
    await change(second?.id, NOW + 20);
    expect((await phones.list(account)).map(({ isDefault }) => isDefault)).toEqual([false, true, false]);
    expect((await phones.list(account)).map(({ delivery }) => delivery)).toEqual(['voice', 'voice', 'sms']);
    expect(
      await phones.change(await anAccount(), first?.id ?? '', { delivery: 'sms', makeDefault: true }, NOW),
      'not somebody else’s',
    ).toBe(false);
  });

  it('go with everything about them when they are removed, or the account is erased', async () => {
    const account = await anAccount();
    await add(account, aNumber());
    await add(account, aNumber());
    const [first] = await phones.list(account);
    expect(await factors.remove(account, first?.id ?? '', eventAt(NOW))).toBe(true);
    const rows = async () =>
      (await env.DB.prepare('SELECT count(*) AS n FROM phones WHERE account = ?').bind(account).first('n')) ??
      -1;
    expect(await rows()).toBe(1);
    await accounts.erase(account, NOW);
    expect(await rows()).toBe(0);
  });

  it('know when a code last arrived at a number, on whatever account', async () => {
    const number = aNumber();
    expect(await phones.lastArrival(number)).toBeNull();
    const [one, other] = [await anAccount(), await anAccount()];
    const added = await add(one, number, NOW);
    await add(other, number, NOW + 1);
    expect(await phones.lastArrival(number)).toBe(NOW + 1);
    const success = {
      uuid: one,
      locator: 'a-session',
      deviceId: null,
      browser: { cookie: 'none', name: 'Browser', place: '' },
      now: NOW + MINUTE,
      used: added.ok ? added.value.id : '',
    };
    await accounts.recordSecondFactor(success);
    expect(await phones.lastArrival(number)).toBe(NOW + MINUTE);
    await accounts.recordSecondFactor({ ...success, uuid: other, now: NOW + HOUR });
    expect(await phones.lastArrival(number), 'a phone of somebody else').toBe(NOW + MINUTE);
    const later = phonesIn(pick, createKeyholder(ROOTS));
    expect(await later.lastArrival(number), 'under an earlier root').toBe(NOW + MINUTE);
  });

  it('hold no number in the clear, and a row moved elsewhere does not open', async () => {
    const [account, other] = [await anAccount(), await anAccount()];
    const number = aNumber();
    await add(account, number);
    await phones.noteOptOut(number, NOW);
    const tables = ['factors', 'phones', 'phone_news'];
    const dump = await Promise.all(tables.map((table) => env.DB.prepare(`SELECT * FROM ${table}`).all()));
    expect(JSON.stringify(dump)).not.toContain(number.slice(-7));
    await env.DB.prepare('UPDATE factors SET account = ? WHERE account = ?').bind(other, account).run();
    await expect(phones.list(other)).rejects.toThrow('does not open');
  });
});

describe('PH-6, PH-7 what is known of a number', () => {
  it('is kept by number, under one name', async () => {
    const number = aNumber();
    expect(await phones.news(number)).toBeNull();
    await phones.noteFailure(number, 'landline', NOW);
    const failed = await phones.news(number);
    expect(failed).toMatchObject({ failure: 'landline', failedAt: NOW, optedOutAt: null });
    await phones.noteOptOut(number, NOW + 1);
    await phones.noteOptIn(number, NOW + 2);
    expect(await phones.news(number)).toEqual({
      uuid: failed?.uuid,
      optedOutAt: null,
      optedInAt: NOW + 2,
      failure: null,
      failedAt: null,
    });
  });

  it('is one story also when it was written under several roots', async () => {
    const later = phonesIn(pick, createKeyholder(ROOTS));
    const number = aNumber();
    await phones.noteOptOut(number, NOW);
    await later.noteFailure(number, 'unavailable', NOW + 1);
    const out = await later.news(number);
    expect(out, 'a failure takes no opt-out back').toMatchObject({ optedOutAt: NOW, failure: 'unavailable' });
    await later.noteOptIn(number, NOW + 2);
    expect(await later.news(number)).toEqual({
      uuid: out?.uuid,
      optedOutAt: null,
      optedInAt: NOW + 2,
      failure: null,
      failedAt: null,
    });
    await prunePhoneNews(pick, NOW + 40 * DAY);
    expect((await later.news(number))?.optedOutAt ?? null, 'an old opt-out stays over').toBeNull();
    await later.noteOptOut(number, NOW + 3);
    expect((await later.news(number))?.optedOutAt).toBe(NOW + 3);
  });

  it('is forgotten when it says nothing any more; an opt-out never is', async () => {
    const [failed, out] = [aNumber(), aNumber()];
    await phones.noteFailure(failed, 'unavailable', NOW);
    await phones.noteOptOut(out, NOW);
    await prunePhoneNews(pick, NOW + 40 * DAY);
    expect(await phones.news(failed)).toBeNull();
    expect(await phones.news(out)).not.toBeNull();
  });
});

const use = (number: string, session = 'session-1'): SentCodeUse => ({ session, purpose: 'sign_in', number });

describe('FC-1, PH-7 sent codes and the one counter', () => {
  it('lets no more than ten of a hundred parallel guesses reach a comparison', async () => {
    const [account, number] = [await anAccount(), aNumber()];
    await attempts.keepCode(account, '123456', use(number), NOW);
    const guesses = Array.from({ length: 100 }, (_, n) => String(200_000 + n));
    const answers = await Promise.all(
      guesses.map((guess) => attempts.checkCode(account, guess, use(number), null, NOW)),
    );
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(10);
    expect(await attempts.checkCode(account, '123456', use(number), null, NOW), 'FC-2').toEqual({
      allowed: false,
      lockedUntil: NOW + 10 * MINUTE,
    });
  });

  it('lets one of a hundred parallel uses of the right code through', async () => {
    const [account, number] = [await anAccount(), aNumber()];
    await attempts.keepCode(account, '123456', use(number), NOW);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => attempts.checkCode(account, '123456', use(number), null, NOW)),
    );
    expect(answers.filter((answer) => answer.allowed && answer.verdict === 'right')).toHaveLength(1);
  });

  it('counts together with the authentication app', async () => {
    const [account, number] = [await anAccount(), aNumber()];
    await attempts.keepCode(account, '123456', use(number), NOW);
    for (let n = 0; n < 5; n += 1) await attempts.secondFactor(account, null, NOW);
    for (let n = 0; n < 5; n += 1) await attempts.checkCode(account, '000000', use(number), null, NOW);
    expect(await attempts.lockedUntil(account, null, NOW)).toBe(NOW + 10 * MINUTE);
    expect(await attempts.lockedUntil(account, null, NOW + 10 * MINUTE)).toBeNull();
  });

  it.each([
    ['another number', { number: '+12025550199' }],
    ['another purpose', { purpose: 'confirm_phone' as const }],
    ['another session', { session: 'session-2' }],
  ])('takes no code that was sent for %s', async (_what, other) => {
    const [account, number] = [await anAccount(), aNumber()];
    await attempts.keepCode(account, '123456', { ...use(number), ...other }, NOW);
    const answer = await attempts.checkCode(account, '123456', use(number), null, NOW);
    expect(answer).not.toMatchObject({ verdict: 'right' });
  });

  it('keeps no code in the clear', async () => {
    const [account, number] = [await anAccount(), aNumber()];
    await attempts.keepCode(account, '935172', use(number), NOW);
    const kept = await runInDurableObject(env.ATTEMPTS.getByName(`account:${account}`), (_object, state) =>
      JSON.stringify([...state.storage.kv.list()]),
    );
    expect(kept).toContain('digest');
    expect(kept).not.toContain('935172');
    expect(kept).not.toContain(number.slice(1));
  });

  it('locks at once when too many were sent, and no longer than ten minutes', async () => {
    const account = await anAccount();
    expect(await attempts.lock(account, null, NOW)).toBe(NOW + 10 * MINUTE);
    expect(await attempts.lock(account, null, NOW + MINUTE), 'not drawn out').toBe(NOW + 10 * MINUTE);
    expect((await attempts.secondFactor(account, null, NOW)).allowed).toBe(false);
  });
});

/** How many of `tries` attempts at one limit go through, one every `every` milliseconds. */
async function through(limit: Parameters<typeof attempts.spend>[1][number], tries: number, every = 0) {
  line += 1;
  let allowed = 0;
  for (let n = 0; n < tries; n += 1) {
    const spent = await attempts.spend(`subject-${line}`, [limit], NOW + n * every);
    if (spent.allowed) allowed += 1;
  }
  return allowed;
}

describe('accounts section 1: limits on sending, with the two disciplines (LI-2)', () => {
  it('otp_send.max: all ten in five minutes are usable', async () => {
    expect(await through('otp-send', 12)).toBe(10);
    expect(await through('otp-send', 12, 5 * MINUTE)).toBe(12);
  });
  it('otp_send.short: one in ten seconds, since it counts before it looks', async () => {
    expect(await through('otp-send-short', 3, SECOND)).toBe(1);
    expect(await through('otp-send-short', 3, 10 * SECOND)).toBe(3);
  });
  it('phone_confirmation.max: nineteen a day to new numbers; the twentieth is refused', async () => {
    expect(await through('phone-confirmation', 25, MINUTE)).toBe(19);
  });
  it('phone_setup.ip: twenty-five in five minutes from one network', async () => {
    expect(await through('phone-setup-ip', 30, SECOND)).toBe(25);
  });
  it('otp_send.max: what arrived does not add up, however it is told', async () => {
    let allowed = 0;
    for (let n = 0; n < 30; n += 1) {
      const at = NOW + n * SECOND;
      // Each code but the first is asked for after the one before it arrived.
      const arrivedAt = n === 0 ? null : at - 1;
      const spent = await attempts.spend('arriving', ['otp-send'], at, undefined, arrivedAt);
      if (spent.allowed) allowed += 1;
    }
    expect(allowed).toBe(30);
  });
  it('hold under a hundred parallel sends', async () => {
    const spent = await Promise.all(
      Array.from({ length: 100 }, () => attempts.spend('subject-parallel', ['otp-send'], NOW)),
    );
    expect(spent.filter(({ allowed }) => allowed)).toHaveLength(10);
  });
  it('a block of numbers gets ten codes an hour that nobody types in; used ones are given back', async () => {
    expect(await through('phone-block', 12)).toBe(10);
    let allowed = 0;
    for (let n = 0; n < 30; n += 1) {
      const spent = await attempts.spend('block-in-use', ['phone-block'], NOW + n);
      if (spent.allowed) allowed += 1;
      await attempts.giveBack('block-in-use', ['phone-block']);
    }
    expect(allowed).toBe(30);
    expect((await attempts.spend('block-in-use', ['phone-block'], NOW + HOUR)).allowed).toBe(true);
  });
});
