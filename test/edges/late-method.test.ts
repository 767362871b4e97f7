import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { sessions } from '../../src/platform/objects/sessions.ts';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { RULES_PUBLISHED_AT, testKeys } from '../support/sessions.ts';

const store = sessions(env.SESSIONS, testKeys(), {
  secureCookies: true,
  rulesPublishedAt: RULES_PUBLISHED_AT,
});
/** Whose sessions are ended right after the next write of several statements; null: nobody's. */
let endAfterWriteOf: Person | null = null;

async function endAll({ uuid }: Person): Promise<void> {
  const { results } = await env.DB.prepare('SELECT locator FROM sessions WHERE account = ?')
    .bind(uuid)
    .all<{ locator: string }>();
  for (const { locator } of results) await store.endFor(locator, uuid, 'password');
}
const DB = new Proxy(env.DB, {
  get(database, name) {
    if (name === 'batch')
      return async (statements: D1PreparedStatement[]) => {
        const done = await database.batch(statements);
        const person = endAfterWriteOf;
        endAfterWriteOf = null;
        if (person !== null) await endAll(person);
        return done;
      };
    const value: unknown = Reflect.get(database, name);
    return typeof value === 'function' ? value.bind(database) : value;
  },
});
const worker = servedHere({ ...env, DB });

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

function shownSecret(browser: Browser): Uint8Array {
  const bytes = fromBase32(/class="gh-secret"[^>]*>([^<]+)</.exec(browser.view.html)?.[1] ?? '');
  if (bytes === null) throw new Error(`no secret at ${browser.view.url.pathname}`);
  return bytes;
}

async function methodsOf({ uuid }: Person): Promise<readonly string[]> {
  const { results } = await env.DB.prepare(
    "SELECT kind FROM factors WHERE account = ? UNION ALL SELECT 'backup_codes' FROM backup_codes WHERE account = ? GROUP BY account ORDER BY 1",
  )
    .bind(uuid, uuid)
    .all<{ kind: string }>();
  return results.map(({ kind }) => kind);
}

describe('SE-6 a method added by a session that is ended in the same moment', () => {
  it('is taken away again: whoever ended it must not find a way in they did not make', async () => {
    const person = await aPerson(worker, { factors: ['backup_codes'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    await browser.open('/authenticator_setup');
    const secret = shownSecret(browser);
    endAfterWriteOf = person;
    await browser.submit({ name: 'Late app', 'one-time-code': totpAt(secret, totpStep(Date.now())) });
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.text).not.toContain('was added');
    expect(await methodsOf(person)).toEqual(['backup_codes']);
  });

  it('backup codes, too', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    await browser.open('/backup_code_setup');
    endAfterWriteOf = person;
    await browser.submit({}, ({ action }) => action.endsWith('/backup_code_setup'));
    expect(browser.view.url.pathname).toBe('/');
    expect(await methodsOf(person)).toEqual(['totp']);
  });

  it('stays when its session does', async () => {
    const person = await aPerson(worker, { factors: ['backup_codes'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    await browser.open('/authenticator_setup');
    const secret = shownSecret(browser);
    await browser.submit({ name: 'App', 'one-time-code': totpAt(secret, totpStep(Date.now())) });
    expect(await methodsOf(person)).toEqual(['backup_codes', 'totp']);
  });
});
