import { deflateRawSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { LOCALES } from '../../../src/kernel/locale.ts';
import { yearInSeason } from '../../../src/platform/keys/saml-calendar.ts';
import { asObject, textOf } from '../../support/json.ts';
import { press } from '../support/inspect.ts';
import { aPerson, enterBackupCode, enterPassword, signIn } from '../support/people.ts';
import { resetPassword, signInWithSoftware } from '../support/unlock.ts';
import { api, mailedLink, originOf, type Place } from '../support/world.ts';
import { anApp, CALLBACK, type NewProfile, pages } from './stage.ts';

/** In January the endpoints of the year before are the open ones. */
const YEAR = yearInSeason(Date.now());

/** A SAML request without a signature, for an app that allows that. */
function samlRequest(issuer: string, destination: string): string {
  const xml = `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${Date.now()}"
    Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${destination}">
    <saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</saml:Issuer></samlp:AuthnRequest>`;
  return encodeURIComponent(deflateRawSync(xml).toString('base64'));
}

/** Pages of somebody who is signed in. */
export function accountPages(newProfile: NewProfile, place: Place): void {
  const origin = originOf(place);

  describe('pages of the account', () => {
    pages(newProfile, place, 'addresses, password, methods, data', async ({ look, send, tab }) => {
      const page = tab();
      const person = await aPerson(place, {
        factors: ['totp', 'backup_codes', 'security_key', 'platform_passkey'],
      });
      await signIn(place, page, person);
      await page.goto(`${origin}/add/email`);
      await page.fill('#email', `second-${person.email}`);
      await press(page);
      const unconfirmed = new URL(page.url());
      await look('/account', { name: 'account' });
      await look(unconfirmed.pathname + unconfirmed.search, { name: 'add-email-sent' });
      await look('/add/email', { name: 'add-email' });
      await send('/add/email', { name: 'add-email-empty' });
      const confirm = new URL(await mailedLink(place, `second-${person.email}`, '/add/email/confirm'));
      await look(`/add/email/confirm${confirm.search}`, { name: 'confirm-email' });
      for (const link of ['/manage/email/confirm_delete/', '/manage/auth_app/', '/manage/webauthn/']) {
        await page.goto(`${origin}/account`);
        const path = await page.locator(`a[href^="${link}"]`).first().getAttribute('href');
        await look(path ?? '', { name: `${link.replace(/\W+/g, '-').slice(1)}page` });
        if (link.endsWith('email/confirm_delete/')) continue;
        await send(path ?? '', { name: `${link.replace(/\W+/g, '-').slice(1)}error` }, async (one) => {
          await one.fill('#name', '');
        });
        await look(`${path}/confirm_delete`, { name: `${link.replace(/\W+/g, '-').slice(1)}remove` });
      }
      await look('/account/two_factor_authentication', { name: 'methods' });
      await look('/authentication_methods_setup?choose=1', { name: 'methods-menu-more' });
      await look('/account/email_language', { name: 'email-language' });
      await look('/manage/password', { name: 'change-password' });
      await send('/manage/password', { name: 'change-password-empty' });
      await look('/account/history', { name: 'history' });
      await page.goto(`${origin}/account/history`);
      const device = await page.locator('a[href^="/account/devices/"]').first().getAttribute('href');
      await look(device ?? '', { name: 'device-events' });
      await look('/account/forget_all_browsers', { name: 'forget-browsers' });
      await look('/account/download', { name: 'download' });
      await look('/account/delete', { name: 'delete-account' });
      await send('/account/delete', { name: 'delete-account-wrong' }, async (one) => {
        await one.fill('#password', 'not the password');
      });
      await look('/backup_code_regenerate', { name: 'backup-codes-regenerate' });
      await look('/backup_code_delete', { name: 'backup-codes-delete' });
      await look('/sign_out', { name: 'sign-out' });
      await look('/logout', { name: 'logout' });
    });

    pages(newProfile, place, 'verified data and the personal key', async ({ look, send, tab }) => {
      const page = tab();
      const person = await aPerson(place, {
        factors: ['totp', 'backup_codes', 'platform_passkey', 'personal_key'],
        profile: { first_name: 'Robin', last_name: 'Ferrymaster' },
      });
      await page.goto(origin);
      await enterPassword(page, person);
      await look('/login/two_factor/personal_key', { name: 'personal-key-challenge' });
      await send(
        '/login/two_factor/personal_key',
        { name: 'personal-key-challenge-malformed' },
        async (one) => {
          await one.fill('#personal_key', 'not a key');
        },
      );
      await enterBackupCode(place, page, person);
      await look('/account', { name: 'account-verified' });
      await page.goto(`${origin}/account`);
      const removal = await page.locator('a[href^="/manage/personal_key/"]').getAttribute('href');
      await look(removal ?? '', { name: 'personal-key-remove' });
      await look('/account/personal_key', { name: 'personal-key-new' });
      await page.goto(`${origin}/account/personal_key`);
      await press(page);
      await look('/manage/personal_key', { name: 'personal-key' });
      await send('/manage/personal_key', { name: 'personal-key-unread' });
      const key = (await page.locator('.gh-codes code').textContent()) ?? '';
      await page.check('#acknowledged');
      await press(page);

      const passkey = asObject(asObject(person.made).credential);
      await page.context().clearCookies({ name: /gh_session/ });
      await signInWithSoftware(place, page, passkey);
      await look('/account', { name: 'account-closed' });
      await look('/login/password?return=/account', { name: 'open-identity' });
      await send('/login/password?return=/account', { name: 'open-identity-wrong' }, async (one) => {
        await one.fill('#password', 'not the password');
      });

      const password = await resetPassword(place, page, person.email);
      await signIn(place, page, { ...person, password });
      await look('/account', { name: 'account-locked' });
      await look('/account/reactivate/start', { name: 'reactivate' });
      await look('/account/reactivate/verify_personal_key', { name: 'reactivate-key' });
      await send(
        '/account/reactivate/verify_personal_key',
        { name: 'reactivate-key-malformed' },
        async (one) => {
          await one.fill('#personal_key', 'not a key');
        },
      );
      await page.goto(`${origin}/account/reactivate/verify_personal_key`);
      await page.fill('#personal_key', key);
      await press(page);
      await look('/account/reactivate/verify_password', { name: 'reactivate-password' });
      await send(
        '/account/reactivate/verify_password',
        { name: 'reactivate-password-wrong' },
        async (one) => {
          await one.fill('#password', 'not the password');
        },
      );
    });

    pages(newProfile, place, 'apps and sessions', async ({ look, tab, lookHere }) => {
      const page = tab();
      const person = await aPerson(place);
      const [app, second] = await Promise.all([
        anApp(place),
        anApp(place, { friendly_name: 'Harbor Pilots' }),
      ]);
      const forced = await aPerson(place);
      const reason = 'ticket 4711';
      await api(place, 'POST', `/api/admin/v1/users/${forced.uuid}/require-password-change`, { reason });
      await signIn(place, page, forced);
      await look('/manage/password', { name: 'change-password-forced' });
      await page.context().clearCookies({ name: /gh_session/ });
      await signIn(place, page, person);
      await page.context().clearCookies({ name: /gh_session/ });
      await signIn(place, page, person);
      await page.goto(`${origin}/add/email`);
      await page.fill('#email', `other-${person.email}`);
      await press(page);
      await page.goto(await mailedLink(place, `other-${person.email}`, '/add/email/confirm'));
      await press(page);
      await page.goto(origin + app.ask());
      await look('/sign_up/completed', { name: 'consent-two-addresses' });
      await look('/sign_up/select_email', { name: 'select-email' });
      await page.goto(`${origin}/sign_up/completed`);
      await Promise.all([page.waitForURL('**/callback?*'), page.click('main form button')]);
      await page.goto(origin + second.ask());
      await look('/account', { name: 'account-for-app' });
      await look('/account/connected_services', { name: 'apps' });
      for (const end of ['/selected_email', '/revoke']) {
        await page.goto(`${origin}/account/connected_services`);
        const path = await page.locator(`a[href$="${end}"]`).first().getAttribute('href');
        await look(path ?? '', { name: `app-${end.slice(1)}` });
      }
      await look('/account/sessions', { name: 'sessions' });
      await look('/account/sessions/end_others', { name: 'sessions-end-others' });
      await page.goto(`${origin}/account/sessions`);
      const end = await page
        .locator('a[href^="/account/sessions/"][href$="/end"]')
        .first()
        .getAttribute('href');
      await look(end ?? '', { name: 'session-end' });
      const logout = new URLSearchParams({
        client_id: app.issuer,
        post_logout_redirect_uri: CALLBACK,
        state: 'a-state-that-is-long-enough',
      });
      await look(`/openid_connect/logout?${logout}`, { name: 'logout-confirmation' });
      await page.context().route('http://elsewhere.test/**', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<a href="${origin}/${new URL(route.request().url()).searchParams.get('locale')}/api/saml/logout${YEAR}">prank</a>`,
        }),
      );
      for (const locale of LOCALES) {
        await tab(locale).goto(`http://elsewhere.test/?locale=${locale}`);
        await tab(locale).click('a');
        await tab(locale).waitForURL('**/api/saml/**');
        await lookHere(locale, 'saml-logout-confirmation');
      }
    });

    pages(newProfile, place, 'the page that carries a SAML answer', async ({ look, tab }) => {
      const issuer = `urn:test:saml:${Date.now()}`;
      const made = asObject(
        await api(place, 'POST', '/api/admin/v1/apps', {
          issuer,
          friendly_name: 'Harbor Lights',
          identity_protocol: 'saml',
          acs_url: 'https://sp.test/acs',
          block_encryption: 'none',
          signed_request_required: false,
        }),
      );
      expect(textOf(made, 'uuid')).not.toBe('');
      const page = tab();
      await signIn(place, page, await aPerson(place));
      const path = `/api/saml/auth${YEAR}`;
      await page.goto(`${origin}${path}?SAMLRequest=${samlRequest(issuer, origin + path)}`);
      expect(new URL(page.url()).pathname).toBe('/sign_up/completed');
      // Whoever agrees goes on at once; here the page is to stay.
      await page
        .context()
        .route('**/auto-post*', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      await press(page);
      for (const locale of LOCALES) {
        const query = `SAMLRequest=${samlRequest(issuer, origin + path)}`;
        await tab(locale).goto(`${origin}/${locale}${path}?${query}`);
      }
      await look(`${path}?SAMLRequest=${samlRequest(issuer, origin + path)}`, { name: 'saml-answer' });
    });
  });
}
