import { ACR_VALUES } from '../../assurance/acr.ts';
import { LOCALES } from '../../kernel/locale.ts';
import { PATHS } from '../../kernel/paths.ts';
import { SCOPES } from '../rules/scopes.ts';

/** DSC-3. `ial` and `aal` are returned without being listed (DSC-4). */
const CLAIMS = [
  'auth_time',
  'iss',
  'sub',
  'email',
  'email_verified',
  'all_emails',
  'locale',
  'address',
  'phone',
  'phone_verified',
  'given_name',
  'family_name',
  'birthdate',
  'verified_at',
  'social_security_number',
  'x509_subject',
  'x509_presented',
  'x509_issuer',
] as const;

/**
 * OpenID Connect Discovery 1.0 section 3, RFC 8414 section 2: one body for both addresses and every language, DSC-3
 * first, additions after it. `issuer` is the published one, with its trailing slash (DSC-2).
 */
export function discoveryDocument(issuer: string, serviceDocumentation: string): string {
  const origin = issuer.endsWith('/') ? issuer.slice(0, -1) : issuer;
  return JSON.stringify({
    acr_values_supported: ACR_VALUES,
    claims_supported: CLAIMS,
    grant_types_supported: ['authorization_code'],
    response_types_supported: ['code'],
    scopes_supported: SCOPES,
    subject_types_supported: ['pairwise'],
    authorization_endpoint: origin + PATHS.authorize,
    issuer,
    jwks_uri: origin + PATHS.certs,
    service_documentation: serviceDocumentation,
    token_endpoint: origin + PATHS.token,
    userinfo_endpoint: origin + PATHS.userinfo,
    end_session_endpoint: origin + PATHS.logout,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'none'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    response_modes_supported: ['query'],
    prompt_values_supported: ['select_account', 'login', 'create', 'none'],
    ui_locales_supported: LOCALES,
    authorization_response_iss_parameter_supported: true,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    // Its default would be true.
    request_uri_parameter_supported: false,
  });
}
