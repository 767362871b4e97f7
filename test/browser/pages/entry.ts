import { describe } from 'vitest';
import { yearInSeason } from '../../../src/platform/keys/saml-calendar.ts';
import { press } from '../support/inspect.ts';
import { aPerson, enterBackupCode, enterPassword, signIn } from '../support/people.ts';
import { api, mailedLink, newestMail, originOf, type Place } from '../support/world.ts';
import { anApp, type NewProfile, pages } from './stage.ts';

/** In January the endpoints of the year before are the open ones. */
const YEAR = yearInSeason(Date.now());

/** Pages for people who are not signed in, and for developers. */
export function entryPages(newProfile: NewProfile, place: Place): void {
  describe('pages before signing in', () => {
    pages(newProfile, place, 'sign-in, its errors, sign-up and reset forms', async ({ look, send }) => {
      await look('/', { name: 'sign-in' });
      await look('/?timeout=session', { name: 'sign-in-timed-out' });
      await send('/', { name: 'sign-in-empty' });
      await send('/', { name: 'sign-in-refused' }, async (page, locale) => {
        await page.fill('#email', `nobody-${locale}@agency.example`);
        await page.fill('#password', 'not the password');
      });
      await look('/rules_of_use', { name: 'rules-of-use' });
      await look('/sign_up/enter_email', { name: 'sign-up' });
      await send('/sign_up/enter_email', { name: 'sign-up-empty' });
      await look('/users/password/new', { name: 'reset' });
      await send('/users/password/new', { name: 'reset-empty' });
    });

    pages(newProfile, place, 'pages that say what went wrong', async ({ look, send }) => {
      await look('/nothing/here', { name: 'not-found', status: 404 });
      await look('/bounced', { name: 'bounced', status: 400 });
      await look('/app_inactive', { name: 'app-inactive', status: 403 });
      await look('/errors/service_provider_inactive', { name: 'app-inactive-saml' });
      await look('/openid_connect/authorize', { name: 'authorize-refused', status: 400 });
      await look('/openid_connect/logout', { name: 'logout-refused', status: 400 });
      await look(`/api/saml/auth${YEAR}?SAMLRequest=nonsense`, { name: 'saml-refused', status: 400 });
      await look('/api/saml/complete', { name: 'saml-nothing', status: 404 });
      await send('/', { name: 'form-too-large', status: 413 }, async (page) => {
        await page.evaluate("document.querySelector('main form [name=csrf]').value += ' '.repeat(70000)");
      });
      await send('/', { name: 'form-expired', status: 403 }, async (page) => {
        await page.evaluate("document.querySelector('main form [name=csrf]').value = 'of another browser'");
      });
    });

    pages(newProfile, place, 'a suspended account', async ({ look, tab }) => {
      const person = await aPerson(place);
      await api(place, 'POST', `/api/admin/v1/users/${person.uuid}/suspend`, {
        reason: 'a look at the page',
      });
      const page = tab();
      await signIn(place, page, person);
      await look('/user_please_call', { name: 'suspended', status: 403 });
    });

    pages(newProfile, place, 'an account that is banned from an app, or from all', async ({ look, tab }) => {
      const person = await aPerson(place);
      const app = await anApp(place);
      const ban = (which: string) =>
        api(place, 'POST', `/api/admin/v1/users/${person.uuid}/ban`, {
          app: which,
          reason: 'a look at the page',
        });
      await ban(app.issuer);
      const page = tab();
      await page.goto(originOf(place) + app.ask());
      await enterPassword(page, person);
      await look('/restricted', { name: 'restricted', status: 403 });
      await ban('*');
      await look('/restricted', { name: 'restricted-everywhere', status: 403 });
    });

    pages(newProfile, place, 'test site and developers', async ({ look, send, tab }) => {
      await look('/developers', { name: 'developers' });
      await look('/developers/support', { name: 'developers-support' });
      await look('/sandbox', { name: 'sandbox' });
      await look('/sandbox/saml', { name: 'saml-decoder' });
      await look('/sandbox/accounts', { name: 'sandbox-accounts' });
      await send('/sandbox/accounts', { name: 'sandbox-accounts-error' }, async (page) => {
        await page.fill('#email', 'no address');
      });
      await send('/sandbox/accounts', { name: 'sandbox-account-made', status: 200 }, async (page) => {
        for (const box of await page.locator('[name=factors], [name=profile]').all()) await box.check();
      });
      await look('/sandbox/inbox?to=nobody@agency.example', { name: 'inbox-empty' });
      const page = tab();
      await page.goto(`${place.issuer}sign_up/enter_email`);
      await page.fill('#email', 'reader@agency.gov');
      await page.check('[name=terms_accepted]');
      await press(page);
      const { id } = await newestMail(place, 'reader@agency.gov');
      await look('/sandbox/inbox', { name: 'inbox' });
      await look(`/sandbox/inbox/${id}`, { name: 'message' });
    });

    pages(
      newProfile,
      place,
      'a forgotten password, and a sign-in that was somebody else',
      async ({ look, send, tab }) => {
        const app = await anApp(place);
        const person = await aPerson(place);
        const page = tab();
        await page.goto(originOf(place) + app.ask());
        await look('/users/password/new', { name: 'reset-for-app' });
        await page.goto(`${place.issuer}users/password/new`);
        await page.fill('#email', person.email);
        await press(page);
        await look('/forgot_password', { name: 'reset-mailed' });
        const reset = new URL(await mailedLink(place, person.email, '/users/password/edit'));
        const path = `/users/password/edit${reset.search}`;
        await look(path, { name: 'reset-password' });
        await send(path, { name: 'reset-password-weak' }, async (one) => {
          await one.fill('#password', 'password1234');
          await one.fill('#password_confirmation', 'other');
        });
        await page.goto(place.issuer);
        await enterPassword(page, person);
        await enterBackupCode(place, page, person);
        const told = new URL(await mailedLink(place, person.email, '/events/disavow'));
        await look(`/events/disavow${told.search}`, { name: 'disavow' });
      },
    );
  });
}
