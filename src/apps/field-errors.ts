/** One reason why one field was refused. `code` is stable (portal-and-operations 1.4 to 1.7), `message` is for people. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

const SENTENCES: Readonly<Record<string, string>> = {
  'document.invalid': 'An app is described by one JSON object.',
  'app_name.blank': 'Give the configuration a name.',
  'friendly_name.blank': 'Give the name people see at sign-in.',
  'friendly_name.invalid': 'The name may not hold control characters or change the direction of writing.',
  'identity_protocol.blank': 'Name the protocol the app speaks.',
  'identity_protocol.invalid':
    'Use openid_connect_private_key_jwt, openid_connect_pkce, openid_connect or saml, in agreement with `protocol`.',
  'issuer.format': 'An issuer is 1 to 255 characters without white space.',
  'issuer.taken': 'Another app has, or had, this issuer.',
  'issuer.immutable': 'The issuer of an app never changes.',
  'issuer.twice': 'The same issuer appears twice.',
  'ial.invalid': 'The level of service is 1 or 2.',
  'default_aal.invalid': 'The default is 0 (or null), 1, 2 or 3.',
  'attributes.unknown': 'No attribute has this name.',
  'attributes.needs_ial2': 'These attributes need level of service 2.',
  'attributes.empty': 'Choose the attributes this app receives.',
  'prod_config.localhost': 'A production configuration has no localhost address.',
  'prod_config.sandbox_in_prod': 'Every app in production is a production configuration.',
  'url.invalid':
    'Give an absolute URL without fragment, user name or backslash, special characters percent-encoded, at most 2,000 characters.',
  'url.wildcard': 'Wildcards are not possible: register each URL.',
  'url.scheme': 'This URL scheme is not possible here.',
  'url.host': 'The host name may hold only letters, digits, hyphens, underscores and periods.',
  'url.localhost': 'This environment does not accept localhost.',
  'url.https': 'This environment accepts https only.',
  'url.port': 'This environment accepts the standard port only.',
  'url.private': 'This address must be a host name that the public internet can reach.',
  'url.too_many': 'At most 100 URLs.',
  'acs_url.blank': 'Give the URL that receives assertions.',
  'acs_indexes.unknown': 'A number leads to an address that is neither `acs_url` nor among `acs_urls`.',
  'return_to_sp_url.blank': 'Give the URL that leads back to the app.',
  'failure_to_proof_url.blank': 'Give a URL for people whose identity cannot be verified.',
  'assertion_consumer_logout_service_url.blank': 'Give the URL that receives logout responses.',
  'redirect_uris.blank': 'Give at least one redirect URI.',
  'block_encryption.none_in_prod': 'Production encrypts assertions.',
  'certs.required': 'This configuration needs a certificate.',
  'certs.private_key':
    'This is a private key. Keep it to yourself, make a new pair, and send the certificate only.',
  'certs.not_pem': 'A certificate starts with -----BEGIN CERTIFICATE-----.',
  'certs.invalid': 'This certificate cannot be read.',
  'certs.key_type': 'Only RSA certificates are accepted.',
  'certs.weak_key': 'RSA keys need at least 2,048 bits.',
  'certs.duplicate': 'This certificate is already in the list.',
  'certs.own_key': 'This certificate belongs to the identity provider, not to the app.',
  'certs.too_many': 'At most 20 certificates.',
  'nameid_format.invalid': 'This NameID format is not offered.',
  'nameid_format.email_not_allowed': 'E-mail as NameID needs `email_nameid_format_allowed`.',
  'help_text.unknown': 'This is neither a preset nor a text per language.',
  'logo.size': 'A logo has at most 51,200 bytes.',
  'logo.type': 'A logo is a PNG or an SVG, and says so truthfully.',
  'logo.invalid': 'This logo cannot be read.',
  'logo.dimensions': 'A PNG logo has at most 4,000 by 4,000 pixels.',
  'logo.no_viewbox': 'An SVG logo needs a viewBox.',
  'logo.script': 'An SVG logo may not hold scripts.',
  'logo.forbidden': 'An SVG logo may not hold this element, attribute or reference.',
  'logo.too_complex': 'An SVG logo has at most 2,000 elements, 64 deep.',
  'logo.missing': 'The logo is named but not included.',
  'restrict_to_deploy_env.invalid': 'Use prod, staging or sandbox.',
};

const GENERIC: Readonly<Record<string, string>> = {
  unknown_field: 'There is no such field.',
  type: 'This value has the wrong type.',
  too_long: 'This text is too long.',
  too_many: 'There are too many entries.',
  invalid: 'This value is not possible here.',
};

/**
 * A field error with the sentence that belongs to its code. `detail` adds where the fault is ("entry 2"); it never
 * repeats what was sent.
 */
export function fieldError(field: string, code: string, detail?: string): FieldError {
  const kind = code.slice(code.lastIndexOf('.') + 1);
  const sentence = SENTENCES[code] ?? GENERIC[kind] ?? 'This value is not possible here.';
  return { field, code, message: detail === undefined ? sentence : `${sentence} (${detail})` };
}
