import { describe, expect } from 'vitest';
import { LOCALES } from '../../../src/kernel/locale.ts';
import { press } from '../support/inspect.ts';
import { aPerson, authenticationApp, enterBackupCode, enterPassword, signIn } from '../support/people.ts';
import { mailedLink, originOf, type Place } from '../support/world.ts';
import { anApp, type NewProfile, pages } from './stage.ts';

/** Creating an account on the way to an app, and using second factors. */
export function joiningPages(newProfile: NewProfile, place: Place): void {
  const origin = originOf(place);

  describe('pages of creating an account', () => {
    pages(newProfile, place, 'from the app to consent', async ({ look, send, tab }) => {
      const app = await anApp(place);
      const page = tab();
      await page.goto(origin + app.ask());
      await look('/', { name: 'sign-in-for-app' });
      await look('/sign_up/enter_email', { name: 'sign-up-for-app' });
      await page.goto(`${origin}/sign_up/enter_email`);
      await page.fill('#email', 'newcomer@agency.gov');
      await page.check('[name=terms_accepted]');
      await press(page);
      await look('/sign_up/verify_email', { name: 'sign-up-mailed' });
      const { search } = new URL(await mailedLink(place, 'newcomer@agency.gov', '/sign_up/email/confirm'));
      await look(`/sign_up/enter_password${search}`, { name: 'create-password' });
      await send(`/sign_up/enter_password${search}`, { name: 'create-password-weak' }, async (one) => {
        await one.fill('#password', 'password1234');
        await one.fill('#password_confirmation', 'other');
      });
      await look(`/sign_up/cancel${search}`, { name: 'sign-up-cancel' });
      await page.goto(`${origin}/sign_up/enter_password${search}`);
      for (const id of ['#password', '#password_confirmation'])
        await page.fill(id, 'correct-violet-giraffe-lamp');
      await press(page);
      await look('/login/piv_cac_recommended', { name: 'piv-recommended' });
      await page.goto(`${origin}/login/piv_cac_recommended`);
      await Promise.all([
        page.waitForURL('**/authentication_methods_setup'),
        page.click('main form button[value=skip]'),
      ]);
      await look('/authentication_methods_setup', { name: 'methods-menu' });
      await send('/authentication_methods_setup', { name: 'methods-menu-empty' });
      await look('/authenticator_setup', { name: 'authenticator-set-up' });
      await send('/authenticator_setup', { name: 'authenticator-set-up-wrong' }, async (one) => {
        await one.fill('#code', '000000');
      });
      await look('/webauthn_setup', { name: 'security-key-set-up' });
      await look('/webauthn_setup?platform=true', { name: 'platform-set-up' });
      await page.goto(`${origin}/authentication_methods_setup`);
      await page.check('[value=totp]');
      await page.check('[value=backup_codes]');
      await press(page);
      expect(new URL(page.url()).pathname).toBe('/authenticator_setup');
      const code = authenticationApp(await page.locator('.gh-secret').innerText());
      await page.fill('#name', 'My phone');
      await page.fill('#code', await code());
      await press(page);
      await look('/backup_code_setup', { name: 'backup-codes-intro' });
      await page.goto(`${origin}/backup_code_setup`);
      await press(page);
      await look('/backup_code_setup', { name: 'backup-codes' });
      await page.goto(`${origin}/backup_code_setup`);
      await press(page);
      await look('/sign_up/completed', { name: 'consent' });
    });

    pages(newProfile, place, 'what is said to people with a single method', async ({ look, tab }) => {
      const app = await anApp(place);
      const page = tab();
      const person = await aPerson(place, { factors: ['backup_codes'] });
      await page.goto(origin + app.ask());
      await enterPassword(page, person);
      await enterBackupCode(place, page, person);
      await look('/sign_up/completed', { name: 'consent-one-method' });
      await look('/confirm_backup_codes', { name: 'only-backup-codes' });
      await look('/auth_method_confirmation', { name: 'second-method' });
      await look('/second_mfa_reminder', { name: 'second-method-reminder' });
      await look('/backup_code_reminder', { name: 'backup-codes-reminder' });
    });
  });

  describe('pages of the second factor', () => {
    pages(
      newProfile,
      place,
      'every method, their errors and the lock',
      async ({ look, send, tab, lookHere }) => {
        const person = await aPerson(place, {
          factors: ['totp', 'backup_codes', 'security_key', 'platform_passkey'],
        });
        const page = tab();
        await page.goto(place.issuer);
        await enterPassword(page, person);
        for (const kind of ['options', 'authenticator', 'backup_code', 'webauthn', 'webauthn?platform=true'])
          await look(`/login/two_factor/${kind}`, { name: `challenge-${kind.replace(/\W/g, '-')}` });
        await send(
          '/login/two_factor/authenticator',
          { name: 'challenge-authenticator-wrong' },
          async (one) => {
            await one.fill('#code', '000000');
          },
        );
        await send('/login/two_factor/backup_code', { name: 'challenge-backup-code-empty' });
        await page.goto(`${origin}/en/login/two_factor/authenticator`);
        for (let tries = 0; tries < 12 && (await page.locator('#code').count()) > 0; tries += 1) {
          await page.fill('#code', '000000');
          await press(page);
        }
        await lookHere('en', 'locked');
        for (const locale of LOCALES.slice(1)) {
          const other = tab(locale);
          await other.goto(`${origin}/${locale}`);
          await other.fill('#email', person.email);
          await other.fill('#password', person.password);
          await press(other);
          await other.waitForLoadState();
          if ((await other.locator('#code').count()) > 0) {
            await other.fill('#code', '000000');
            await press(other);
          }
          await lookHere(locale, 'locked');
        }
      },
    );
  });

  describe('pages for people who lost every second factor', () => {
    pages(newProfile, place, 'asking for deletion, and objecting to it', async ({ look, tab }) => {
      const person = await aPerson(place);
      const page = tab();
      await page.goto(place.issuer);
      await enterPassword(page, person);
      await look('/account_reset/recovery_options', { name: 'recovery-options' });
      await look('/account_reset/request', { name: 'account-reset' });
      await page.goto(`${origin}/account_reset/request`);
      await press(page);
      await look('/account_reset/confirm_request', { name: 'account-reset-requested' });
      await look('/account_reset/pending', { name: 'account-reset-pending' });
      const cancel = new URL(await mailedLink(place, person.email, '/account_reset/cancel'));
      await look(`/account_reset/cancel${cancel.search}`, { name: 'account-reset-cancel' });
      await look('/account_reset/confirm_delete_account', { name: 'account-deleted' });
    });
  });

  describe('pages on the way back to an app', () => {
    pages(
      newProfile,
      place,
      'continue as, an app on a phone, an app that wants proof',
      async ({ look, tab, lookHere }) => {
        const [app, verified, phone] = await Promise.all([
          anApp(place),
          anApp(place, { ial: 2, friendly_name: 'Harbor Pilots' }),
          anApp(place, {
            native: true,
            friendly_name: 'Harbor Pocket',
            redirect_uris: ['org.example.harbor:/callback'],
          }),
        ]);
        const person = await aPerson(place);
        const page = tab();
        await page.goto(origin + app.ask());
        await signIn(place, page, person);
        await Promise.all([page.waitForURL('**/callback?*'), page.click('main form button')]);
        await page.context().clearCookies({ name: /gh_session/ });
        await signIn(place, page, person);
        await page.goto(origin + app.ask());
        await look('/user_authorization_confirmation', { name: 'continue-as' });

        await page.goto(origin + verified.ask({ acr_values: 'urn:acr.login.gov:verified' }));
        await look('/verify', { name: 'proofing-unavailable' });
        await look('/bounced', { name: 'bounced-for-app', status: 400 });

        await page.goto(`${origin}/en${phone.ask()}`);
        await page.waitForURL('**/sign_up/completed');
        await press(page);
        await lookHere('en', 'back-to-phone');
      },
    );
  });
}
