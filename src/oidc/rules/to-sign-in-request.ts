import { allowsRememberedDevice } from '../../assurance/remembered-device.ts';
import type { SignInRequest } from '../../signin/model.ts';
import type { ValidAuthorizationRequest } from './check-authorization-request.ts';

/**
 * OIDC Core section 3.1.2.1, PRM-1, MFA-1, AUT-15: the question in the hall's words. `subjectHint` is the subject of a verified `id_token_hint` that was issued to
 * this very app, or null.
 */
export const toSignInRequest = (
  {
    app,
    need,
    attributes,
    prompt,
    maxAgeSeconds,
    loginHint,
    locale,
    verifiedWithinDays,
  }: ValidAuthorizationRequest,
  subjectHint: string | null,
): SignInRequest => ({
  app: app.uuid,
  need,
  rememberedDeviceAllowed: allowsRememberedDevice(need, app),
  attributes,
  mayInteract: prompt !== 'none',
  forceReauthentication: prompt === 'login',
  maxAgeSeconds,
  startWith: prompt === 'create' ? 'create-account' : 'sign-in',
  emailHint: loginHint,
  subjectHint,
  locale,
  verifiedWithinDays,
});
