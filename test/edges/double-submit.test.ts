import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson, walk } from '../support/people.ts';

const worker = servedHere(env);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

/** The session cookie a response sets. */
const sessionIn = (lines: readonly string[]): string | undefined =>
  lines.map((line) => line.split(';')[0] ?? '').findLast((pair) => pair.startsWith('__Host-gh_session='));

describe('SE-5 somebody without scripts who clicks twice', () => {
  it('gets the same cookie and goes on to the same place, whichever answer their browser keeps', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person, { until: '/login/two_factor/authenticator' });
    const form = browser.view.forms.find(({ action }) => action.endsWith('/authenticator'));
    if (form === undefined) throw new Error(browser.view.text);
    const fields = new URLSearchParams([...form.values]);
    fields.set(form.byAutocomplete.get('one-time-code') ?? 'code', person.nextCode() ?? '');
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const submit = () =>
      worker.fetch(form.action, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: fields.toString(),
      });
    const first = await submit();
    const second = await submit();
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    const given = sessionIn(first.headers.getSetCookie());
    expect(given).toBeDefined();
    expect(sessionIn(second.headers.getSetCookie())).toBe(given);
    const home = await worker.fetch('/account', { headers: { cookie: given ?? '' } });
    expect(home.status).toBe(200);
  });

  it('a page opened before the cookie was rotated can still be sent', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person, { until: '/login/two_factor/authenticator' });
    await browser.open('/sign_out');
    const form = browser.view.forms.find(({ action }) => action.endsWith('/sign_out'));
    if (form === undefined) throw new Error(browser.view.text);
    await browser.open('/login/two_factor/authenticator');
    await walk(browser, person);
    await browser.post(form.action, Object.fromEntries(form.values));
    expect(browser.view.status).toBe(200);
    expect(browser.view.url.pathname).toBe('/');
  });
});
