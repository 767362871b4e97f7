import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson, walk } from '../support/people.ts';

const worker = servedHere(env);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

/** Addresses that links, tests and help articles have, by rule. Those of verifying who somebody is are not there yet. */
const KEPT = {
  'UR-1': '/ /es /fr /zh /en',
  'UR-2':
    '/sign_up/enter_email /sign_up/verify_email /sign_up/email/confirm /sign_up/enter_password /sign_up/create_password /sign_up/completed /sign_up/select_email /sign_up/cancel /sign_up/completed/cancel',
  'UR-3':
    '/authentication_methods_setup /phone_setup /authenticator_setup /webauthn_setup /webauthn_setup?platform=true /webauthn_setup_mismatch /piv_cac /present_piv_cac /backup_code_setup /backup_code_continue /backup_code_regenerate /backup_code_delete /confirm_backup_codes /auth_method_confirmation /webauthn_platform_recommended /login/piv_cac_recommended /login/add_piv_cac/prompt /second_mfa_reminder /backup_code_reminder',
  'UR-4':
    '/login/two_factor/options /login/two_factor/sms /login/two_factor/voice /login/two_factor/authenticator /login/two_factor/webauthn /login/two_factor/piv_cac /login/two_factor/piv_cac_mismatch /login/two_factor/backup_code /login/two_factor/personal_key /otp/send /login/piv_cac /login/password',
  'UR-5': '/users/password/new /users/password/edit /forgot_password /manage/password',
  'UR-6':
    '/account /account/two_factor_authentication /account/connected_services /account/history /account/delete /account/email_language /account/personal_key /account/forget_all_browsers /account/reauthentication /account/reactivate/start /account/reactivate/verify_personal_key /account/reactivate/verify_password',
  'UR-7': '/add/email /add/email/confirm /manage/personal_key',
  'UR-8':
    '/account_reset/recovery_options /account_reset/request /account_reset/confirm_request /account_reset/cancel /account_reset/pending /account_reset/delete_account /account_reset/confirm_delete_account /events/disavow /rules_of_use /user_please_call /restricted',
  'UR-9':
    '/redirect/return_to_sp/cancel /redirect/return_to_sp/failure_to_proof /redirect/return_to_sp/account_verified_cta',
  'UR-10': '/api/internal/sessions /api/country-support',
  'UR-11': '/robots.txt /sign_out /logout /bounced',
} as const;

describe.each(Object.entries(KEPT))('%s addresses that are kept', (_rule, paths) => {
  it('lead somewhere, with and without a session', async () => {
    const nobody = new Browser(worker);
    const somebody = new Browser(worker);
    await somebody.open('/');
    await walk(somebody, await aPerson(worker));
    const lost: string[] = [];
    for (const path of paths.split(' '))
      for (const [who, browser] of Object.entries({ nobody, somebody })) {
        const before = new Map(browser.cookies);
        const { status } = await browser.open(path);
        // That an app sends somebody round in circles is an error page.
        if (status >= 400 && path !== '/bounced') lost.push(`${path} for ${who}: ${status}`);
        if (path === '/logout' || path === '/sign_out') for (const one of before) browser.cookies.set(...one);
      }
    expect(lost).toEqual([]);
  });
});
