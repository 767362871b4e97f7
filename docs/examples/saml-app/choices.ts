/** Everything that can be asked of the identity provider, as the start page offers it. */

const ASSURANCE = 'http://idmanagement.gov/ns/assurance';
const REQUESTED_ATTRIBUTES = 'http://idmanagement.gov/ns/requested_attributes?ReqAttr=';

/** A value as it is sent, and what it means. */
export type Option = readonly [value: string, label: string];

export const BINDINGS: readonly Option[] = [
  ['redirect', 'Redirect'],
  ['post', 'POST'],
];

export const SIGNATURES: readonly Option[] = [
  ['signed', 'Signed with our key'],
  ['unsigned', 'Unsigned'],
];

/** Encryption belongs to the registration, so this app has two. */
export const ENCRYPTIONS: readonly Option[] = [
  ['encrypted', 'Encrypted for our key'],
  ['plain', 'In the clear, signed'],
];

export const SERVICE_LEVELS: readonly Option[] = [
  ['urn:acr.login.gov:auth-only', 'Authentication only'],
  ['urn:acr.login.gov:verified', 'Verified identity'],
  ['urn:acr.login.gov:verified-facial-match-preferred', 'Verified, facial match preferred'],
  ['urn:acr.login.gov:verified-facial-match-required', 'Verified, facial match required'],
  [`${ASSURANCE}/ial/0`, 'Legacy: IAL0, verified attributes where they exist'],
  ['', 'None: what the registration says'],
];

export const AAL_VALUES: readonly Option[] = [
  ['', 'Not asked for'],
  [`${ASSURANCE}/aal/2`, 'AAL2: two factors now'],
  [`${ASSURANCE}/aal/2?phishing_resistant=true`, 'AAL2, phishing-resistant'],
  [`${ASSURANCE}/aal/2?hspd12=true`, 'AAL2, PIV or CAC'],
];

export const COMPARISONS = ['exact', 'minimum', 'maximum', 'better'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const NAME_IDS: readonly Option[] = [
  ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', 'Persistent: a UUID'],
  ['urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress', 'Email address'],
  ['', 'Not asked for'],
];

export const ATTRIBUTES: readonly string[] = [
  ...[
    'email',
    'all_emails',
    'locale',
    'verified_at',
    'first_name',
    'last_name',
    'dob',
    'address1',
    'address2',
  ],
  ...['city', 'state', 'zipcode', 'phone', 'ssn', 'x509_presented'],
];

export const FLAGS: readonly Option[] = [
  ['force', 'ForceAuthn: sign in anew'],
  ['passive', 'IsPassive: only if nothing has to be asked'],
];

export const LOCALES: readonly string[] = ['', 'en', 'es', 'fr', 'zh'];

/** What was chosen on the start page. */
export interface Choices {
  readonly binding: 'redirect' | 'post';
  readonly isSigned: boolean;
  readonly isEncrypted: boolean;
  readonly classRefs: readonly string[];
  readonly comparison: Comparison;
  readonly nameIdFormat: string | null;
  readonly force: boolean;
  readonly passive: boolean;
  readonly locale: string;
}

/** Reads the start page's form; whatever it does not hold keeps its usual value. */
export function readChoices(form: URLSearchParams): Choices {
  const attributes = form.getAll('attribute').join(',');
  const classRefs = [form.get('service_level'), form.get('aal')].filter(
    (value) => value !== null && value !== '',
  );
  return {
    binding: form.get('binding') === 'post' ? 'post' : 'redirect',
    isSigned: form.get('signature') !== 'unsigned',
    isEncrypted: form.get('encryption') !== 'plain',
    classRefs: [...classRefs.map(String), `${REQUESTED_ATTRIBUTES}${attributes}`],
    comparison: COMPARISONS.find((value) => value === form.get('comparison')) ?? 'exact',
    nameIdFormat: form.get('name_id') || null,
    force: form.has('force'),
    passive: form.has('passive'),
    locale: LOCALES.find((value) => value === form.get('locale')) ?? '',
  };
}
