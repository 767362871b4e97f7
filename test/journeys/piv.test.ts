import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { aCardPerson, addCard, pathOf, presentCard, withCode, withPassword } from '../support/card-people.ts';
import { type CardWorld, startCardWorld } from '../support/cards.ts';
import { encodingsOf } from '../support/encodings.ts';

let world: CardWorld;
beforeAll(async () => {
  world = await startCardWorld();
});
afterAll(() => world.close());

const CHALLENGE = '/login/two_factor/piv_cac';
const mails = async (to: string): Promise<string> => {
  const answer = await world.worker.api('GET', `/api/sandbox/v1/messages?to=${encodeURIComponent(to)}`);
  return answer.text();
};

describe('PV-1, PV-4 a card after the password', () => {
  it('is asked for first, and accepted without an offer to remember the browser', async () => {
    const person = await aCardPerson(world, ['piv', 'totp']);
    const browser = await withPassword(world, person);
    expect(pathOf(browser), 'FC-3: a card comes first').toBe(CHALLENGE);
    expect(browser.view.html).not.toContain('remember_device');
    expect(browser.view.headers.get('content-security-policy')).toMatch(
      /form-action [^;]*https:\/\/\*\.card\.idp\.test/,
    );
    await browser.submit();
    expect(browser.view.url.hostname, 'a name of its own').toMatch(/^[a-z0-9]{16}\.card\.idp\.test$/);
    await world.present(browser, person.card);
    expect(pathOf(browser)).toBe('/account');
  });

  it('keeps the language on the way there and back', async () => {
    const person = await aCardPerson(world, ['piv']);
    const browser = await withPassword(world, person, '/es');
    await presentCard(world, browser, person.card);
    expect(pathOf(browser)).toBe('/es/account');
  });

  it('is in the data its owner downloads (BT-16)', async () => {
    const person = await aCardPerson(world, ['piv', 'totp']);
    const browser = await withCode(world, person);
    await browser.open('/account/download');
    await browser.submit({}, ({ action }) => action === '/account/download');
    expect(browser.view.html).toContain('"government_ids"');
    expect(browser.view.html).toContain(`CN=${person.email}`);
  });

  it('is not asked for on a phone', async () => {
    const person = await aCardPerson(world, ['piv', 'totp']);
    const browser = new Browser(world.worker, {
      'user-agent':
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Mobile/15E148 Safari/604',
    });
    await browser.open('/');
    expect(browser.view.html).not.toContain('/login/piv_cac');
    await browser.submit({ username: person.email, 'current-password': person.password });
    expect(pathOf(browser)).toBe('/login/two_factor/authenticator');
  });
});

describe('PV-2, MC-8 adding a card', () => {
  it('takes a name, then the card; the owner hears of it, and it signs in', async () => {
    const person = await aCardPerson(world, ['totp']);
    const card = await world.authority.issue({ commonName: 'Grace Hopper' });
    const browser = await withCode(world, person);
    await addCard(world, browser, card, 'Blue card');
    expect(pathOf(browser)).toBe('/account');
    await browser.open('/account/two_factor_authentication');
    expect(browser.view.text).toContain('Blue card');
    await browser.open('/account/history');
    expect(browser.view.text, 'event 10').toContain('Government ID card added');
    await expect.poll(() => mails(person.email)).toContain('(Blue card)');
    const again = await withPassword(world, person);
    await presentCard(world, again, card);
    expect(pathOf(again)).toBe('/account');
  });

  it('asks for a name, and refuses one that is taken, before the card is read', async () => {
    const person = await aCardPerson(world, ['totp', 'piv']);
    const browser = await withCode(world, person);
    for (const name of ['  ', 'test CARD', 'x'.repeat(90)]) {
      await browser.open('/piv_cac');
      await browser.submit({ name });
      expect(browser.view.status, name).toBe(422);
    }
  });

  it('takes a card once, whoever asks, and whatever certificate it bears', async () => {
    const [first, second] = [await aCardPerson(world, ['totp']), await aCardPerson(world, ['totp'])];
    const card = await world.authority.issue({ commonName: 'Only One' });
    await addCard(world, await withCode(world, first), card, 'Mine');
    const renewed = await world.authority.issue({ commonName: 'only  one' });
    const browser = await withCode(world, second);
    await addCard(world, browser, renewed, 'Mine');
    expect(pathOf(browser)).toBe('/piv_cac');
    expect(browser.view.text).toContain('This card is in an account already.');
  });

  it('has room for two (piv.max)', async () => {
    const person = await aCardPerson(world, ['totp', 'piv']);
    const browser = await withCode(world, person);
    await addCard(
      world,
      browser,
      await world.authority.issue({ commonName: `Second ${person.uuid}` }),
      'Second',
    );
    expect(pathOf(browser)).toBe('/account');
    await browser.open('/piv_cac');
    expect(pathOf(browser)).toBe('/authentication_methods_setup');
    expect(browser.view.text).toContain('You have two cards already.');
    expect(browser.view.html).not.toContain('value="piv"');
  });
});

describe('PV-3 signing in with a card alone', () => {
  it('is offered on the first page and is both factors', async () => {
    const person = await aCardPerson(world, ['piv']);
    const browser = new Browser(world.worker);
    await browser.open('/');
    await browser.open(browser.link(/government ID card/));
    await presentCard(world, browser, person.card);
    expect(pathOf(browser)).toBe('/account');
    await browser.open('/manage/password');
    expect(pathOf(browser), 'RA-1: a second factor was used').toBe('/manage/password');
  });

  it('says that no account has the card, and asks whether to add it once its owner signed in', async () => {
    const person = await aCardPerson(world, ['totp']);
    const card = await world.authority.issue({ commonName: 'New Employee' });
    const browser = new Browser(world.worker);
    await browser.open('/login/piv_cac');
    await presentCard(world, browser, card);
    expect(pathOf(browser)).toBe('/login/piv_cac');
    expect(browser.view.text).toContain('No account has this card.');
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.submit({ 'one-time-code': person.code() });
    expect(pathOf(browser)).toBe('/login/add_piv_cac/prompt');
    await browser.submit({ choice: 'add' });
    expect(pathOf(browser)).toBe('/piv_cac');
    await browser.submit({ name: 'Badge' });
    await world.present(browser, card);
    expect(pathOf(browser)).toBe('/account');
  });

  it('does not open an account that is suspended or gone', async () => {
    const person = await aCardPerson(world, ['piv']);
    const gone = await world.worker.api('DELETE', `/api/sandbox/v1/accounts/${person.uuid}`);
    expect(gone.status).toBe(204);
    const browser = new Browser(world.worker);
    await browser.open('/login/piv_cac');
    await presentCard(world, browser, person.card);
    expect(browser.view.text).toContain('No account has this card.');
  });
});

describe('PV-4 a card that is not known at the second-factor step', () => {
  it('may take the place of the old one after another method was used', async () => {
    const person = await aCardPerson(world, ['totp', 'piv']);
    const card = await world.authority.issue({ commonName: `New card of ${person.uuid}` });
    const browser = await withPassword(world, person);
    await presentCard(world, browser, card);
    expect(pathOf(browser)).toBe('/login/two_factor/piv_cac_mismatch');
    await browser.submit({}, ({ action }) => action.endsWith('/piv_cac_mismatch'));
    await browser.submit({ selection: 'totp' });
    await browser.submit({ 'one-time-code': person.code() });
    expect(pathOf(browser)).toBe('/login/add_piv_cac/prompt');
    const old = browser.view.forms
      .flatMap(({ buttons }) => buttons)
      .find(({ text }) => text === 'Replace Test card');
    await browser.submit({}, ({ action }) => action.endsWith('/prompt'));
    await browser.open(`/piv_cac?replaces=${old?.value}`);
    expect(browser.view.text).toContain('It takes the place of Test card.');
    await browser.submit({ name: 'Test card' });
    await world.present(browser, card);
    expect(pathOf(browser)).toBe('/account');

    const again = await withPassword(world, person);
    await presentCard(world, again, person.card);
    expect(pathOf(again), 'the old card is gone').toBe('/login/two_factor/piv_cac_mismatch');
    await again.open(CHALLENGE);
    await presentCard(world, again, card);
    expect(pathOf(again)).toBe('/account');
  });

  it('opens nobody else’s account', async () => {
    const [one, other] = [await aCardPerson(world, ['piv']), await aCardPerson(world, ['piv'])];
    const browser = await withPassword(world, one);
    await presentCard(world, browser, other.card);
    expect(pathOf(browser)).toBe('/login/two_factor/piv_cac_mismatch');
    await browser.open('/account');
    expect(pathOf(browser)).toBe(CHALLENGE);
  });

  it('counts like a wrong code: after ten the account is locked for every method (FC-1, FC-2)', async () => {
    const person = await aCardPerson(world, ['piv']);
    const browser = await withPassword(world, person);
    for (let tries = 0; tries < 10; tries += 1) {
      await browser.open(CHALLENGE);
      await presentCard(world, browser, null);
    }
    expect(browser.view.status).toBe(429);
    const alone = new Browser(world.worker);
    await alone.open('/login/piv_cac');
    await presentCard(world, alone, person.card);
    expect(pathOf(alone)).toBe('/login/piv_cac');
    expect(alone.view.text).toContain('Your account is locked for a while.');
  });
});

describe('UR-7, MM-1 to MM-3 managing a card', () => {
  it('renames it, removes it, tells the owner, and keeps the last method', async () => {
    const person = await aCardPerson(world, ['totp', 'piv']);
    const browser = await withCode(world, person);
    await browser.open('/account/two_factor_authentication');
    const path = browser.link(/Manage Test card/);
    await browser.open(path);
    expect(browser.view.text).toContain(`OU=${person.uuid}`);
    await browser.submit({ name: 'Renamed' });
    expect(browser.view.text).toContain('Renamed');
    await browser.open(`${path}/confirm_delete`);
    await browser.submit({}, ({ action }) => action.endsWith('confirm_delete'));
    expect(browser.view.text).toContain('The card was removed.');
    await browser.open('/account/history');
    expect(browser.view.text, 'event 11').toContain('Government ID card removed');
    expect((await browser.open(path)).status).toBe(404);

    const only = await aCardPerson(world, ['piv']);
    const second = await withPassword(world, only);
    await presentCard(world, second, only.card);
    await second.open('/account/two_factor_authentication');
    const kept = `${second.link(/Manage Test card/)}/confirm_delete`;
    expect((await second.open(kept)).status).toBe(409);
  });

  it('shows nobody the card of somebody else', async () => {
    const [one, other] = [await aCardPerson(world, ['piv']), await aCardPerson(world, ['piv'])];
    const browser = await withPassword(world, one);
    await presentCard(world, browser, one.card);
    await browser.open('/account/two_factor_authentication');
    const path = browser.link(/Manage Test card/);
    const foreign = await withPassword(world, other);
    await presentCard(world, foreign, other.card);
    expect((await foreign.open(path)).status).toBe(404);
  });
});

describe('MC-1 people of the government', () => {
  it('are shown their card once after signing in', async () => {
    const person = await aCardPerson(world, ['totp'], 'clerk@agency.gov');
    const browser = await withCode(world, person);
    expect(pathOf(browser)).toBe('/login/piv_cac_recommended');
    await browser.submit({ choice: 'skip' });
    await browser.open('/continue');
    expect(pathOf(browser)).toBe('/account');
    await browser.open('/authentication_methods_setup');
    expect(browser.view.html).toMatch(/value="piv"/);
    expect(browser.view.text).toContain('Government employee ID (PIV or CAC) (recommended)');
  });

  it('are not shown it again, on any browser, once they declined (DM-1)', async () => {
    const person = await aCardPerson(world, ['totp'], 'typist@agency.gov');
    const first = await withCode(world, person);
    await first.submit({ choice: 'skip' });
    const second = await withPassword(world, person);
    await second.open('/login/two_factor/authenticator');
    await second.submit({ 'one-time-code': person.code(1) });
    expect(pathOf(second)).toBe('/account');
  });

  it('come to their card before the menu when they have no method yet', async () => {
    const person = await aCardPerson(world, [], 'private@unit.mil');
    const card = await world.authority.issue({ commonName: 'Private Ryan' });
    const browser = await withPassword(world, person);
    expect(pathOf(browser)).toBe('/login/piv_cac_recommended');
    await browser.submit({ choice: 'add' });
    await browser.submit({ name: 'CAC' });
    await world.present(browser, card);
    expect(pathOf(browser), 'MC-4: a second method is suggested').toBe('/auth_method_confirmation');
  });
});

describe('O23 cards and the log', () => {
  it('keeps names, certificates and answers of cards out of it', async () => {
    const person = await aCardPerson(world, ['piv', 'totp']);
    const browser = await withPassword(world, person);
    await presentCard(world, browser, person.card);
    expect(pathOf(browser)).toBe('/account');
    const stranger = await world.authority.issue({ commonName: 'Wilhelmina Canarybird' });
    const other = new Browser(world.worker);
    await other.open('/login/piv_cac');
    await presentCard(world, other, stranger);
    const broken = await world.visit(new URL('https://a.card.idp.test/check?ticket=Canarybird'), stranger);
    expect(broken.status).toBe(303);
    const log = world.worker.logs().join('\n').toLowerCase();
    expect(log, 'the log is there to be read').toContain('"event":');
    const [, pem = ''] = person.card.certificatePem.split('\n');
    for (const secret of [person.email, person.uuid, 'canarybird', pem])
      for (const form of encodingsOf(secret)) expect(log).not.toContain(form);
  });
});
