import { describe, expect } from 'vitest';
import { asObject, textOf } from '../../support/json.ts';
import { press } from '../support/inspect.ts';
import { aPerson, enterPassword, signIn } from '../support/people.ts';
import { api, originOf, type Place } from '../support/world.ts';
import { type NewProfile, pages } from './stage.ts';

/** The code of the newest text or call to a number. */
async function newestCode(place: Place, number: string): Promise<string> {
  const sent = await api(place, 'GET', `/api/sandbox/v1/messages?to=${encodeURIComponent(number)}`);
  const newest: unknown = Array.isArray(sent) ? sent.at(-1) : null;
  return textOf(asObject(newest), 'code');
}

/** Pages about phones: adding, signing in, managing, and what can go wrong. */
export function phonePages(newProfile: NewProfile, place: Place): void {
  const origin = originOf(place);

  describe('pages of phones', () => {
    pages(newProfile, place, 'adding, managing, a call at sign-in', async ({ look, send, tab }) => {
      const page = tab();
      const person = await aPerson(place);
      await signIn(place, page, person);
      await look('/phone_setup', { name: 'phone-set-up' });
      await send('/phone_setup', { name: 'phone-set-up-empty' });
      await send('/phone_setup', { name: 'phone-set-up-landline' }, async (one) => {
        await one.selectOption('#country', 'US');
        await one.fill('#number', '225 555 3000');
      });
      await page.goto(`${origin}/phone_setup`);
      await page.selectOption('#country', 'US');
      await page.fill('#number', '907 555 0150');
      await press(page);
      expect(new URL(page.url()).pathname).toBe('/phone_setup/code');
      await look('/phone_setup/code', { name: 'phone-confirm' });
      await send('/phone_setup/code', { name: 'phone-confirm-wrong' }, async (one) => {
        await one.fill('#code', '000000');
      });
      await page.goto(`${origin}/phone_setup/code`);
      await page.fill('#code', await newestCode(place, '+19075550150'));
      await press(page);
      await page.goto(`${origin}/account/two_factor_authentication`);
      const path = (await page.locator('a[href^="/manage/phone/"]').first().getAttribute('href')) ?? '';
      await look(path, { name: 'phone-manage' });
      await look(`${path}/confirm_delete`, { name: 'phone-remove' });
      await page.goto(origin + path);
      await page.check('[name=channel][value=voice]');
      await press(page);

      await page.context().clearCookies({ name: /gh_session/ });
      await page.goto(`${origin}/`);
      await enterPassword(page, person);
      await look('/login/two_factor/options', { name: 'methods-with-phone' });
      await page.goto(`${origin}/login/two_factor/voice`);
      await look('/login/two_factor/voice', { name: 'phone-call' });
    });

    pages(newProfile, place, 'texts, failures, opting back in', async ({ look, send, tab }) => {
      const page = tab();
      const number = '+19075550151';
      const person = await aPerson(place, { factors: [], phones: [number] });
      await page.goto(`${origin}/`);
      await enterPassword(page, person);
      expect(new URL(page.url()).pathname).toBe('/login/two_factor/sms');
      await look('/login/two_factor/sms', { name: 'phone-text' });
      await page.clock.install();
      await page.goto(`${origin}/en/login/two_factor/sms`);
      const notice = page.locator('[data-code-seconds]');
      expect(await notice.innerText()).toBe('');
      await page.clock.fastForward(8 * 60_000);
      expect(await notice.innerText(), 'otp.expiry_warning_s').toContain('only a little longer');
      await page.clock.fastForward(3 * 60_000);
      expect(await notice.innerText()).toContain('This code is over');
      await send('/login/two_factor/sms', { name: 'phone-text-wrong' }, async (one) => {
        await one.fill('#code', '000000');
      });
      // A device that unlocks by face or finger, as far as its browser tells.
      await page.context().addInitScript({
        content:
          'if (window.PublicKeyCredential) PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = async () => true;',
      });
      await page.goto(`${origin}/login/two_factor/sms`);
      await page.waitForFunction('document.cookie.includes("gh_platform=1")');
      await page.fill('#code', await newestCode(place, number));
      await press(page);
      expect(new URL(page.url()).pathname, 'MC-6').toBe('/webauthn_platform_recommended');
      await look('/webauthn_platform_recommended', { name: 'platform-recommended' });

      for (const [failing, name] of [
        ['+12255551000', 'phone-text-failed'],
        ['+12255559999', 'phone-opt-in'],
      ] as const) {
        await page.context().clearCookies({ name: /gh_session/ });
        const other = await aPerson(place, { factors: [], phones: [failing] });
        await page.goto(`${origin}/`);
        await enterPassword(page, other);
        await look(new URL(page.url()).pathname, { name });
      }
    });
  });
}
