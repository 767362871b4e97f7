import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { newestText, sentTo } from '../support/texts.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const TEXT_PAGE = '/login/two_factor/sms';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

async function passwordOf(person: Person): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  return browser;
}

/** The numbers of a test account, in the order they were added. */
function phonesOf({ made }: Person): readonly string[] {
  const phones: unknown = made?.phones;
  return Array.isArray(phones) ? phones.filter((phone) => typeof phone === 'string') : [];
}

/** The owner, signed in with another method, removes the phone they added last. */
async function removeNewest(person: Person): Promise<void> {
  const owner = new Browser(worker);
  await owner.open('/');
  await walk(owner, person);
  await owner.open('/account/two_factor_authentication');
  const pages = [...owner.view.html.matchAll(/href="(\/manage\/phone\/[^"/]+)"/g)];
  await owner.open(`${pages.at(-1)?.[1]}/confirm_delete`);
  await owner.submit({}, ({ action }) => action.endsWith('/confirm_delete'));
  expect(owner.view.text).toContain('The phone was removed.');
}

describe('PH-7, MM-3 a phone that was lost and removed', () => {
  it('opens nothing with the code it got before, though another phone is left', async () => {
    const person = await aPerson(worker, { factors: ['phone', 'phone', 'totp'] });
    const [, lost = ''] = phonesOf(person);
    const thief = await passwordOf(person);
    await thief.open(TEXT_PAGE);
    const { code } = await newestText(worker, lost);
    await removeNewest(person);
    await thief.open(TEXT_PAGE);
    await thief.submit({ 'one-time-code': code });
    await thief.open('/account');
    expect(placeOf(thief)).not.toBe('/account');
  });

  it('gets no more codes either', async () => {
    const person = await aPerson(worker, { factors: ['phone', 'phone', 'totp'] });
    const [, lost = ''] = phonesOf(person);
    const thief = await passwordOf(person);
    await thief.open(TEXT_PAGE);
    await removeNewest(person);
    await worker.advance(11);
    await thief.open(TEXT_PAGE);
    await thief.submit({ channel: 'sms' }, ({ action }) => action.endsWith('/otp/send'));
    expect(await sentTo(worker, lost)).toHaveLength(1);
  });
});
