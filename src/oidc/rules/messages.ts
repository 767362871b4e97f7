/**
 * The sentences of the authorization and logout endpoints (oidc 3.7, LGO-7), in English always, because programs and
 * their authors read them (ERR-7). The id is stable; where the documentation explains an error it is the anchor there.
 */

/** One thing wrong with a request. */
export interface Message {
  /** Stable error id. */
  readonly id: MessageId;
  /** The parameter it is about. */
  readonly field: string;
  /** The sentence, field name first. */
  readonly text: string;
}

interface Template {
  readonly field: string;
  readonly text: string;
  /** Documentation anchor that closes the sentence; null closes without one. */
  readonly anchor: string | null;
}

const plain = (field: string, text: string): Template => ({ field, text, anchor: null });
const documented = (field: string, text: string, anchor: string): Template => ({ field, text, anchor });

const BLANK = 'Please fill in this field.';
const LISTED = 'is not included in the list';

const TEMPLATES = {
  'oidc-redirect-match': documented(
    'redirect_uri',
    'Redirect uri redirect_uri does not match registered redirect_uri.',
    'oidc-redirect-match',
  ),
  'oidc-invalid-redirect': documented(
    'redirect_uri',
    'Redirect uri redirect_uri is invalid.',
    'oidc-invalid-redirect',
  ),
  'acr-values-blank': plain('acr_values', `Acr values ${BLANK}`),
  'client-blank': plain('client_id', `Client ${BLANK}`),
  'redirect-uri-blank': plain('redirect_uri', `Redirect uri ${BLANK}`),
  'scope-blank': plain('scope', `Scope ${BLANK}`),
  'state-blank': plain('state', `State ${BLANK}`),
  'nonce-blank': plain('nonce', `Nonce ${BLANK}`),
  'prompt-blank': plain('prompt', `Prompt ${BLANK}`),
  'state-too-short': plain('state', 'State is too short (minimum is 22 characters)'),
  'nonce-too-short': plain('nonce', 'Nonce is too short (minimum is 22 characters)'),
  'response-type': plain('response_type', `Response type ${LISTED}`),
  'prompt-unknown': plain('prompt', `Prompt ${LISTED}`),
  'code-challenge-method': plain('code_challenge_method', `Code challenge method ${LISTED}`),
  'oidc-no-acr-values': documented(
    'acr_values',
    'Acr values No acceptable acr_values found.',
    'oidc-no-acr-values',
  ),
  'oidc-missing-ial': documented('acr_values', 'Acr values Missing a valid IAL level.', 'oidc-missing-ial'),
  'bad-client-id': documented('client_id', 'Client Bad client_id.', 'bad-client-id'),
  'oidc-no-scope': documented('scope', 'Scope No valid scope values found.', 'oidc-no-scope'),
  'oidc-unauthotized-scope': documented('scope', 'Scope Unauthorized scope.', 'oidc-unauthotized-scope'),
  'oidc-missing-acr-values': documented(
    'acr_values',
    'Acr values The acr_values are not authorized.',
    'oidc-missing-acr-values',
  ),
  'oidc-no-prompt': documented('prompt', 'Prompt No valid prompt values found.', 'oidc-no-prompt'),
  'verified-within-format': plain(
    'verified_within',
    'Verified within Unrecognized format for verified_within',
  ),
  'verified-within-short': plain(
    'verified_within',
    'Verified within value must be at least 30 days or older',
  ),
  'max-age': plain('max_age', 'Max age must be a whole number of seconds'),
  'parameter-malformed': plain(
    'request',
    'The request holds a parameter that is not percent-encoded UTF-8 text',
  ),
  'parameter-too-long': plain('request', 'The request or one of its parameters is too long'),
  'post-logout-redirect-uri-blank': plain('post_logout_redirect_uri', `Post logout redirect uri ${BLANK}`),
  'client-id-not-recognized': documented(
    'client_id',
    'Client client_id was not recognized.',
    'client-id-not-recognized',
  ),
  'client-id-missing': documented('client_id', 'Client client_id is missing.', 'client-id-missing'),
  'id-token-hint-not-recognized': plain('id_token_hint', 'Id token hint id_token_hint was not recognized'),
  'id-token-hint-mismatch': plain(
    'id_token_hint',
    'Id token hint id_token_hint was issued to another client_id',
  ),
  'id-token-hint': documented(
    'id_token_hint',
    'Id token hint This application is misconfigured and should not be sending id_token_hint. Please send client_id instead.',
    'id-token-hint',
  ),
  'logout-misconfigured': documented(
    'client_id',
    'This application is misconfigured and must send either client_id or id_token_hint.',
    'client-id-missing',
  ),
} as const satisfies Record<string, Template>;

export type MessageId = keyof typeof TEMPLATES;

/** The closing sentence that points at the documentation. `docsUrl` is the page that holds the anchors. */
export const documentationSentence = (docsUrl: string, anchor: string): string =>
  `Please see our documentation at ${docsUrl}#${anchor}`;

/** Builds a message; `docsUrl` is the page that holds the anchors, without a fragment. */
export function message(id: MessageId, docsUrl: string): Message {
  const { field, text, anchor } = TEMPLATES[id];
  return { id, field, text: anchor === null ? text : `${text} ${documentationSentence(docsUrl, anchor)}` };
}

/** The parameter a message is about. */
export const fieldOf = (id: MessageId): string => TEMPLATES[id].field;

/** What to say on a page when the parameters could not even be read. */
export const unreadable = (reason: 'malformed' | 'too_long'): MessageId =>
  reason === 'malformed' ? 'parameter-malformed' : 'parameter-too-long';
