import { isLive } from './environment.ts';
import { type FieldError, fieldError } from './field-errors.ts';
import type { AppSettings } from './model.ts';
import type { ValidationContext } from './validation-context.ts';

/**
 * Signed requests are required only where an app says so (saml S1, section 17): an app that signed some requests, or
 * none, at the service it comes from keeps working. A PUT that leaves the field out keeps what was decided.
 */
export const defaultSignedRequests = (hasCerts: boolean, { previous }: ValidationContext): boolean =>
  previous !== null && previous.identity_protocol === 'saml' && previous.signed_request_required && hasCerts;

/**
 * saml S9: an app that comes from another service keeps the habits it had there, SHA-1 digests among them, until
 * somebody says otherwise; a document of ours says so by naming any switches. New apps begin without.
 */
export const defaultSamlOptions = ({ imported, previous }: ValidationContext): AppSettings['saml_options'] =>
  imported === true ? (previous?.saml_options ?? { allow_sha1_digest: true }) : {};

const EMAIL_FORMATS = [
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress',
];
const OTHER_FORMATS = [
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
];

/**
 * Rules over several fields. A sandbox app may be filled in step by step, so what only a finished app needs is
 * demanded where real people sign in; what could never work is refused everywhere.
 */
export function checkProtocolFields(
  app: AppSettings,
  saml: boolean,
  context: ValidationContext,
): FieldError[] {
  const errors: FieldError[] = [];
  const need = (missing: boolean, field: keyof AppSettings, code: string): void => {
    if (missing) errors.push(fieldError(field, code));
  };
  const finished = isLive(context.env) && context.imported !== true;
  const was = context.previous;
  const lost = (
    field: 'return_to_sp_url' | 'failure_to_proof_url' | 'assertion_consumer_logout_service_url',
  ) => app[field] === null && (was === null || was[field] !== null);

  need(
    finished && app.ial === 2 && lost('failure_to_proof_url'),
    'failure_to_proof_url',
    'failure_to_proof_url.blank',
  );
  if (!saml) {
    const none = app.redirect_uris.length === 0 && (was === null || was.redirect_uris.length > 0);
    need(finished && none, 'redirect_uris', 'redirect_uris.blank');
    return errors;
  }
  need(app.acs_url === null && app.acs_urls.length === 0, 'acs_url', 'acs_url.blank');
  const unknown = Object.values(app.acs_indexes).some(
    (url) => url !== app.acs_url && !app.acs_urls.includes(url),
  );
  need(unknown, 'acs_indexes', 'acs_indexes.unknown');
  const encrypts = app.block_encryption !== 'none';
  const noCert = app.certs.length === 0;
  need(noCert && (encrypts || finished) && context.imported !== true, 'certs', 'certs.required');
  need(noCert && app.signed_request_required && !encrypts, 'certs', 'certs.required');
  need(
    finished && !encrypts && context.actor === 'partner' && was?.block_encryption !== 'none',
    'block_encryption',
    'block_encryption.none_in_prod',
  );
  need(finished && lost('return_to_sp_url'), 'return_to_sp_url', 'return_to_sp_url.blank');
  need(
    finished && lost('assertion_consumer_logout_service_url'),
    'assertion_consumer_logout_service_url',
    'assertion_consumer_logout_service_url.blank',
  );
  need(
    finished && app.ial === 2 && app.attribute_bundle.length === 0 && was?.attribute_bundle.length !== 0,
    'attribute_bundle',
    'attributes.empty',
  );
  const format = app.nameid_format;
  if (format !== null && EMAIL_FORMATS.includes(format)) {
    need(!app.email_nameid_format_allowed, 'nameid_format', 'nameid_format.email_not_allowed');
  } else if (format !== null) {
    need(!OTHER_FORMATS.includes(format), 'nameid_format', 'nameid_format.invalid');
  }
  return errors;
}
