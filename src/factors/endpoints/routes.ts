import { Hono } from 'hono';
import type { AppEnv } from '../../http.ts';
import { visiting } from '../../signin/endpoints/act.tsx';
import type { HallPorts } from '../../signin/ports.ts';
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
import { chooseOption, showChallenge, showDefault, showOptions } from './challenge.tsx';
import { checkCode } from './check-code.ts';
import { chooseMethods, showMenu } from './menu.tsx';
import { PLATFORM_OFFER } from './platform-hint.ts';
import { recommendPlatform } from './platform-recommended.tsx';
import { reauthenticate } from './reauthenticate.ts';
import { confirmBackupCodes, dismiss, remindOfCodes, remindOfSecond, suggestSecond } from './reminders.tsx';
import { checkWebauthn, showWebauthnChallenge } from './webauthn-challenge.tsx';
import { askRemoveWebauthn, removeWebauthn, renameWebauthn, showManageWebauthn } from './webauthn-manage.tsx';
import { answerMismatch, showMismatch } from './webauthn-mismatch.tsx';
import { addWebauthn, showWebauthnSetUp } from './webauthn-set-up.tsx';

/** Using and setting up second factors. */
export function factorRoutes(hall: HallPorts): Hono<AppEnv> {
  const act = visiting(hall);
  const routes = new Hono<AppEnv>();
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
  routes.get('/account/reauthentication', act(reauthenticate));

  routes
    .get('/authentication_methods_setup', act(showMenu))
    .post('/authentication_methods_setup', act(chooseMethods));
  routes
    .get('/authenticator_setup', act(showAuthenticatorSetUp))
    .post('/authenticator_setup', act(addAuthenticator));
  routes.get('/webauthn_setup', act(showWebauthnSetUp)).post('/webauthn_setup', act(addWebauthn));
  routes
    .get('/webauthn_setup_mismatch', act(showMismatch))
    .post('/webauthn_setup_mismatch', act(answerMismatch));
  routes
    .get('/webauthn_platform_recommended', act(recommendPlatform))
    .post('/webauthn_platform_recommended', act(dismiss(PLATFORM_OFFER)));
  routes
    .get('/manage/webauthn/:id', act(showManageWebauthn))
    .post('/manage/webauthn/:id', act(renameWebauthn));
  routes
    .get('/manage/webauthn/:id/confirm_delete', act(askRemoveWebauthn))
    .post('/manage/webauthn/:id/confirm_delete', act(removeWebauthn));
  routes.get('/backup_code_setup', act(showBackupCodes)).post('/backup_code_setup', act(makeBackupCodes));
  routes.post('/backup_code_continue', act(codesSaved));
  routes
    .get('/backup_code_regenerate', act(askRegenerate))
    .post('/backup_code_regenerate', act(regenerateCodes));
  routes.get('/backup_code_delete', act(askDelete)).post('/backup_code_delete', act(deleteCodes));
  routes.get('/auth_method_confirmation', act(suggestSecond));
  routes.get('/confirm_backup_codes', act(confirmBackupCodes));
  routes
    .get('/second_mfa_reminder', act(remindOfSecond))
    .post('/second_mfa_reminder', act(dismiss('second-method')));
  routes
    .get('/backup_code_reminder', act(remindOfCodes))
    .post('/backup_code_reminder', act(dismiss('backup-codes')));
  return routes;
}
