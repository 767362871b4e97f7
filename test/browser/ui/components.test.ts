import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gallery } from './gallery.tsx';
import { openBrowser, type SessionDouble, serveGallery } from './gallery-site.ts';

let origin: string;
let session: SessionDouble;
let context: BrowserContext;
let page: Page;
let complaints: string[] = [];
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  const site = await serveGallery();
  const browser = await openBrowser();
  ({ origin, session } = site);
  context = browser.context;
  closers.push(site.close, browser.close);
});

afterAll(async () => {
  for (const close of closers) await close();
});

beforeEach(async () => {
  complaints = [];
  Object.assign(session, { live: true, endsAt: Date.now() + 900_000, asked: [], csrf: undefined });
  await page?.close();
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});

describe('UX-1, UX-2 every example page', () => {
  for (const path of Object.keys(gallery)) {
    it(`${path} has no axe violation, fits 320 px and obeys its policy`, async () => {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(origin + path);
        const { violations, passes } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        expect(
          violations.map(
            (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join()}`,
          ),
        ).toEqual([]);
        expect(passes.length).toBeGreaterThan(10);
        expect(
          await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'),
        ).toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
    });
  }
});

describe('UX-1 a table', () => {
  const OF_TABLE = `(() => {
    const frame = document.querySelector('.usa-table-container--scrollable');
    const cell = frame.querySelector('td');
    const label = getComputedStyle(cell, '::before').content;
    return { hidden: frame.scrollWidth - frame.clientWidth, label };
  })()`;

  it('shows every column on a small screen, under its name', async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(`${origin}/account`);
    expect(await page.evaluate(OF_TABLE)).toEqual({ hidden: 0, label: '"When"' });
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await page.evaluate(OF_TABLE)).toEqual({ hidden: 0, label: 'none' });
  });
});

describe('UX-7 show password', () => {
  it('shows what was typed and hides it again before sending', async () => {
    await page.goto(`${origin}/sign-in`);
    await page.fill('#password', 'a secret');
    await page.getByLabel('Show password').check();
    expect(await page.getAttribute('#password', 'type')).toBe('text');
    await page.evaluate(
      "document.querySelector('main form').addEventListener('submit', (e) => e.preventDefault())",
    );
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getAttribute('#password', 'type')).toBe('password');
  });

  it('shows both fields of a new password with one checkbox', async () => {
    await page.goto(`${origin}/new-password`);
    await page.getByLabel('Show password').check();
    expect(await page.getAttribute('#password', 'type')).toBe('text');
    expect(await page.getAttribute('#confirm', 'type')).toBe('text');
  });
});

describe('UX-6 submit buttons', () => {
  it('send once with the pressed button, and come back to life on return', async () => {
    await page.goto(`${origin}/choices`);
    const posts: (string | null)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.postData());
    });
    const disabled = await page.evaluate(`new Promise((done) => {
      const button = document.querySelector('button[value=later]');
      button.click();
      setTimeout(() => { button.click(); done(button.disabled); }, 100);
    })`);
    expect(disabled).toBe(true);
    await page.waitForURL('**/post');
    expect(posts).toHaveLength(1);
    expect(posts[0]).toContain('choice=later');
    expect(posts[0]).toContain('csrf=csrf-token');
    await page.goBack();
    expect(await page.getByRole('button', { name: 'Later' }).isEnabled()).toBe(true);
  });
});

describe('UX-3 after a refused form', () => {
  it('the focus is on the summary, else on the first bad field', async () => {
    await page.goto(`${origin}/new-password`);
    expect(await page.evaluate('document.activeElement.className')).toContain('gh-error-summary');
    await page.goto(`${origin}/choices`);
    expect(await page.evaluate('document.activeElement.id')).toBe('nickname');
  });
});

describe('UX-8 strength meter', () => {
  it('knows common passwords from good ones', async () => {
    await page.goto(`${origin}/new-password`);
    const level = page.locator('[data-level]');
    await page.fill('#password', 'password');
    await expect.poll(() => level.textContent()).toBe('Very weak');
    await page.fill('#password', 'nine correct staples walk 77 lemons');
    await expect.poll(() => level.textContent()).toBe('Great!');
    await page.fill('#password', '');
    await expect.poll(() => level.isVisible()).toBe(false);
  });
});

describe('SE-3, UX-11 session timeout', () => {
  const open = () => page.evaluate("document.querySelector('dialog').open");

  it('asks shortly before the end, counts down, and stays when told', async () => {
    session.endsAt = Date.now() + 100_000;
    await page.goto(`${origin}/account-soon`);
    await page.locator('dialog').waitFor();
    expect(await page.textContent('[data-countdown-text]')).toMatch(
      /we will sign you out in 1 minute, \d+ seconds\./,
    );
    expect(await page.evaluate("document.querySelector('dialog').contains(document.activeElement)")).toBe(
      true,
    );
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await expect.poll(open).toBe(false);
    expect(session.asked).toContain('PUT');
    expect(session.csrf).toBe('csrf-token');
  });

  it('takes Escape for staying', async () => {
    session.endsAt = Date.now() + 100_000;
    await page.goto(`${origin}/account-soon`);
    await page.locator('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(open).toBe(false);
    expect(session.asked).toContain('PUT');
  });

  it('leaves when the server says that the session is over', async () => {
    session.live = false;
    await page.goto(`${origin}/account-soon`);
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.waitForURL(/\/\?timeout=session$/);
  });

  it('is silent while there is time', async () => {
    await page.goto(`${origin}/account`);
    await page.waitForTimeout(1500);
    expect(await open()).toBe(false);
    expect(session.asked).toEqual([]);
  });
});

describe('SE-4 forms of somebody not signed in', () => {
  it('are emptied and loaded again with a notice', async () => {
    await page.clock.install();
    await page.goto(`${origin}/sign-in?request_id=1`);
    await page.fill('#email', 'ann@example.com');
    await page.clock.fastForward(14 * 60_000);
    expect(await page.inputValue('#email')).toBe('ann@example.com');
    await page.clock.fastForward(2 * 60_000);
    await page.waitForURL(/\/sign-in\?request_id=1&timeout=form$/);
    expect(await page.inputValue('#email')).toBe('');
  });
});

describe('UX-13 helpers', () => {
  it('copy, save and print', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${origin}/secret`);
    await page.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => page.textContent('gh-copy [role=status]')).toBe('Copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('JBSWY3DP');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('codes.txt');
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(true);
  });
});

describe('UX-13 without script', () => {
  it('forms still send and what needs script is not shown', async () => {
    const { context: plain, close } = await openBrowser({ javaScriptEnabled: false });
    try {
      const quiet = await plain.newPage();
      await quiet.goto(`${origin}/sign-in`);
      expect(await quiet.getByLabel('Show password').isVisible()).toBe(false);
      await quiet.fill('#email', 'ann@example.com');
      await quiet.getByRole('button', { name: 'Sign in' }).click();
      await quiet.waitForURL('**/post');
      await quiet.goto(`${origin}/secret`);
      expect(await quiet.getByRole('button', { name: 'Copy' }).isVisible()).toBe(false);
      await quiet.goto(`${origin}/choices`);
      expect(await quiet.locator('noscript .usa-alert').isVisible()).toBe(true);
    } finally {
      await close();
    }
  });
});
