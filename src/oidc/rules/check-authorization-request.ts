import type { App } from '../../apps/model.ts';
import { DEFAULT_AAL, resolveNeed } from '../../assurance/acr.ts';
import type { AssuranceNeed, IdentityNeed } from '../../assurance/model.ts';
import type { AttributeName } from '../../consent/attributes.ts';
import type { Locale } from '../../kernel/locale.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { MAX_LOGIN_HINT_LENGTH } from '../limits.ts';
import type { AuthorizationParameters } from '../wire/authorization-parameters.ts';
import { isBlank } from '../wire/read-parameters.ts';
import { type AuthorizationFacts, type AuthorizationOptions, gatherFacts } from './authorization-facts.ts';
import { readMaxAge } from './check-max-age.ts';
import { type Prompt, readPrompt } from './check-prompt.ts';
import { verifiedWithin } from './check-verified-within.ts';
import { fieldOf, type Message, type MessageId, message } from './messages.ts';
import { readRequestedLocale } from './read-locale.ts';
import { readVerifiedWithin } from './read-verified-within.ts';
import { attributesOf, type Scope } from './scopes.ts';
import { AUTHORIZATION_SCORE } from './score.ts';
import type { TrustedReturn } from './trusted-return.ts';

/** What the answer has to say about assurance (ACR-9, ACR-10). */
export interface AcrAnswer {
  /** Answer in `urn:acr.login.gov:` words. */
  readonly urn: boolean;
  /** The value returned as `aal`: an echo. */
  readonly aal: string;
  /** What was asked about identity. */
  readonly identity: IdentityNeed;
}

/** A request that passed every check. */
export interface ValidAuthorizationRequest {
  readonly app: App;
  readonly return: TrustedReturn;
  readonly nonce: string;
  /** Narrowed (SCP-4). */
  readonly scopes: readonly Scope[];
  readonly attributes: readonly AttributeName[];
  /** Defaults and implications applied (ACR-8). */
  readonly need: AssuranceNeed;
  readonly acr: AcrAnswer;
  /** As sent; null when none was. */
  readonly codeChallenge: string | null;
  readonly prompt: Prompt;
  /** Null leaves it to the browser. */
  readonly locale: Locale | null;
  readonly verifiedWithinDays: number | null;
  /** Opaque tag for the attempts feed (AUT-16). */
  readonly tag: string | null;
  readonly loginHint: string | null;
  readonly maxAgeSeconds: number | null;
  /** Raw; whoever reads it verifies it. */
  readonly idTokenHint: string | null;
}

/**
 * `page`: the client or the redirect URI is in doubt, so the messages are shown here and nobody is redirected.
 * `return`: the app hears of it (ERR-1, ERR-2).
 */
export type AuthorizationRefusal =
  | { readonly kind: 'page'; readonly messages: readonly Message[] }
  | {
      readonly kind: 'return';
      readonly to: TrustedReturn;
      readonly error: 'invalid_request';
      readonly messages: readonly Message[];
    };

/** Runs every check and collects every message (ERR-1, ERR-2). `app` is what the registry knows under `client_id`. */
export function checkAuthorizationRequest(
  parameters: AuthorizationParameters,
  app: App | null,
  options: AuthorizationOptions,
): Result<ValidAuthorizationRequest, AuthorizationRefusal> {
  const facts = gatherFacts(parameters, app, options);
  const found: MessageId[] = [];
  for (const check of AUTHORIZATION_SCORE) {
    const wrong = check(facts);
    if (wrong === null) continue;
    if (typeof wrong === 'string') found.push(wrong);
    else found.push(...wrong);
  }
  const valid = found.length === 0 ? narrow(facts) : null;
  return valid === null ? err(refuse(facts, found)) : ok(valid);
}

function refuse(
  { returnTo, options }: AuthorizationFacts,
  found: readonly MessageId[],
): AuthorizationRefusal {
  const messages = found.map((id) => message(id, options.docsUrl));
  const inDoubt = found.some((id) => fieldOf(id) === 'client_id' || fieldOf(id) === 'redirect_uri');
  return inDoubt || !returnTo.ok
    ? { kind: 'page', messages }
    : { kind: 'return', to: returnTo.value, error: 'invalid_request', messages };
}

/** Null cannot happen after the checks; the types ask for it. */
function narrow(facts: AuthorizationFacts): ValidAuthorizationRequest | null {
  const { parameters, app, returnTo, requested, narrowed } = facts;
  const nonce = parameters.get('nonce');
  const prompt = readPrompt(parameters.get('prompt'));
  const maxAge = readMaxAge(parameters.get('max_age'));
  if (app === null || !returnTo.ok || nonce === undefined) return null;
  if (requested.identity === null || prompt === null || maxAge === undefined) return null;
  const within = verifiedWithin(facts);
  const days = within === null ? null : readVerifiedWithin(within);
  return {
    app,
    return: returnTo.value,
    nonce,
    scopes: narrowed.scopes,
    attributes: attributesOf(narrowed.scopes),
    need: resolveNeed(requested.identity, requested.authentication, app.default_aal),
    acr: { urn: requested.urn, aal: requested.aal ?? DEFAULT_AAL, identity: requested.identity },
    codeChallenge: present(parameters.get('code_challenge')),
    prompt,
    locale: readRequestedLocale(parameters.get('locale'), parameters.get('ui_locales')),
    verifiedWithinDays: days?.ok ? days.value : null,
    tag: present(parameters.get('attempts_api_session_id')) ?? present(parameters.get('tid')),
    loginHint: readLoginHint(parameters.get('login_hint')),
    maxAgeSeconds: maxAge,
    idTokenHint: present(parameters.get('id_token_hint')),
  };
}

const present = (value: string | undefined): string | null =>
  value === undefined || isBlank(value) ? null : value;

/** A hint fills a field, so one that does not fit, or would not be visible there, is left out without complaint. */
function readLoginHint(value: string | undefined): string | null {
  const hint = value?.trim() ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return hint === '' || hint.length > MAX_LOGIN_HINT_LENGTH || /[\u0000-\u001f\u007f]/.test(hint)
    ? null
    : hint;
}
