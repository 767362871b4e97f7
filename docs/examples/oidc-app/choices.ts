/** Everything that can be asked of the identity provider, as the start page offers it. */

export type ClientAuthentication = 'private_key_jwt' | 'pkce' | 'both';

const ASSURANCE = 'http://idmanagement.gov/ns/assurance';

/** A value as it is sent, and what it means. */
export type Option = readonly [value: string, label: string];

/** How well the person must be known. A request names at least one. */
export const SERVICE_LEVELS: readonly Option[] = [
  ['urn:acr.login.gov:auth-only', 'Authentication only'],
  ['urn:acr.login.gov:verified', 'Verified identity'],
  ['urn:acr.login.gov:verified-facial-match-preferred', 'Verified, facial match preferred'],
  ['urn:acr.login.gov:verified-facial-match-required', 'Verified, facial match required'],
  [`${ASSURANCE}/ial/1`, 'Legacy: IAL1'],
  [`${ASSURANCE}/ial/2`, 'Legacy: IAL2'],
  [`${ASSURANCE}/ial/2?bio=preferred`, 'Legacy: IAL2, facial match preferred'],
  [`${ASSURANCE}/ial/2?bio=required`, 'Legacy: IAL2, facial match required'],
  [`${ASSURANCE}/ial/0`, 'Legacy: IAL0, verified attributes where they exist'],
  [`${ASSURANCE}/loa/1`, 'Legacy: LOA1'],
  [`${ASSURANCE}/loa/3`, 'Legacy: LOA3'],
  ['', 'None at all: the request is refused'],
];

/** How strongly the person must sign in. */
export const AAL_VALUES: readonly Option[] = [
  ['', 'Not asked for'],
  ['urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo', 'Two factors, a remembered browser will do'],
  [`${ASSURANCE}/aal/2`, 'AAL2: two factors now'],
  [`${ASSURANCE}/aal/2?phishing_resistant=true`, 'AAL2, phishing-resistant'],
  [`${ASSURANCE}/aal/2?hspd12=true`, 'AAL2, PIV or CAC'],
  [`${ASSURANCE}/aal/3`, 'AAL3'],
  [`${ASSURANCE}/aal/3?hspd12=true`, 'AAL3, PIV or CAC'],
];

export const SCOPES: readonly string[] = [
  ...['openid', 'email', 'all_emails', 'locale', 'x509', 'x509:subject', 'x509:issuer', 'x509:presented'],
  ...['profile:verified_at', 'profile', 'profile:name', 'profile:birthdate', 'address', 'phone'],
  'social_security_number',
];

export const PROMPTS: readonly string[] = ['', 'select_account', 'login', 'create', 'none'];
export const LOCALES: readonly string[] = ['', 'en', 'es', 'fr', 'zh'];

/** How this app proves at the token endpoint that it is the one that asked. */
export const AUTHENTICATIONS: readonly (readonly [value: ClientAuthentication, label: string])[] = [
  ['private_key_jwt', 'A signed assertion (private_key_jwt)'],
  ['pkce', 'PKCE alone, as apps without a server do'],
  ['both', 'Both'],
];

export const METHODS: readonly Option[] = [
  ['GET', 'Redirect (GET)'],
  ['POST', 'Form (POST)'],
];

/** Parameters that are typed in and sent only when they are not empty. */
export const TEXT_PARAMETERS: readonly (readonly [name: string, label: string, example: string])[] = [
  ['max_age', 'max_age: seconds since the last sign-in', '300'],
  ['login_hint', 'login_hint: email address to fill in', 'person@example.com'],
  ['ui_locales', 'ui_locales: languages in order of preference', 'es fr'],
  ['verified_within', 'verified_within: age of the verification', '90d'],
  ['id_token_hint', 'id_token_hint: an earlier id_token of the person you expect', 'eyJ...'],
  ['attempts_api_session_id', 'attempts_api_session_id: tag for the feed of attempts', 'case-123'],
];

/** What was chosen on the start page. */
export interface Choices {
  readonly authentication: ClientAuthentication;
  readonly method: 'GET' | 'POST';
  readonly stateLength: number;
  readonly nonceLength: number;
  /** After the callback, go on to a host that is not registered. */
  readonly leaveRegisteredHosts: boolean;
  /** Sent as they are. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reads the start page's form; whatever it does not hold keeps its usual value. */
export function readChoices(form: URLSearchParams): Choices {
  const known = AUTHENTICATIONS.find(([value]) => value === form.get('authentication'));
  const acrValues = [form.get('service_level'), form.get('aal')].filter((value) => value).join(' ');
  const parameters: Record<string, string> = { scope: form.getAll('scope').join(' '), acr_values: acrValues };
  for (const name of ['prompt', 'locale', ...TEXT_PARAMETERS.map(([text]) => text)]) {
    const value = form.get(name)?.trim();
    if (value) parameters[name] = value;
  }
  return {
    authentication: known?.[0] ?? 'private_key_jwt',
    method: form.get('method') === 'POST' ? 'POST' : 'GET',
    stateLength: readLength(form.get('state_length')),
    nonceLength: readLength(form.get('nonce_length')),
    leaveRegisteredHosts: form.has('leave_registered_hosts'),
    parameters,
  };
}

/** Identity providers of this kind want at least 22 characters; shorter values show the refusal. */
function readLength(text: string | null): number {
  const length = Number(text ?? '');
  return Number.isInteger(length) && length >= 1 && length <= 1024 ? length : 32;
}
