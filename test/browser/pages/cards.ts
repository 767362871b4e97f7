import { describe } from 'vitest';
import { aPerson, enterBackupCode, enterPassword } from '../support/people.ts';
import { originOf, type Place } from '../support/world.ts';
import { type NewProfile, pages } from './stage.ts';

/** Government ID cards: at sign-in, set-up and among the methods. */
export function cardPages(newProfile: NewProfile, place: Place): void {
  const origin = originOf(place);

  describe('pages of government ID cards', () => {
    pages(newProfile, place, 'signing in with one, and one that is not known', async ({ look, tab }) => {
      const page = tab();
      await look('/login/piv_cac', { name: 'piv-sign-in' });
      const person = await aPerson(place, { factors: ['piv', 'backup_codes'] });
      await page.goto(place.issuer);
      await enterPassword(page, person);
      await look('/login/two_factor/piv_cac', { name: 'challenge-piv' });
      await look('/login/two_factor/piv_cac_mismatch', { name: 'challenge-piv-mismatch' });
    });

    pages(newProfile, place, 'adding, naming and removing one', async ({ look, send, tab }) => {
      const page = tab();
      const person = await aPerson(place, { factors: ['piv', 'backup_codes'] });
      await page.goto(place.issuer);
      await enterPassword(page, person);
      await enterBackupCode(place, page, person);
      await look('/login/add_piv_cac/prompt', { name: 'piv-prompt' });
      await look('/piv_cac', { name: 'piv-set-up' });
      await look('/present_piv_cac', { name: 'piv-present' });
      await send('/piv_cac', { name: 'piv-set-up-empty' });
      await page.goto(`${origin}/account/two_factor_authentication`);
      const link = await page.locator('main a[href*="/manage/piv_cac/"]').getAttribute('href');
      const path = new URL(link ?? '', origin).pathname;
      await look(path, { name: 'piv-manage' });
      await send(path, { name: 'piv-manage-empty' }, (one) => one.fill('#name', ' '));
      await look(`${path}/confirm_delete`, { name: 'piv-remove' });
    });
  });
}
