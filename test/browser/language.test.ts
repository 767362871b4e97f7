import { beforeAll, describe, expect, it } from 'vitest';
import { anApp, CALLBACK, type RegisteredApp } from './pages/stage.ts';
import { originOf, profiles, world } from './support/world.ts';

const newProfile = profiles();
const origin = originOf(world);
const lang = 'document.documentElement.lang';

describe('LC-1 the language of pages', () => {
  it.each([
    ['fr-CA', 'fr'],
    ['zh-CN', 'zh'],
    ['es-MX', 'es'],
    ['de-DE', 'en'],
  ])('a browser set to %s gets %s', async (locale, expected) => {
    const context = await newProfile({ locale });
    const page = await context.newPage();
    await page.goto(world.issuer);
    expect(await page.evaluate(lang)).toBe(expected);
    await context.close();
  });

  it('changes with the picker, which keeps path and query, and is remembered where the address says nothing', async () => {
    const context = await newProfile();
    const page = await context.newPage();
    await page.goto(`${origin}/users/password/new?timeout=form`);
    await page.locator('footer').getByRole('link', { name: 'Español' }).click();
    await page.waitForURL(`${origin}/es/users/password/new?timeout=form`);
    expect(await page.evaluate(lang)).toBe('es');
    await page.goto(`${origin}/sign_up/enter_email`);
    expect(await page.evaluate(lang), 'kept in a cookie').toBe('es');
    await page.goto(`${origin}/fr/sign_up/enter_email`);
    expect(await page.evaluate(lang), 'the address wins').toBe('fr');
    // The rules of use open in a tab of their own; this link leads to sign-in.
    await page.locator('main a:not([target])').first().click();
    await page.waitForURL(({ pathname }) => /^\/fr\/?$/.test(pathname));
    await page.goto(world.issuer);
    expect(await page.evaluate(lang), 'the last choice').toBe('fr');
    const current = page.locator('footer a[aria-current=true]');
    expect(await current.innerText()).toBe('Français');
    await context.close();
  });
});

describe('AP-1 to AP-4 on the way to an app', () => {
  let app: RegisteredApp;
  beforeAll(async () => {
    app = await anApp(world);
  });

  it('its logo, name and help text are on the page, and so is the way back', async () => {
    const context = await newProfile();
    const page = await context.newPage();
    await page.goto(origin + app.ask());
    const logo = page.locator('.gh-header__logo');
    expect(await logo.getAttribute('alt')).toContain('Harbor Permits');
    expect(await page.evaluate("document.querySelector('.gh-header__logo').naturalWidth")).toBeGreaterThan(0);
    expect(await page.locator('.gh-header__app-name').innerText()).toBe('Harbor Permits');
    expect(await page.locator('.gh-help-text').innerText()).toContain('harbour office');
    await page.locator('footer').getByRole('link', { name: 'Español' }).click();
    await page.waitForURL(/\/es/);
    expect(await page.locator('.gh-help-text').innerText()).toContain('Llame a la oficina');
    expect(await page.locator('.gh-header__app-name').innerText(), 'the question is not lost').toBe(
      'Harbor Permits',
    );
    await page.locator('main a[href*="/redirect/return_to_sp/cancel"]').click();
    await page.waitForURL(/\/callback\?.*error=access_denied/);
    expect(page.url()).toContain(CALLBACK);
    await context.close();
  });

  it('is asked for in its own language', async () => {
    const context = await newProfile();
    const page = await context.newPage();
    await page.goto(origin + app.ask({ ui_locales: 'de zh en' }));
    expect(await page.evaluate(lang)).toBe('zh');
    await context.close();
  });
});
