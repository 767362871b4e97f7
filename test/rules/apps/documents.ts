import { readFileSync } from 'node:fs';
import type { FieldError } from '../../../src/apps/field-errors.ts';
import type { App, AppSettings } from '../../../src/apps/model.ts';
import { validateApp } from '../../../src/apps/validate.ts';
import type { ValidationContext } from '../../../src/apps/validation-context.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One of the certificates in test/vectors/openssl. */
export const pem = (name: string): string =>
  readFileSync(`${import.meta.dirname}/../../vectors/openssl/${name}.pem`, 'utf8');

/** A complete OIDC document; fields given replace or add. */
export const anOidcDocument = (fields: Fields = {}): Fields => ({
  issuer: 'urn:gov:example:openidconnect:sp:permits',
  friendly_name: 'Example Permits',
  identity_protocol: 'openid_connect_private_key_jwt',
  redirect_uris: ['https://permits.example.gov/auth/result'],
  ...fields,
});

/** A complete SAML document. */
export const aSamlDocument = (fields: Fields = {}): Fields => ({
  issuer: 'urn:gov:example:saml:sp:grants',
  friendly_name: 'Example Grants',
  identity_protocol: 'saml',
  acs_url: 'https://grants.example.gov/saml/acs',
  assertion_consumer_logout_service_url: 'https://grants.example.gov/saml/logout',
  return_to_sp_url: 'https://grants.example.gov/',
  certs: [pem('first')],
  ...fields,
});

/** Settings of a document that must be fine. */
export function settings(document: unknown, context: Partial<ValidationContext> = {}): AppSettings {
  const checked = validateApp(document, { env: 'test', previous: null, ...context });
  if (!checked.ok) throw new Error(`refused: ${JSON.stringify(checked.error)}`);
  return checked.value;
}

/** Field errors of a document, none when it is fine. */
export function errors(document: unknown, context: Partial<ValidationContext> = {}): readonly FieldError[] {
  const checked = validateApp(document, { env: 'test', previous: null, ...context });
  return checked.ok ? [] : checked.error;
}

/** Codes of the field errors of a document. */
export const codes = (document: unknown, context: Partial<ValidationContext> = {}): readonly string[] =>
  errors(document, context).map((error) => error.code);

/** An app as the registry would hold it. */
export const anApp = (document: unknown, context: Partial<ValidationContext> = {}): App => ({
  ...settings(document, context),
  uuid: '6f1c2a3e-0b7d-4c55-9d8e-1a2b3c4d5e6f',
  agencyId: '6f1c2a3e-0b7d-4c55-9d8e-1a2b3c4d5e6f',
  createdAt: 1_700_000_000_000,
  updatedAt: 1_700_000_000_000,
  etag: 'etag-1',
});
