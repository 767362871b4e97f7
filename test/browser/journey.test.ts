import { describe, expect, it } from 'vitest';
import { keyboard, pointer, tabTo } from './support/hands.ts';
import { join, leave, returnRemembered, returnToStrictApp, returnWithCode } from './support/story.ts';
import { originOf, profiles, world } from './support/world.ts';

const newProfile = profiles();
const { sample } = world;
const ours = (url: URL): boolean => url.origin === originOf(world);

describe('UX-13 the story of a person, from the sample app to an account and back, out, and in again', () => {
  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('%s', async (how, javaScriptEnabled) => {
    const context = await newProfile({ javaScriptEnabled });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
    });
    const scene = { place: world, sample, page, hands: pointer(page) };
    const joined = await join(scene, `${how.replaceAll(' ', '-')}@agency.example`);
    await leave(scene);
    await returnWithCode(scene, joined);
    await leave(scene);
    await returnRemembered(scene, joined);
    await leave(scene);
    await returnToStrictApp(scene, joined);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('by keyboard alone, the focus always in sight', async () => {
    const context = await newProfile({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    const scene = { place: world, sample, page, hands: keyboard(page, ours) };
    const joined = await join(scene, 'keyboard@agency.example');
    await leave(scene);
    await returnWithCode(scene, joined);
    await context.close();
  });
});

describe('UX-2, UX-3 the keyboard', () => {
  const still = { reducedMotion: 'reduce' } as const;

  it('skips to the content first', async () => {
    const context = await newProfile(still);
    const page = await context.newPage();
    await page.goto(world.issuer);
    await page.keyboard.press('Tab');
    const link = page.locator('.usa-skipnav');
    expect(await page.evaluate('document.activeElement.className')).toBe('usa-skipnav');
    expect((await link.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main-content');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('email');
    await context.close();
  });

  it('is led to what is wrong: the summary, from there the field; without a summary the field', async () => {
    const context = await newProfile(still);
    const page = await context.newPage();
    await page.goto(`${world.issuer}sign_up/enter_email`);
    const { go } = keyboard(page, ours);
    await go('main form button');
    expect(await page.evaluate('document.activeElement.className')).toContain('gh-error-summary');
    await tabTo(page, 'a[href="#email"]');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('email');
    expect(await page.getAttribute('#email', 'aria-invalid')).toBe('true');
    await context.close();
  });

  it('stays out of forms that are hidden and never gets stuck', async () => {
    const context = await newProfile(still);
    const page = await context.newPage();
    await page.goto(world.issuer);
    const stops: string[] = [];
    for (let stop = 0; stop < 40; stop += 1) {
      await page.keyboard.press('Tab');
      const name: string = await page.evaluate(
        "document.activeElement === document.body ? '' : document.activeElement.outerHTML",
      );
      if (name === '' || name === stops[0]) break;
      expect(stops, 'each once').not.toContain(name);
      stops.push(name);
    }
    expect(stops.length).toBeGreaterThan(8);
    expect(stops.length).toBeLessThan(40);
    await context.close();
  });
});
