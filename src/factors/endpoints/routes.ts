import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { visiting } from '../../signin/endpoints/act.tsx';
import { go } from '../../signin/endpoints/visit.tsx';
import type { HallPorts } from '../../signin/ports.ts';
import type { FactorKind } from '../model.ts';
import { BACKUP_CODES, SECOND_METHOD } from '../reminder-due.ts';
import {
  askRemoveAuthenticator,
  removeAuthenticator,
  renameAuthenticator,
  showManageAuthenticator,
} from './authenticator-manage.tsx';
import { addAuthenticator, showAuthenticatorSetUp } from './authenticator-set-up.tsx';
import {
  askDelete,
  askRegenerate,
  codesSaved,
  deleteCodes,
  makeBackupCodes,
  regenerateCodes,
  showBackupCodes,
} from './backup-code-set-up.tsx';
import { showChallenge, showDefault } from './challenge.tsx';
import { chooseOption, showOptions } from './challenge-options.tsx';
import { checkCode } from './check-code.ts';
import { removeFactor, renameFactor } from './factor-api.ts';
import { chooseMethods, showMenu } from './menu.tsx';
import { checkPersonalKeyFactor, showPersonalKeyChallenge } from './personal-key-challenge.tsx';
import { askRemovePersonalKey, removePersonalKey } from './personal-key-manage.tsx';
import { checkPhoneCode, showPhoneChallenge } from './phone-challenge.tsx';
import { askRemovePhone, changePhone, removePhone, showManagePhone } from './phone-manage.tsx';
import { optIn, showOptIn } from './phone-opt-in.tsx';
import { oldSendLink, sendAnotherCode } from './phone-send.ts';
import { addPhone, confirmPhone, showPhoneSetUp, showPhoneSetUpCode } from './phone-set-up.tsx';
import {
  addAfterMismatch,
  presentForChallenge,
  showPivChallenge,
  showPivMismatch,
} from './piv-challenge.tsx';
import { askRemoveCard, removeCard, renameCard, showManageCard } from './piv-manage.tsx';
import {
  answerAddCardPrompt,
  answerPivRecommended,
  showAddCardPrompt,
  showPivRecommended,
} from './piv-offer.tsx';
import { presentForSetUp, showPivSetUp } from './piv-set-up.tsx';
import { presentForSignIn, showPivSignIn } from './piv-sign-in.tsx';
import { PLATFORM_OFFER } from './platform-hint.ts';
import { recommendPlatform } from './platform-recommended.tsx';
import { reauthenticate } from './reauthenticate.ts';
import { confirmBackupCodes, dismiss, remindOfCodes, remindOfSecond, suggestSecond } from './reminders.tsx';
import { checkWebauthn, showWebauthnChallenge } from './webauthn-challenge.tsx';
import { askRemoveWebauthn, removeWebauthn, renameWebauthn, showManageWebauthn } from './webauthn-manage.tsx';
import { answerMismatch, showMismatch } from './webauthn-mismatch.tsx';
import { addWebauthn, showWebauthnSetUp } from './webauthn-set-up.tsx';

/** UR-10: kinds by the name that the interface of our own scripts has for them. */
const API_KINDS: readonly (readonly [string, readonly FactorKind[]])[] = [
  ['auth_app', ['totp']],
  ['webauthn', ['security_key', 'platform_passkey']],
  ['piv_cac', ['piv']],
];

/** Using and setting up second factors. */
export function factorRoutes(hall: HallPorts): Hono<AppEnv> {
  const act = visiting(hall);
  const routes = newRoutes();
  routes.get('/login/two_factor', act(showDefault));
  routes
    .get('/login/two_factor/options', act(showOptions))
    .post('/login/two_factor/options', act(chooseOption));
  routes
    .get('/login/two_factor/authenticator', act(showChallenge('totp')))
    .post('/login/two_factor/authenticator', act(checkCode('totp')));
  routes
    .get('/login/two_factor/backup_code', act(showChallenge('backup_codes')))
    .post('/login/two_factor/backup_code', act(checkCode('backup_codes')));
  routes
    .get('/login/two_factor/webauthn', act(showWebauthnChallenge))
    .post('/login/two_factor/webauthn', act(checkWebauthn));
  routes
    .get('/login/two_factor/piv_cac', act(showPivChallenge))
    .post('/login/two_factor/piv_cac', act(presentForChallenge));
  routes
    .get('/login/two_factor/piv_cac_mismatch', act(showPivMismatch))
    .post('/login/two_factor/piv_cac_mismatch', act(addAfterMismatch));
  routes.get('/login/piv_cac', act(showPivSignIn)).post('/login/piv_cac', act(presentForSignIn));
  routes
    .get('/login/piv_cac_recommended', act(showPivRecommended))
    .post('/login/piv_cac_recommended', act(answerPivRecommended));
  routes
    .get('/login/add_piv_cac/prompt', act(showAddCardPrompt))
    .post('/login/add_piv_cac/prompt', act(answerAddCardPrompt));
  routes
    .get('/login/two_factor/personal_key', act(showPersonalKeyChallenge))
    .post('/login/two_factor/personal_key', act(checkPersonalKeyFactor));
  for (const channel of ['sms', 'voice'] as const) {
    const path = `/login/two_factor/${channel}` as const;
    routes.get(path, act(showPhoneChallenge(channel))).post(path, act(checkPhoneCode));
  }
  routes
    .get('/login/two_factor/sms/:uuid/opt_in', act(showOptIn))
    .post('/login/two_factor/sms/:uuid/opt_in', act(optIn));
  routes.get('/otp/send', act(oldSendLink)).post('/otp/send', act(sendAnotherCode));
  routes.get('/account/reauthentication', act(reauthenticate));
  for (const [name, kinds] of API_KINDS) {
    const path = `/api/internal/two_factor_authentication/${name}/:id`;
    routes.put(path, act(renameFactor(kinds))).delete(path, act(removeFactor(kinds)));
  }

  routes
    .get('/authentication_methods_setup', act(showMenu))
    .post('/authentication_methods_setup', act(chooseMethods));
  routes
    .get('/authenticator_setup', act(showAuthenticatorSetUp))
    .post('/authenticator_setup', act(addAuthenticator));
  routes
    .get('/manage/auth_app/:id', act(showManageAuthenticator))
    .post('/manage/auth_app/:id', act(renameAuthenticator));
  routes
    .get('/manage/auth_app/:id/confirm_delete', act(askRemoveAuthenticator))
    .post('/manage/auth_app/:id/confirm_delete', act(removeAuthenticator));
  routes
    .get('/manage/personal_key/:id/confirm_delete', act(askRemovePersonalKey))
    .post('/manage/personal_key/:id/confirm_delete', act(removePersonalKey));
  routes.get('/phone_setup', act(showPhoneSetUp)).post('/phone_setup', act(addPhone));
  routes.get('/phone_setup/code', act(showPhoneSetUpCode)).post('/phone_setup/code', act(confirmPhone));
  routes.get('/manage/phone/:id', act(showManagePhone)).post('/manage/phone/:id', act(changePhone));
  routes
    .get('/manage/phone/:id/confirm_delete', act(askRemovePhone))
    .post('/manage/phone/:id/confirm_delete', act(removePhone));
  routes.get('/webauthn_setup', act(showWebauthnSetUp)).post('/webauthn_setup', act(addWebauthn));
  routes
    .get('/webauthn_setup_mismatch', act(showMismatch))
    .post('/webauthn_setup_mismatch', act(answerMismatch));
  routes
    .get('/webauthn_platform_recommended', act(recommendPlatform))
    .post('/webauthn_platform_recommended', act(dismiss(PLATFORM_OFFER)));
  routes.get('/piv_cac', act(showPivSetUp));
  routes.get('/present_piv_cac', act(showPivSetUp)).post('/present_piv_cac', act(presentForSetUp));
  routes.get('/manage/piv_cac/:id', act(showManageCard)).post('/manage/piv_cac/:id', act(renameCard));
  routes
    .get('/manage/piv_cac/:id/confirm_delete', act(askRemoveCard))
    .post('/manage/piv_cac/:id/confirm_delete', act(removeCard));
  routes
    .get('/manage/webauthn/:id', act(showManageWebauthn))
    .post('/manage/webauthn/:id', act(renameWebauthn));
  routes
    .get('/manage/webauthn/:id/confirm_delete', act(askRemoveWebauthn))
    .post('/manage/webauthn/:id/confirm_delete', act(removeWebauthn));
  routes.get('/backup_code_setup', act(showBackupCodes)).post('/backup_code_setup', act(makeBackupCodes));
  routes
    .get(
      '/backup_code_continue',
      act((visit) => go(visit, '/backup_code_setup')),
    )
    .post('/backup_code_continue', act(codesSaved));
  routes
    .get('/backup_code_regenerate', act(askRegenerate))
    .post('/backup_code_regenerate', act(regenerateCodes));
  routes.get('/backup_code_delete', act(askDelete)).post('/backup_code_delete', act(deleteCodes));
  routes.get('/auth_method_confirmation', act(suggestSecond));
  routes.get('/confirm_backup_codes', act(confirmBackupCodes));
  routes
    .get('/second_mfa_reminder', act(remindOfSecond))
    .post('/second_mfa_reminder', act(dismiss(SECOND_METHOD)));
  routes
    .get('/backup_code_reminder', act(remindOfCodes))
    .post('/backup_code_reminder', act(dismiss(BACKUP_CODES)));
  return routes;
}
