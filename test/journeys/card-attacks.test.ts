import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { aCardPerson, pathOf, presentCard, withCode, withPassword } from '../support/card-people.ts';
import { type CardWorld, startCardWorld } from '../support/cards.ts';

const CHALLENGE = '/login/two_factor/piv_cac';

let world: CardWorld;
beforeAll(async () => {
  world = await startCardWorld();
});
afterAll(() => world.close());

describe('FC-1 what counts as a try with a card', () => {
  it('is a card that was shown, not an address with a made-up token that any page can lead to', async () => {
    const person = await aCardPerson(world, ['totp', 'piv']);
    const lured = await withCode(world, person);
    expect(pathOf(lured)).toBe('/account');
    for (let tries = 0; tries < 11; tries += 1) await lured.open(`${CHALLENGE}?token=made-up`);
    const browser = await withPassword(world, person);
    await browser.open(CHALLENGE);
    expect(browser.view.status).toBe(200);
    await presentCard(world, browser, person.card);
    expect(pathOf(browser)).toBe('/account');
  });

  it('is told at the page for the card when the token is not from there', async () => {
    const person = await aCardPerson(world, ['piv']);
    const browser = await withPassword(world, person);
    await browser.open(`${CHALLENGE}?token=made-up`);
    expect(pathOf(browser)).toBe(CHALLENGE);
    expect(browser.view.text).toContain('That took too long, or was interrupted.');
  });
});

describe('PV-3, SP-1 a card of a suspended account', () => {
  it('opens a session that leads nowhere, and so does the card as second factor', async () => {
    const person = await aCardPerson(world, ['piv']);
    const waiting = await withPassword(world, person);
    const suspended = await world.worker.api('POST', `/api/admin/v1/users/${person.uuid}/suspend`, {
      reason: 'for a test',
    });
    expect(suspended.status, await suspended.text()).toBe(200);
    const alone = new Browser(world.worker);
    await alone.open('/login/piv_cac');
    await presentCard(world, alone, person.card);
    await alone.open('/account');
    expect(pathOf(alone)).not.toBe('/account');
    await waiting.open(CHALLENGE);
    expect(pathOf(waiting)).not.toBe(CHALLENGE);
  });
});

describe('MM-3 a card that was lost and removed', () => {
  it('opens nothing with the answer it brought before', async () => {
    const person = await aCardPerson(world, ['totp', 'piv']);
    const thief = await withPassword(world, person);
    await thief.open(CHALLENGE);
    await thief.submit({}, ({ action }) => action.endsWith('/piv_cac'));
    const { location } = await world.visit(thief.view.url, person.card);
    const owner = await withCode(world, person);
    await owner.open('/account/two_factor_authentication');
    const page = /href="(\/manage\/piv_cac\/[^"/]+)"/.exec(owner.view.html)?.[1] ?? '';
    await owner.open(`${page}/confirm_delete`);
    await owner.submit({}, ({ action }) => action.endsWith('/confirm_delete'));
    const { pathname, search } = new URL(location ?? '');
    await thief.open(pathname + search);
    await thief.open('/account');
    expect(pathOf(thief)).not.toBe('/account');
  });
});
