import { createServer } from 'node:http';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from './pages/stage.ts';
import { aPerson, enterBackupCode, enterPassword, signIn } from './support/people.ts';
import { inTime, originOf, profiles, world } from './support/world.ts';

const newProfile = profiles();
const origin = originOf(world);

/** An app on one host whose callback goes on to another. */
let app: { readonly callback: string; readonly elsewhere: string };
const server = createServer((request, response) => {
  if (request.url?.startsWith('/callback')) response.writeHead(303, { location: app.elsewhere }).end();
  else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>app</title>arrived');
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, () => done()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  app = {
    callback: `http://127.0.0.1:${address.port}/callback`,
    elsewhere: `http://localhost:${address.port}/elsewhere`,
  };
});
afterAll(() => {
  server.close();
  // The browser keeps connections it may need again.
  server.closeAllConnections();
});

interface Arrival {
  readonly url: URL;
  readonly violations: readonly string[];
}

/** Signs in on the way to an app and agrees; what counts are the redirects that follow this form. */
async function agree(
  context: BrowserContext,
  start: (page: Awaited<ReturnType<BrowserContext['newPage']>>) => Promise<void>,
): Promise<Arrival> {
  const page = await inTime('a new page', context.newPage());
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('form-action')) violations.push(message.text());
  });
  const person = await aPerson(world);
  await start(page);
  await enterPassword(page, person);
  await enterBackupCode(world, page, person);
  expect(new URL(page.url()).pathname).toBe('/sign_up/completed');
  // What follows may be a redirect that is refused, so no arrival is waited for.
  await page.click('main form button', { noWaitAfter: true });
  for (let tries = 0; tries < 100 && violations.length === 0 && page.url().startsWith(origin); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return { url: new URL(page.url()), violations };
}

describe('NET-4 form-action holds the whole way of a form', () => {
  it('stops an app that goes on to a host that is not registered', async () => {
    const context = await newProfile();
    const { ask } = await anApp(world, { redirect_uris: [app.callback] });
    const { url, violations } = await agree(context, async (page) => {
      await page.goto(origin + ask());
    });
    expect(violations.join()).toContain(new URL(app.callback).origin);
    expect(url.origin, 'the person stays where they agreed').toBe(origin);
    await context.close();
  });

  it('lets it pass when every host on the way is registered', async () => {
    const context = await newProfile();
    const { ask } = await anApp(world, { redirect_uris: [app.callback, app.elsewhere] });
    const { url, violations } = await agree(context, async (page) => {
      await page.goto(origin + ask());
    });
    expect(violations).toEqual([]);
    expect(url.href).toBe(app.elsewhere);
    await context.close();
  });

  it('can be tried with the sample app, which goes astray when told to', async () => {
    const context = await newProfile();
    const { url, violations } = await agree(context, async (page) => {
      await page.goto(world.sample);
      await page.check('[name=leave_registered_hosts]');
      await page.locator('form[action="/sign-in"] button').first().click();
      await page.waitForURL(`${origin}/**`);
    });
    expect(violations).not.toEqual([]);
    expect(url.origin).toBe(origin);
    await context.close();
  });
});

describe('HD-2 a form of another browser', () => {
  it('is refused, with a way to open it anew', async () => {
    const context = await newProfile();
    const page = await context.newPage();
    await signIn(world, page, await aPerson(world));
    await page.goto(`${origin}/account/email_language`);
    await page.evaluate("document.querySelector('main form [name=csrf]').value = 'of another browser'");
    await Promise.all([page.waitForEvent('load'), page.locator('main form button').first().click()]);
    await Promise.all([page.waitForEvent('load'), page.locator('main .gh-actions a').first().click()]);
    expect(new URL(page.url()).pathname).toBe('/account/email_language');
    await context.close();
  });
});
