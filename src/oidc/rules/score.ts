import type { AuthorizationCheck } from './authorization-facts.ts';
import { checkAcrPermitted, checkAcrValues } from './check-acr-values.ts';
import { checkClient } from './check-client.ts';
import { checkCodeChallenge } from './check-code-challenge.ts';
import { checkMaxAge } from './check-max-age.ts';
import { checkPromptKnown, checkPromptPermitted } from './check-prompt.ts';
import { checkRedirectUri } from './check-redirect-uri.ts';
import { checkRequired } from './check-required.ts';
import { checkResponseType } from './check-response-type.ts';
import { checkScope } from './check-scope.ts';
import { checkStateAndNonce } from './check-state-and-nonce.ts';
import { checkVerifiedWithin } from './check-verified-within.ts';

/**
 * Every check of an authorization request, in the order in which messages appear (oidc 3.7). All of them run (ERR-1);
 * whether a redirect is safe does not depend on the order but on having a `TrustedReturn`.
 */
export const AUTHORIZATION_SCORE: readonly AuthorizationCheck[] = [
  checkRedirectUri,
  checkRequired,
  checkStateAndNonce,
  checkResponseType,
  checkPromptKnown,
  checkCodeChallenge,
  checkAcrValues,
  checkClient,
  checkScope,
  checkAcrPermitted,
  checkPromptPermitted,
  checkVerifiedWithin,
  checkMaxAge,
];
