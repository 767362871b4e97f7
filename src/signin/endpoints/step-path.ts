import type { EndReason } from '../../sessions/model.ts';
import type { Step } from '../model.ts';

/** Where each step lives. A grant without an app means the person is at home. */
export function pathOf(step: Step): string {
  switch (step.kind) {
    case 'sign-in':
      return step.notice === 'none' ? '/' : '/?again=1';
    case 'create-account':
      return '/sign_up/enter_email';
    case 'restricted':
      return '/restricted';
    case 'suspended':
      return '/user_please_call';
    case 'account-reset':
      return '/account_reset/pending';
    case 'accept-rules':
      return '/rules_of_use';
    case 'second-factor':
      return '/login/two_factor';
    case 'set-up-factor':
      return '/authentication_methods_setup';
    case 'change-password':
      return '/manage/password?forced=1';
    case 'proofing':
      return '/verify';
    case 'consent':
      return '/sign_up/completed';
    case 'continue-as':
      return '/user_authorization_confirmation';
    case 'grant':
      return '/account';
  }
}

/** A path of ours that carries the app's question along. */
export const withRequest = (path: string, id: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}request_id=${id}`;

/** The sign-in page with a word about the session before; the app's question stays. */
export function signInAfter(why: EndReason | 'session' | null, requestId: string | null): string {
  const path = why === null ? '/' : `/?timeout=${why}`;
  return requestId === null ? path : withRequest(path, requestId);
}
