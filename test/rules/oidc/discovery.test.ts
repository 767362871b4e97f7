import { describe, expect, it } from 'vitest';
import { discoveryDocument } from '../../../src/oidc/wire/discovery.ts';

const body: Record<string, unknown> = JSON.parse(
  discoveryDocument('https://idp.example/', 'https://docs.example/'),
);
const list = (text: string): readonly string[] => text.split(' ');

describe('DSC-2 issuer', () => {
  it('keeps its trailing slash; endpoints hang on the origin', () => {
    expect(body).toMatchObject({
      issuer: 'https://idp.example/',
      authorization_endpoint: 'https://idp.example/openid_connect/authorize',
      jwks_uri: 'https://idp.example/api/openid_connect/certs',
      token_endpoint: 'https://idp.example/api/openid_connect/token',
      userinfo_endpoint: 'https://idp.example/api/openid_connect/userinfo',
      end_session_endpoint: 'https://idp.example/openid_connect/logout',
      service_documentation: 'https://docs.example/',
    });
  });
});

describe('DSC-3 body', () => {
  it('lists what is supported', () => {
    expect(body).toMatchObject({
      grant_types_supported: ['authorization_code'],
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_signing_alg_values_supported: ['RS256'],
      scopes_supported: list(
        'email all_emails locale openid profile:verified_at x509 x509:subject x509:issuer x509:presented address phone profile profile:name profile:birthdate social_security_number',
      ),
      claims_supported: list(
        'auth_time iss sub email email_verified all_emails locale address phone phone_verified given_name family_name birthdate verified_at social_security_number x509_subject x509_presented x509_issuer',
      ),
    });
    expect(body.acr_values_supported).toHaveLength(18);
  });

  it('DSC-4 does not list ial and aal as claims', () => {
    expect(body.claims_supported).not.toContain('ial');
    expect(body.claims_supported).not.toContain('aal');
  });
});

describe('oidc section 13 additions', () => {
  it('are announced, and what is off is said to be off', () => {
    expect(body).toMatchObject({
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'none'],
      code_challenge_methods_supported: ['S256'],
      response_modes_supported: ['query'],
      prompt_values_supported: ['select_account', 'login', 'create', 'none'],
      ui_locales_supported: ['en', 'es', 'fr', 'zh'],
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    });
  });
});
