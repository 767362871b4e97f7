import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { CARD_OFFSET } from '../../scripts/local/options.ts';
import { asObject, textOf } from '../support/json.ts';
import { chromiumWithCard, type PemCard } from './support/card-reader.ts';
import { aPerson, enterBackupCode, enterPassword, type Person } from './support/people.ts';
import { originOf, world } from './support/world.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const port = Number(new URL(world.issuer).port) + CARD_OFFSET;
const CARD_HOST = `https://127.0.0.1:${port}`;
const path = (page: Page): string => new URL(page.url()).pathname;
const go = async (page: Page, to: string, act: () => Promise<void>): Promise<void> => {
  await Promise.all([page.waitForURL((url) => url.pathname === to && url.port !== String(port)), act()]);
};

function cardOf({ made }: Person): PemCard {
  const piv = asObject(asObject(made).piv);
  return {
    certificate: textOf(piv, 'certificate'),
    chain: textOf(piv, 'chain'),
    key: textOf(piv, 'private_key'),
  };
}

/** A page of a Chromium with this card in its reader; null: with an empty reader. */
async function aPage(card: PemCard | null): Promise<Page> {
  const { context, close } = await chromiumWithCard(CARD_HOST, card);
  opened.push(close);
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

describe('PV-1, PV-3, PV-4 Chromium with a client certificate', () => {
  it('signs in with a card alone', async () => {
    const person = await aPerson(world, { factors: ['piv', 'backup_codes'] });
    const page = await aPage(cardOf(person));
    await page.goto(world.issuer);
    await page.click('a[href^="/login/piv_cac"]');
    await go(page, '/account', () => page.click('main form button'));
    expect(await page.locator('main').innerText()).toContain(person.email);
  });

  it('uses a card after the password', async () => {
    const person = await aPerson(world, { factors: ['piv', 'backup_codes'] });
    const page = await aPage(cardOf(person));
    await page.goto(world.issuer);
    await enterPassword(page, person);
    expect(path(page)).toBe('/login/two_factor/piv_cac');
    await go(page, '/account', () => page.click('main form button'));
  });

  it('adds a card by keyboard and finds it among the methods', async () => {
    // A card that no account has any more: its owner is gone.
    const former = await aPerson(world, { factors: ['piv'] });
    const gone = await fetch(new URL(`/api/sandbox/v1/accounts/${former.uuid}`, world.issuer), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${world.adminToken}` },
    });
    expect(gone.status).toBe(204);
    const person = await aPerson(world);
    const page = await aPage(cardOf(former));
    await page.goto(world.issuer);
    await enterPassword(page, person);
    await enterBackupCode(world, page, person);
    await page.goto(`${originOf(world)}/piv_cac`);
    await page.focus('#name');
    await page.keyboard.type('Card of my agency');
    await go(page, '/account', () => page.keyboard.press('Enter'));
    await page.goto(`${originOf(world)}/account/two_factor_authentication`);
    expect(await page.locator('main').innerText()).toContain('Card of my agency');
  });

  it('says what to do when there is no card in the reader', async () => {
    const person = await aPerson(world, { factors: ['piv', 'backup_codes'] });
    const page = await aPage(null);
    await page.goto(world.issuer);
    await enterPassword(page, person);
    await go(page, '/login/two_factor/piv_cac', async () => {
      await page.click('main form button');
      await page.waitForSelector('.usa-alert--error');
    });
    expect(await page.locator('.usa-alert--error').innerText()).toContain('did not present a card');
  });
});
