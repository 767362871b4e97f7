import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DevServer, startDevServer } from '../support/dev-server.ts';
import { openEyes, press } from './support/inspect.ts';
import { aPerson, enterPassword, signIn } from './support/people.ts';
import { api, mailedLink, newestMail, originOf, profiles } from './support/world.ts';

const newProfile = profiles();

/** A world of its own: here the clock moves. */
let server: DevServer;
beforeAll(async () => {
  server = await startDevServer();
}, 240_000);
afterAll(() => server?.stop());

let context: BrowserContext;
let page: Page;
beforeEach(async () => {
  context = await newProfile();
  page = await context.newPage();
});
afterEach(() => context.close());

const isOpen = (): Promise<boolean> => page.evaluate("document.querySelector('dialog').open");

/** Lets time pass, here and there. */
async function pass(seconds: number): Promise<void> {
  await api(server, 'POST', '/api/sandbox/v1/clock', { advance_seconds: seconds });
  await page.clock.fastForward(seconds * 1000);
}

describe('SE-3, UX-11 a session that is about to end', () => {
  beforeEach(async () => {
    await signIn(server, page, await aPerson(server));
    await page.clock.install();
  });

  it.each(['en', 'zh'])(
    'asks two and a half minutes before, in a dialog that has the focus, and goes on when told (%s)',
    async (locale) => {
      await page.goto(`${originOf(server)}/${locale}/account`);
      await pass(11 * 60);
      expect(await isOpen()).toBe(false);
      await pass(100);
      await page.locator('dialog[open]').waitFor();
      expect(await page.locator('[data-countdown-text]').innerText()).toMatch(/\d/);
      expect(await page.evaluate("document.querySelector('dialog').contains(document.activeElement)")).toBe(
        true,
      );
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('dialog').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      for (let stop = 0; stop < 6; stop += 1) {
        await page.keyboard.press('Tab');
        expect(
          await page.evaluate(
            "document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)",
          ),
          'the page behind is out of reach',
        ).toBe(true);
      }
      await page.locator('[data-stay]').click();
      await expect.poll(isOpen).toBe(false);
      await pass(10 * 60);
      await page.reload();
      expect(new URL(page.url()).pathname).toBe(`/${locale}/account`);
    },
  );

  it('signs out from the dialog', async () => {
    await page.goto(`${originOf(server)}/account`);
    await pass(760);
    await page.locator('dialog[open]').waitFor();
    await page.locator('dialog form button').click();
    await page.waitForURL(server.issuer);
    await page.goto(`${originOf(server)}/account`);
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('leads to sign-in with a word when nobody answers', async () => {
    await page.goto(`${originOf(server)}/es/account`);
    await pass(760);
    await page.locator('dialog[open]').waitFor();
    await pass(160);
    await page.waitForURL(/\/es\/?\?timeout=session$/);
    expect(await page.locator('main > .usa-alert').innerText()).toContain('15');
  });
});

describe('AR-2, RT-1 pages that only time brings', () => {
  it('the link that deletes an account, a day after it was asked for', async () => {
    const { look, tab } = await openEyes(server, context);
    const person = await aPerson(server);
    await tab().goto(server.issuer);
    await enterPassword(tab(), person);
    await tab().goto(`${originOf(server)}/account_reset/request`);
    await press(tab());
    await newestMail(server, person.email);
    await api(server, 'POST', '/api/sandbox/v1/clock', { advance_seconds: 25 * 3600 });
    const { search } = new URL(await mailedLink(server, person.email, '/account_reset/delete_account'));
    await look(`/account_reset/delete_account${search}`, { name: 'account-reset-delete' });
  });

  it('the rules of use, when they were accepted five years ago', async () => {
    const { look, send, tab } = await openEyes(server, context);
    const person = await aPerson(server);
    await api(server, 'POST', '/api/sandbox/v1/clock', { advance_seconds: 5 * 366 * 24 * 3600 });
    await tab().goto(server.issuer);
    await enterPassword(tab(), person);
    expect(new URL(tab().url()).pathname).toBe('/rules_of_use');
    await look('/rules_of_use', { name: 'rules-of-use-asking' });
    await send('/rules_of_use', { name: 'rules-of-use-empty' });
    await tab().goto(`${originOf(server)}/rules_of_use`);
    await tab().check('[name=accept]');
    await press(tab());
    expect(new URL(tab().url()).pathname).toMatch(/^\/login\/two_factor/);
  });
});
