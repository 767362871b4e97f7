import { isAttribute, PROOFED_ATTRIBUTES } from './attributes.ts';
import { checkCert } from './certs.ts';
import { APP_DEFAULTS } from './defaults.ts';
import { isLive } from './environment.ts';
import { type FieldError, fieldError } from './field-errors.ts';
import { isLogoPath } from './logo.ts';
import type { AppSettings } from './model.ts';
import type { AppInput } from './shape.ts';
import type { ValidationContext } from './validation-context.ts';

/** An empty text means the same as none. */
export const blankToNull = (text: string | null): string | null =>
  text === null || text === '' ? null : text;

/** Fields that need no rule beyond their shape, where the document has them. */
export function plainFields(raw: AppInput): Partial<AppSettings> {
  const lines = {
    description: blankToNull(raw.description),
    agency: blankToNull(raw.agency),
    app_name: blankToNull(raw.app_name),
    app_id: blankToNull(raw.app_id),
    launch_date: blankToNull(raw.launch_date),
    iaa: blankToNull(raw.iaa),
    iaa_start_date: blankToNull(raw.iaa_start_date),
    iaa_end_date: blankToNull(raw.iaa_end_date),
  };
  return {
    ...lines,
    active: raw.active ?? APP_DEFAULTS.active,
    native: raw.native ?? APP_DEFAULTS.native,
    allow_prompt_login: raw.allow_prompt_login ?? APP_DEFAULTS.allow_prompt_login,
    prompt_create_allowed: raw.prompt_create_allowed ?? APP_DEFAULTS.prompt_create_allowed,
    ialmax_allowed: raw.ialmax_allowed ?? APP_DEFAULTS.ialmax_allowed,
    verified_within_allowed: raw.verified_within_allowed ?? APP_DEFAULTS.verified_within_allowed,
    facial_match_allowed: raw.facial_match_allowed ?? APP_DEFAULTS.facial_match_allowed,
    legacy_token_errors: raw.legacy_token_errors ?? APP_DEFAULTS.legacy_token_errors,
    slim_id_token: raw.slim_id_token ?? APP_DEFAULTS.slim_id_token,
    authorization_response_iss: raw.authorization_response_iss ?? APP_DEFAULTS.authorization_response_iss,
    refuse_jti_replay: raw.refuse_jti_replay ?? APP_DEFAULTS.refuse_jti_replay,
    allow_short_state: raw.allow_short_state ?? APP_DEFAULTS.allow_short_state,
    block_encryption: raw.block_encryption ?? APP_DEFAULTS.block_encryption,
    signed_response_message_requested:
      raw.signed_response_message_requested ?? APP_DEFAULTS.signed_response_message_requested,
    email_nameid_format_allowed: raw.email_nameid_format_allowed ?? APP_DEFAULTS.email_nameid_format_allowed,
    use_legacy_name_id_behavior: raw.use_legacy_name_id_behavior ?? APP_DEFAULTS.use_legacy_name_id_behavior,
    saml_emailaddress_attribute_enabled:
      raw.saml_emailaddress_attribute_enabled ?? APP_DEFAULTS.saml_emailaddress_attribute_enabled,
    acs_indexes: raw.acs_indexes ?? APP_DEFAULTS.acs_indexes,
    technical_contacts: [...new Set(raw.technical_contacts ?? APP_DEFAULTS.technical_contacts)],
    in_person_proofing_enabled: raw.in_person_proofing_enabled ?? APP_DEFAULTS.in_person_proofing_enabled,
    piv_cac: raw.piv_cac ?? APP_DEFAULTS.piv_cac,
    piv_cac_scoped_by_email: raw.piv_cac_scoped_by_email ?? APP_DEFAULTS.piv_cac_scoped_by_email,
    approved: raw.approved ?? APP_DEFAULTS.approved,
  };
}

/** Control characters, and characters that turn the direction of writing around a name (1.4 `friendly_name`). */
const DECEPTIVE = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u;
/** REG-1: one or more characters, no white space; control characters could never arrive intact. */
const ISSUER = /^[^\s\p{Cc}]+$/u;

/** REG-1, 1.4 `issuer`, `friendly_name`, `app_name`: form at creation, immutability afterwards. */
export function checkNames(raw: AppInput, { previous, imported, env }: ValidationContext): FieldError[] {
  const errors: FieldError[] = [];
  const issuer = raw.issuer ?? '';
  if (previous === null) {
    if (!ISSUER.test(issuer) || issuer.length > 255) errors.push(fieldError('issuer', 'issuer.format'));
  } else if (raw.issuer !== null && issuer !== previous.issuer) {
    errors.push(fieldError('issuer', 'issuer.immutable'));
  } else if (raw.issuer === null) {
    errors.push(fieldError('issuer', 'issuer.format'));
  }
  const name = raw.friendly_name ?? '';
  if (name === '' && imported !== true && previous?.friendly_name !== '') {
    errors.push(fieldError('friendly_name', 'friendly_name.blank'));
  }
  if (DECEPTIVE.test(name)) errors.push(fieldError('friendly_name', 'friendly_name.invalid'));
  const needsName = isLive(env) && imported !== true && (previous === null || previous.app_name !== null);
  if (needsName && (raw.app_name ?? '') === '') errors.push(fieldError('app_name', 'app_name.blank'));
  return errors;
}

/** The attribute bundle, known names only and within the level of service (P27). */
export function settleAttributes(
  raw: AppInput,
  ial: 1 | 2,
  { previous, imported }: ValidationContext,
): { value: readonly string[]; errors: FieldError[] } {
  const names = [...new Set(raw.attribute_bundle ?? [])].filter((name) => name !== '');
  if (names.some((name) => !isAttribute(name))) {
    return { value: [], errors: [fieldError('attribute_bundle', 'attributes.unknown')] };
  }
  const needless = names.filter((name) => PROOFED_ATTRIBUTES.includes(name));
  if (ial === 2 || needless.length === 0) return { value: names, errors: [] };
  // P27: going back to level 1 clears what only level 2 can have.
  const steppedDown = previous?.ial === 2 && names.every((name) => previous.attribute_bundle.includes(name));
  if (imported === true || steppedDown) {
    return { value: names.filter((name) => !needless.includes(name)), errors: [] };
  }
  return { value: [], errors: [fieldError('attribute_bundle', 'attributes.needs_ial2')] };
}

/** Certificates in the order given, checked and written our way (1.7). */
export function settleCerts(
  raw: AppInput,
  { ownKeys }: ValidationContext,
): { value: readonly string[]; errors: FieldError[] } {
  const given = typeof raw.certs === 'string' ? [raw.certs] : (raw.certs ?? []);
  const errors: FieldError[] = [];
  const kept = new Map<string, string>();
  for (const [index, text] of given.entries()) {
    if (text.trim() === '') continue;
    const checked = checkCert(text, ownKeys);
    const at = given.length > 1 ? `entry ${index + 1}` : undefined;
    if (!checked.ok) errors.push(fieldError('certs', checked.error, at));
    else if (kept.has(checked.value.sha256)) errors.push(fieldError('certs', 'certs.duplicate', at));
    else kept.set(checked.value.sha256, checked.value.pem);
  }
  return { value: [...kept.values()], errors };
}

/** Bytes are checked and stored before the document is; here a logo is a path. `generic.svg` is the absence of one. */
export function settleLogo(logo: string | null, errors: FieldError[]): string | null {
  if (logo === null || logo === '' || logo === 'generic.svg') return null;
  if (isLogoPath(logo)) return logo;
  errors.push(fieldError('logo', 'logo.missing'));
  return null;
}
