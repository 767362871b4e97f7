import { allowsRememberedDevice } from '../../assurance/remembered-device.ts';
import type { Locale } from '../../kernel/locale.ts';
import type { SignInRequest } from '../../signin/model.ts';
import { hasOption } from './app-options.ts';
import type { ValidAuthnRequest } from './check-authn-request.ts';
import { attributesToConsent } from './requested-attributes.ts';

/** A4, A5, R2, R3, AL-2: the question in the hall's words. `wantsCreate`: the request came with `prompt=create`. */
export const toSignInRequest = (
  { app, request, nameId, context, names }: ValidAuthnRequest,
  outside: { readonly locale: Locale | null; readonly wantsCreate: boolean },
): SignInRequest => ({
  app: app.uuid,
  need: context.need,
  rememberedDeviceAllowed: allowsRememberedDevice(context.need, app),
  attributes: attributesToConsent(names, {
    identity: context.identity,
    emailNameId: nameId.value === 'email',
    ial: app.ial,
  }),
  mayInteract: !(request.isPassive && hasOption(app, 'no_passive')),
  forceReauthentication: request.forceAuthn,
  maxAgeSeconds: null,
  startWith: outside.wantsCreate && app.prompt_create_allowed ? 'create-account' : 'sign-in',
  emailHint: null,
  subjectHint: null,
  locale: outside.locale,
  verifiedWithinDays: null,
});
