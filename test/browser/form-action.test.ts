import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { anApp, type RegisteredApp } from './pages/stage.ts';
import { aPerson, enterBackupCode, enterPassword, signIn } from './support/people.ts';
import { originOf, profiles, world } from './support/world.ts';

const newProfile = profiles();
const origin = originOf(world);

interface Arrival {
  readonly url: URL;
  readonly violations: readonly string[];
}

/** Signs in on the way to an app whose callback leads on, and agrees: the redirects of that form are what counts. */
async function agree(context: BrowserContext, app: RegisteredApp, last: string): Promise<Arrival> {
  const page = await context.newPage();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/form-action/.test(message.text())) violations.push(message.text());
  });
  const person = await aPerson(world);
  await page.goto(origin + app.ask());
  await enterPassword(page, person);
  await enterBackupCode(world, page, person);
  expect(new URL(page.url()).pathname).toBe('/sign_up/completed');
  await page.click('main form button');
  await Promise.race([page.waitForURL(`${last}**`), until(() => violations.length > 0)]);
  return { url: new URL(page.url()), violations };
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !done(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

const callback = `${world.sample}/callback`;
const elsewhere = world.sample.replace('localhost', '127.0.0.1');

/** The sample app answers a state it does not know with a page; a redirect in front of it stands for any app's. */
const leadOn = async (page: Page | BrowserContext, target: string): Promise<void> => {
  await page.route(`${callback}**`, (route) => route.fulfill({ status: 303, headers: { location: target } }));
};

describe('NET-4 form-action holds the whole way of a form', () => {
  it('the sample app, which goes on to a host that is not registered, is stopped and told why', async () => {
    const context = await newProfile();
    const page = await context.newPage();
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/form-action/.test(message.text())) violations.push(message.text());
    });
    const person = await aPerson(world);
    await page.goto(world.sample);
    await page.check('[name=leave_registered_hosts]');
    await page.locator('form[action="/sign-in"] button').first().click();
    await page.waitForURL(`${origin}/**`);
    await enterPassword(page, person);
    await enterBackupCode(world, page, person);
    expect(new URL(page.url()).pathname).toBe('/sign_up/completed');
    await page.click('main form button');
    await until(() => violations.length > 0);
    expect(violations.join()).toContain(elsewhere);
    expect(new URL(page.url()).origin, 'the person stays where they agreed').toBe(origin);
    await context.close();
  });

  it('passes when every host on the way is registered', async () => {
    const context = await newProfile();
    await leadOn(context, `${elsewhere}/elsewhere`);
    const app = await anApp(world, { redirect_uris: [callback, `${elsewhere}/elsewhere`] });
    const { url, violations } = await agree(context, app, elsewhere);
    expect(violations).toEqual([]);
    expect(url.href).toBe(`${elsewhere}/elsewhere`);
    await context.close();
  });
});

describe('UX-13, HD-2 forms', () => {
  it('of another browser are refused with a way to open them anew', async () => {
    const context = await newProfile();
    const page = await context.newPage();
    const person = await aPerson(world);
    await signIn(world, page, person);
    await page.goto(`${origin}/account/email_language`);
    await page.evaluate("document.querySelector('main form [name=csrf]').value = 'of another browser'");
    await Promise.all([page.waitForEvent('load'), page.locator('main form button').first().click()]);
    expect(await page.locator('h1').count()).toBe(1);
    await Promise.all([page.waitForEvent('load'), page.locator('main .gh-actions a').first().click()]);
    expect(new URL(page.url()).pathname).toBe('/account/email_language');
    await context.close();
  });
});
