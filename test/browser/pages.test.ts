import { describe, expect, it } from 'vitest';
import { accountPages } from './pages/account.ts';
import { cardPages } from './pages/cards.ts';
import { entryPages } from './pages/entry.ts';
import { joiningPages } from './pages/joining.ts';
import { phonePages } from './pages/phone.ts';
import { visited } from './support/inspect.ts';
import { answers, getRoutes } from './support/routes.ts';
import { profiles, world } from './support/world.ts';

/** Addresses without a page of their own, and why. */
const NO_PAGE: Readonly<Record<string, string>> = {
  '/.well-known/oauth-authorization-server': 'for machines',
  '/.well-known/openid-configuration': 'for machines',
  '/account/reauthentication': 'leads to the second factor',
  '/account_reset/delete_account': 'a day after asking; see timeout.test.ts',
  '/api/country-support': 'for machines',
  '/api/health': 'for machines',
  '/api/internal/sessions': 'for the timeout dialog',
  '/api/openid_connect/certs': 'for machines',
  '/api/openid_connect/userinfo': 'for machines',
  '/backup_code_continue': 'leads to the codes',
  '/continue': 'leads to the step that is due',
  '/developers/': 'the same as without the slash',
  '/developers/support/': 'the same as without the slash',
  '/login/passkey': 'leads to sign-in',
  '/logos/:file': 'a picture',
  '/otp/send': 'leads to the second factor',
  '/redirect/contact': 'leads to the operator',
  '/redirect/help_center': 'leads to the operator',
  '/redirect/marketing': 'leads to the operator',
  '/redirect/policy': 'leads to the operator',
  '/redirect/return_to_sp/account_verified_cta': 'leads to the app',
  '/redirect/return_to_sp/cancel': 'leads to the app',
  '/redirect/return_to_sp/failure_to_proof': 'leads to the app',
  '/restricted/account': 'leads to the account, without the app',
  '/robots.txt': 'for machines',
  '/sign_up/completed/cancel': 'leads to the app',
  '/sign_up/email/confirm': 'leads to the password',
  '/webauthn_setup_mismatch': 'needs a security key that is not what was asked for; see the passkey journeys',
};

const newProfile = profiles();
entryPages(newProfile, world);
joiningPages(newProfile, world);
accountPages(newProfile, world);
phonePages(newProfile, world);
cardPages(newProfile, world);

describe('UX-1 every page', () => {
  it('was looked at: a new address needs a visit above, or a reason not to have one', () => {
    const missing = getRoutes().filter(
      (route) => !(route in NO_PAGE) && !visited.some((path) => answers(route, path)),
    );
    expect(missing).toEqual([]);
  });

  it('has no reason left for an address that is gone or was visited', () => {
    const routes = getRoutes();
    const idle = Object.keys(NO_PAGE).filter((route) => !routes.includes(route) || visited.includes(route));
    expect(idle).toEqual([]);
  });
});
