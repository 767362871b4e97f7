import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { visiting } from '../../signin/endpoints/act.tsx';
import type { HallPorts } from '../../signin/ports.ts';
import { addEmail, resendAddEmail, showAddEmail, showAddEmailSent } from './add-email.tsx';
import { changePassword, showChangePassword } from './change-password.tsx';
import { confirmEmail, showConfirmEmail } from './confirm-email.tsx';
import {
  revokeApp,
  selectEmail,
  showConnectedApps,
  showRevokeApp,
  showSelectedEmail,
} from './connected-apps.tsx';
import { deleteAccount, showDeleteAccount } from './delete-account.tsx';
import { deleteEmail, showDeleteEmail } from './delete-email.tsx';
import { download, showDownload } from './download.tsx';
import { chooseEmailLanguage, showEmailLanguage } from './email-language.tsx';
import { forgetBrowsers, showForgetBrowsers } from './forget-browsers.tsx';
import { showDeviceEvents, showHistory } from './history.tsx';
import { showHome, showMethods } from './home.tsx';
import { askToOpen, openIdentity } from './open-identity.tsx';
import { askPersonalKey, issuePersonalKey, personalKeySaved, showPersonalKey } from './personal-key.tsx';
import {
  askPersonalKeyAgain,
  askReactivationPassword,
  checkPersonalKey,
  reactivate,
  startReactivation,
} from './reactivate.tsx';
import { endOtherSessions, endSession, showEndOthers, showEndSession, showSessions } from './sessions.tsx';

/** The account's own pages (UR-6, UR-7): what it holds, and every way to change it. */
export function accountRoutes(hall: HallPorts): Hono<AppEnv> {
  const act = visiting(hall);
  const routes = newRoutes();
  routes.get('/account', act(showHome));
  routes.get('/account/two_factor_authentication', act(showMethods));
  routes.get('/account/email_language', act(showEmailLanguage));
  routes.post('/account/email_language', act(chooseEmailLanguage));

  routes.get('/add/email', act(showAddEmail)).post('/add/email', act(addEmail));
  routes.get('/add/email/verify_email', act(showAddEmailSent));
  routes.post('/add/email/resend', act(resendAddEmail));
  routes.get('/add/email/confirm', act(showConfirmEmail)).post('/add/email/confirm', act(confirmEmail));
  routes.get('/manage/email/confirm_delete/:id', act(showDeleteEmail));
  routes.post('/manage/email/confirm_delete/:id', act(deleteEmail));

  routes.get('/manage/password', act(showChangePassword)).post('/manage/password', act(changePassword));

  routes.get('/login/password', act(askToOpen)).post('/login/password', act(openIdentity));
  routes.get('/account/personal_key', act(askPersonalKey));
  routes.post('/account/personal_key', act(issuePersonalKey));
  routes
    .get('/manage/personal_key', act(showPersonalKey))
    .post('/manage/personal_key', act(personalKeySaved));
  routes.get('/account/reactivate/start', act(startReactivation));
  routes.get('/account/reactivate/verify_personal_key', act(askPersonalKeyAgain));
  routes.post('/account/reactivate/verify_personal_key', act(checkPersonalKey));
  routes.get('/account/reactivate/verify_password', act(askReactivationPassword));
  routes.post('/account/reactivate/verify_password', act(reactivate));

  routes.get('/account/connected_services', act(showConnectedApps));
  routes.get('/account/connected_services/:id/selected_email', act(showSelectedEmail));
  routes.post('/account/connected_services/:id/selected_email', act(selectEmail));
  routes.get('/account/service_providers/:id/revoke', act(showRevokeApp));
  routes.post('/account/service_providers/:id/revoke', act(revokeApp));

  routes.get('/account/history', act(showHistory));
  routes.get('/account/devices/:id/events', act(showDeviceEvents));

  routes.get('/account/sessions', act(showSessions));
  routes.get('/account/sessions/end_others', act(showEndOthers));
  routes.post('/account/sessions/end_others', act(endOtherSessions));
  routes.get('/account/sessions/:id/end', act(showEndSession));
  routes.post('/account/sessions/:id/end', act(endSession));

  routes.get('/account/forget_all_browsers', act(showForgetBrowsers));
  routes.post('/account/forget_all_browsers', act(forgetBrowsers));
  routes.get('/account/delete', act(showDeleteAccount)).post('/account/delete', act(deleteAccount));
  routes.get('/account/download', act(showDownload)).post('/account/download', act(download));
  return routes;
}
