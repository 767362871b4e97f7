import { describe, expect, it } from 'vitest';
import type { App } from '../../../../src/apps/model.ts';
import { checkAuthnRequest } from '../../../../src/saml/rules/check-authn-request.ts';
import { checkLogoutRequest } from '../../../../src/saml/rules/check-logout-request.ts';
import type { SignatureVerdict } from '../../../../src/saml/rules/check-signature.ts';
import { SAML_ERRORS } from '../../../../src/saml/rules/errors.ts';
import { toSignInRequest } from '../../../../src/saml/rules/to-sign-in-request.ts';
import type { AuthnRequest } from '../../../../src/saml/wire/authn-request.ts';
import type { LogoutRequest } from '../../../../src/saml/wire/logout-request.ts';
import { translator } from '../../../../src/ui/i18n.ts';
import { aRequest, aSamlApp, authnRequest, EMAIL, NOW, PERSISTENT, rootOf } from '../a-request.ts';

const root = rootOf(authnRequest());
const verified: SignatureVerdict = { kind: 'verified', root, fingerprint: 'f1', digest: 'sha256' };
const unsigned: SignatureVerdict = { kind: 'unsigned', root };
const failed = (
  reason: 'key_validation_error' | 'blank_certificate' | 'digest_mismatch',
): SignatureVerdict => ({ kind: 'failed', reason, root });
const endpoints = ['https://idp.test/api/saml/auth2027'];

const check = (
  request: Partial<AuthnRequest> = {},
  app: Partial<App> = {},
  signature: SignatureVerdict = unsigned,
) => {
  const result = checkAuthnRequest(aSamlApp(app), aRequest(request), { now: NOW, endpoints, signature });
  return result.ok ? result.value : result.error;
};

describe('S1, S2 signatures of AuthnRequests', () => {
  it('are optional: none, or one that does not verify, is as good', () => {
    expect(check()).toMatchObject({ fingerprint: null });
    expect(check({}, {}, failed('key_validation_error'))).toMatchObject({ fingerprint: null });
    expect(check({}, {}, verified)).toMatchObject({ fingerprint: 'f1' });
  });

  it('are demanded by apps that say so', () => {
    const strict = { signed_request_required: true };
    expect(check({}, strict)).toEqual(['invalid_signature']);
    expect(check({}, strict, failed('digest_mismatch'))).toEqual(['invalid_signature']);
    expect(check({}, strict, verified)).toMatchObject({ fingerprint: 'f1' });
  });

  it('S7 with an empty certificate are refused although they are optional', () => {
    expect(check({}, {}, failed('blank_certificate'))).toEqual(['blank_cert_element_req']);
  });
});

describe('F1 everything wrong is told at once, in one order', () => {
  it('collects', () => {
    const app = {
      acs_url: null,
      certs: [],
      signed_request_required: true,
      saml_options: { enforce_destination: true, check_issue_instant: true },
    };
    const request = {
      classRefs: ['urn:unknown'],
      nameIdFormat: EMAIL,
      destination: 'https://elsewhere/',
      issueInstant: null,
    };
    expect(check(request, app)).toEqual([
      'no_response_url',
      'no_cert_registered',
      'invalid_signature',
      'unauthorized_authn_context',
      'unauthorized_nameid_format',
      'wrong_destination',
      'request_too_old',
    ]);
  });

  it('C1 no certificate is no problem where nothing is encrypted', () => {
    expect(check({}, { certs: [], block_encryption: 'none' })).toMatchObject({ fingerprint: null });
    expect(check({}, { certs: [] })).toEqual(['no_cert_registered']);
  });

  it('A3 a foreign Destination matters only to apps that enforce it', () => {
    expect(check({ destination: 'https://elsewhere/' })).toMatchObject({
      acs: 'https://grants.example.gov/saml/acs',
    });
    const enforcing = { saml_options: { enforce_destination: true } };
    expect(check({ destination: 'https://elsewhere/' }, enforcing)).toEqual(['wrong_destination']);
    expect(check({ destination: null }, enforcing)).toEqual(['wrong_destination']);
    expect(check({ destination: endpoints[0] ?? null }, enforcing)).toMatchObject({
      acs: 'https://grants.example.gov/saml/acs',
    });
  });

  it('A9 takes a request for an old number: only the account that answers it shows whether it has one', () => {
    const request = { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' };
    expect(check(request, { use_legacy_name_id_behavior: true })).toMatchObject({
      nameId: { value: 'legacy-number' },
    });
  });
});

describe("the question in the hall's words", () => {
  const question = (request: Partial<AuthnRequest>, app: Partial<App> = {}, wantsCreate = false) => {
    const valid = checkAuthnRequest(aSamlApp(app), aRequest(request), {
      now: NOW,
      endpoints,
      signature: unsigned,
    });
    if (!valid.ok) throw new Error(valid.error.join());
    return toSignInRequest(valid.value, { locale: 'fr', wantsCreate });
  };

  it('A4 ForceAuthn forces, A5 IsPassive asks people anyway', () => {
    expect(question({ forceAuthn: true, isPassive: true })).toMatchObject({
      forceReauthentication: true,
      mayInteract: true,
    });
    expect(question({})).toMatchObject({
      forceReauthentication: false,
      mayInteract: true,
      locale: 'fr',
      startWith: 'sign-in',
    });
  });

  it('section 17: IsPassive holds for apps that ask for it', () => {
    expect(question({ isPassive: true }, { saml_options: { no_passive: true } }).mayInteract).toBe(false);
    expect(question({}, { saml_options: { no_passive: true } }).mayInteract).toBe(true);
  });

  it('R3 prompt=create is for apps that may', () => {
    expect(question({}, {}, true).startWith).toBe('sign-in');
    expect(question({}, { prompt_create_allowed: true }, true).startWith).toBe('create-account');
  });

  it('asks consent for the address in an e-mail NameID', () => {
    expect(question({ nameIdFormat: EMAIL }, { email_nameid_format_allowed: true }).attributes).toEqual([
      'email',
    ]);
    expect(question({ nameIdFormat: PERSISTENT }).attributes).toEqual([]);
  });
});

describe('S3, L2, L6 logout requests', () => {
  const request: LogoutRequest = {
    id: '_77aa',
    issuer: 'urn:example:sp:grants',
    issueInstant: null,
    destination: null,
    notOnOrAfter: null,
    nameId: null,
    hasEncryptedId: false,
    sessionIndexes: [],
  };
  const checkLogout = (more: Partial<LogoutRequest>, app: Partial<App>, signature: SignatureVerdict) => {
    const result = checkLogoutRequest(aSamlApp(app), { ...request, ...more }, signature, NOW);
    return result.ok ? result.value.responseUrl : result.error;
  };

  it('are signed, still hold, and have somewhere to be answered', () => {
    expect(checkLogout({}, {}, verified)).toBe('https://grants.example.gov/saml/slo');
    expect(checkLogout({}, {}, unsigned)).toEqual(['invalid_signature']);
    expect(checkLogout({}, {}, failed('key_validation_error'))).toEqual(['invalid_signature']);
    expect(checkLogout({}, {}, failed('blank_certificate'))).toEqual(['blank_cert_element_req']);
    expect(checkLogout({}, { assertion_consumer_logout_service_url: null }, unsigned)).toEqual([
      'no_response_url',
      'invalid_signature',
    ]);
    expect(checkLogout({ notOnOrAfter: '2027-02-11T14:00:00Z' }, {}, verified)).toEqual(['request_too_old']);
    expect(checkLogout({ hasEncryptedId: true }, {}, verified)).toEqual(['encrypted_name_id']);
  });
});

describe('Z1 every error has words in every language', () => {
  it.each(['en', 'es', 'fr', 'zh'] as const)('%s', (locale) => {
    const t = translator(locale);
    const sentences = SAML_ERRORS.map((error) => t(`saml.error.${error}`));
    expect(sentences.every((sentence) => sentence.length > 5)).toBe(true);
    expect(new Set(sentences).size).toBe(SAML_ERRORS.length);
  });
});
