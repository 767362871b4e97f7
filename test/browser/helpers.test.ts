import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPerson, signIn } from './support/people.ts';
import { mailedLink, originOf, profiles, world } from './support/world.ts';

const newProfile = profiles();
const origin = originOf(world);

describe('SE-4 forms of somebody not signed in', () => {
  it('are emptied after 15 minutes without typing, with a word about it', async () => {
    const context = await newProfile();
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${origin}/fr/sign_up/enter_email`);
    await page.clock.fastForward(10 * 60_000);
    await page.fill('#email', 'typed@agency.example');
    await page.clock.fastForward(14 * 60_000);
    expect(await page.inputValue('#email'), 'counted from the last key').toBe('typed@agency.example');
    await page.clock.fastForward(2 * 60_000);
    await page.waitForURL(/\/fr\/sign_up\/enter_email\?timeout=form$/);
    expect(await page.inputValue('#email')).toBe('');
    expect(await page.locator('main .usa-alert').innerText()).toContain('15');
    await context.close();
  });
});

describe('UX-6 to UX-8 the password of a new account', () => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await newProfile();
    page = await context.newPage();
    await page.goto(`${origin}/sign_up/enter_email`);
    await page.fill('#email', 'helpers@agency.example');
    await page.check('[name=terms_accepted]');
    await page.click('main form button');
    await page.waitForURL('**/sign_up/verify_email');
    await page.goto(await mailedLink(world, 'helpers@agency.example', '/sign_up/email/confirm'));
  });
  afterAll(() => context.close());

  it('is what password managers take it for', async () => {
    expect(await page.inputValue('[autocomplete=username]')).toBe('helpers@agency.example');
    expect(await page.locator('[autocomplete=new-password]').count()).toBe(2);
  });

  it('is weighed while it is typed, in words', async () => {
    const level = page.locator('[data-level]');
    await page.fill('#password', 'password');
    await expect.poll(() => level.textContent(), { timeout: 10_000 }).toBe('Very weak');
    await page.fill('#password', 'helpers@agency.example');
    await expect.poll(() => level.textContent()).not.toBe('Great!');
    await page.fill('#password', 'nine correct staples walk 77 lemons');
    await expect.poll(() => level.textContent()).toBe('Great!');
  });

  it('is shown in both fields by one box and hidden again when it is sent', async () => {
    await page.fill('#password_confirmation', 'something else');
    await page.locator('gh-show-password input').check();
    expect(await page.getAttribute('#password', 'type')).toBe('text');
    expect(await page.getAttribute('#password_confirmation', 'type')).toBe('text');
    await page.evaluate(
      "document.querySelector('main form').addEventListener('submit', (event) => event.preventDefault(), { once: true })",
    );
    await page.click('main form button');
    expect(await page.getAttribute('#password', 'type')).toBe('password');
    expect(await page.getAttribute('#password_confirmation', 'type')).toBe('password');
  });

  it('is sent once, however often the button is pressed', async () => {
    await page.reload();
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.url());
    });
    await page.route('**/sign_up/create_password?*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });
    for (const field of ['#password', '#password_confirmation'])
      await page.fill(field, 'correct-violet-giraffe-lamp');
    await page.evaluate(`(() => {
      const button = document.querySelector('main form button');
      button.click();
      button.click();
      setTimeout(() => button.click(), 100);
    })()`);
    await page.waitForURL('**/authentication_methods_setup');
    expect(posts).toHaveLength(1);
  });
});

describe('UX-13 backup codes', () => {
  it('can be copied, saved and printed', async () => {
    const context = await newProfile({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await signIn(world, page, await aPerson(world));
    await page.goto(`${origin}/backup_code_regenerate`);
    await page.click('main form button');
    await page.waitForURL('**/backup_code_setup');
    const codes = await page.locator('.gh-codes code').allInnerTexts();
    await page.locator('gh-copy button').click();
    await expect.poll(() => page.locator('gh-copy [role=status]').innerText()).not.toBe('');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(codes.join('\n'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('gh-download button').click(),
    ]);
    expect(download.suggestedFilename()).toBe('backup-codes.txt');
    let saved = '';
    for await (const chunk of await download.createReadStream()) saved += String(chunk);
    expect(saved.trim().split('\n')).toEqual(codes);
    await page.evaluate('window.print = () => { window.printed = true; }');
    await page.locator('gh-print button').click();
    expect(await page.evaluate('window.printed')).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.gh-codes').isVisible()).toBe(true);
    for (const part of ['.gh-footer', '.gh-test-site', 'gh-print', '.gh-actions'])
      expect(await page.locator(part).first().isVisible(), part).toBe(false);
    await context.close();
  });
});
