import { describe, expect, it } from 'vitest';
import { showApp } from '../../../src/apps/document.ts';
import { anApp, anOidcDocument, aSamlDocument, codes, errors, pem, settings } from './documents.ts';

describe('1.4 app document: defaults', () => {
  it('needs nothing but issuer, name and protocol', () => {
    const app = settings({ issuer: 'app', friendly_name: 'App', identity_protocol: 'openid_connect_pkce' });
    expect(app).toMatchObject({
      active: true,
      ial: 1,
      default_aal: null,
      redirect_uris: [],
      certs: [],
      block_encryption: 'aes256-cbc',
      refuse_jti_replay: true,
      authorization_response_iss: true,
      legacy_token_errors: false,
      slim_id_token: false,
      in_person_proofing_enabled: true,
      prod_config: false,
      help_text: {},
      logo: null,
    });
  });

  it('takes null for the default', () => {
    const nulls = {
      ial: null,
      default_aal: null,
      certs: null,
      active: null,
      help_text: null,
      pkce: null,
      logo: null,
    };
    expect(settings(anOidcDocument(nulls))).toEqual(settings(anOidcDocument()));
  });

  it('asks signed requests only of apps that say so', () => {
    expect(settings(aSamlDocument()).signed_request_required).toBe(false);
    expect(settings(aSamlDocument(), { imported: true }).signed_request_required).toBe(false);
    expect(settings(aSamlDocument({ signed_request_required: true })).signed_request_required).toBe(true);
  });

  it('keeps what was decided when a later document leaves it out', () => {
    const previous = anApp(aSamlDocument({ signed_request_required: true }));
    expect(settings(aSamlDocument(), { previous }).signed_request_required).toBe(true);
  });

  it('keeps the habit of an imported SAML app when it is edited', () => {
    const previous = anApp(aSamlDocument(), { imported: true });
    expect(settings(aSamlDocument(), { previous }).signed_request_required).toBe(false);
  });

  it('reads default AAL 0 as none', () => {
    expect(settings(anOidcDocument({ default_aal: 0 })).default_aal).toBeNull();
    expect(settings(anOidcDocument({ default_aal: 3 })).default_aal).toBe(3);
  });
});

describe('1.4 identity_protocol and REG-4 pkce', () => {
  it.each([
    ['openid_connect_private_key_jwt', 'openid_connect_private_key_jwt', false],
    ['openid_connect_pkce', 'openid_connect_pkce', true],
    ['openid_connect', 'openid_connect', null],
    [0, 'openid_connect_private_key_jwt', false],
    [2, 'openid_connect_pkce', true],
  ])('reads %s', (given, protocol, pkce) => {
    expect(settings(anOidcDocument({ identity_protocol: given }))).toMatchObject({
      identity_protocol: protocol,
      pkce,
    });
  });

  it('reads 1 as SAML', () => {
    expect(settings(aSamlDocument({ identity_protocol: 1 })).identity_protocol).toBe('saml');
  });

  it('lets an explicit pkce win', () => {
    expect(settings(anOidcDocument({ identity_protocol: 'openid_connect', pkce: true })).pkce).toBe(true);
  });

  it.each([
    [true, 'openid_connect_pkce'],
    [false, 'openid_connect_private_key_jwt'],
    [null, 'openid_connect'],
  ])('derives the protocol from `protocol: oidc` and pkce %s', (pkce, expected) => {
    const app = settings(anOidcDocument({ identity_protocol: undefined, protocol: 'oidc', pkce }));
    expect(app).toMatchObject({ identity_protocol: expected, pkce });
  });

  it('takes an ACS URL alone for SAML', () => {
    expect(settings(aSamlDocument({ identity_protocol: undefined })).identity_protocol).toBe('saml');
  });

  it('refuses to guess, and refuses a contradiction', () => {
    expect(codes(anOidcDocument({ identity_protocol: undefined }))).toEqual(['identity_protocol.blank']);
    expect(codes(anOidcDocument({ protocol: 'saml' }))).toEqual(['identity_protocol.invalid']);
    expect(codes(anOidcDocument({ identity_protocol: 'openid' }))).toEqual(['identity_protocol.invalid']);
  });
});

describe('P25 unknown fields', () => {
  it('are errors, each with its name', () => {
    const found = errors(anOidcDocument({ redirect_uri: 'https://a.example.gov/', frendly_name: 'x' }));
    expect(found.map(({ field, code }) => ({ field, code }))).toEqual([
      { field: 'redirect_uri', code: 'unknown_field' },
      { field: 'frendly_name', code: 'unknown_field' },
    ]);
  });

  it('tolerates what a read document carries', () => {
    const app = anApp(anOidcDocument({ ial: 2, help_text: { sign_in: 'first_time' } }));
    expect(settings(showApp(app), { previous: app })).toEqual(
      settings(anOidcDocument({ ial: 2, help_text: { sign_in: 'first_time' } })),
    );
  });

  it.each([['text'], [null], [[]], [7]])('refuses %j as a document', (document) => {
    expect(errors(document)).toMatchObject([{ field: '', code: 'document.invalid' }]);
  });
});

describe('REG-1 issuer', () => {
  it.each([
    [''],
    [undefined],
    [null],
    ['with space'],
    [' padded'],
    ['line\nbreak'],
    ['x'.repeat(256)],
    ['\u0007'],
  ])('refuses %j', (issuer) => {
    expect(codes(anOidcDocument({ issuer }))).toEqual(['issuer.format']);
  });

  it.each([['urn:a:b'], ['https://app.example.gov/sp'], ['plain'], ['Ünïcode']])('takes %j', (issuer) => {
    expect(settings(anOidcDocument({ issuer })).issuer).toBe(issuer);
  });

  it('never changes, not even in case', () => {
    const previous = anApp(anOidcDocument({ issuer: 'urn:a' }));
    expect(codes(anOidcDocument({ issuer: 'URN:A' }), { previous })).toEqual(['issuer.immutable']);
  });

  it('stays editable when its form is older than the rule', () => {
    const previous = { ...anApp(anOidcDocument()), issuer: 'with space' };
    expect(codes(anOidcDocument({ issuer: 'with space' }), { previous })).toEqual([]);
  });
});

describe('1.4 friendly_name', () => {
  it('is trimmed and at most 120 characters', () => {
    expect(settings(anOidcDocument({ friendly_name: '  Permits ' })).friendly_name).toBe('Permits');
    expect(codes(anOidcDocument({ friendly_name: 'x'.repeat(121) }))).toEqual(['friendly_name.too_long']);
  });

  it('is not blank', () => {
    expect(codes(anOidcDocument({ friendly_name: '  ' }))).toEqual(['friendly_name.blank']);
  });

  it('may be missing in an imported file', () => {
    expect(codes(anOidcDocument({ friendly_name: undefined }), { imported: true })).toEqual([]);
  });

  it.each([['Permits\u202egov'], ['a\u0000b'], ['\u2066x\u2069']])('refuses deceptive %j', (name) => {
    expect(codes(anOidcDocument({ friendly_name: name }))).toEqual(['friendly_name.invalid']);
  });
});

describe('1.4 enumerations and types', () => {
  it.each([
    ['ial', 3, 'ial.invalid'],
    ['ial', '1', 'ial.invalid'],
    ['default_aal', 4, 'default_aal.invalid'],
    ['block_encryption', 'des', 'block_encryption.invalid'],
    ['active', 'yes', 'active.type'],
    ['redirect_uris', 'https://a.example.gov/', 'redirect_uris.type'],
    ['agency', 7, 'agency.type'],
    ['launch_date', 'tomorrow', 'launch_date.invalid'],
    ['description', 'x'.repeat(4001), 'description.too_long'],
    ['saml_options', { 'Not A Name': true }, 'saml_options.unknown'],
    ['acs_indexes', { first: 'https://a.example.gov/acs' }, 'acs_indexes.invalid'],
    ['acs_indexes', { 1: 7 }, 'acs_indexes.type'],
    ['saml_options', { strict_asc: true }, 'saml_options.unknown'],
    ['saml_options', { toString: true }, 'saml_options.unknown'],
    ['saml_options', { strict_acs: 'yes' }, 'saml_options.type'],
  ])('refuses %s = %j', (field, value, code) => {
    expect(errors(anOidcDocument({ [field]: value }))).toMatchObject([{ field, code }]);
  });

  it('reports every fault at once', () => {
    const found = codes(anOidcDocument({ ial: 9, default_aal: 9, active: 1 }));
    expect(found).toEqual(['active.type', 'ial.invalid', 'default_aal.invalid']);
  });
});

describe('P27 attributes', () => {
  it('are known names, each once', () => {
    expect(codes(anOidcDocument({ attribute_bundle: ['email', 'shoe_size'] }))).toEqual([
      'attributes.unknown',
    ]);
    expect(settings(anOidcDocument({ attribute_bundle: ['email', 'email'] })).attribute_bundle).toEqual([
      'email',
    ]);
  });

  it('need level 2 when they come from proofing', () => {
    expect(codes(anOidcDocument({ attribute_bundle: ['ssn'] }))).toEqual(['attributes.needs_ial2']);
    expect(settings(anOidcDocument({ ial: 2, attribute_bundle: ['ssn'] })).attribute_bundle).toEqual(['ssn']);
  });

  it('are cleared by a step down to level 1', () => {
    const previous = anApp(anOidcDocument({ ial: 2, attribute_bundle: ['email', 'ssn'] }));
    const down = settings(anOidcDocument({ ial: 1, attribute_bundle: ['email', 'ssn'] }), { previous });
    expect(down.attribute_bundle).toEqual(['email']);
  });
});

describe('1.4 SAML fields', () => {
  it('needs an assertion consumer URL', () => {
    expect(codes(aSamlDocument({ acs_url: '' }))).toEqual(['acs_url.blank']);
    const elsewhere = { acs_indexes: { 0: 'https://elsewhere.example.gov/acs' } };
    expect(codes(aSamlDocument(elsewhere))).toEqual(['acs_indexes.unknown']);
  });

  it('needs a certificate to encrypt to, or no encryption', () => {
    expect(codes(aSamlDocument({ certs: [] }))).toEqual(['certs.required']);
    expect(codes(aSamlDocument({ certs: [], block_encryption: 'none' }))).toEqual([]);
  });

  it('needs a certificate to demand signed requests', () => {
    const document = aSamlDocument({ certs: [], block_encryption: 'none', signed_request_required: true });
    expect(codes(document)).toEqual(['certs.required']);
  });

  it('offers e-mail as NameID only where it is allowed', () => {
    const email = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
    expect(codes(aSamlDocument({ nameid_format: email }))).toEqual(['nameid_format.email_not_allowed']);
    expect(codes(aSamlDocument({ nameid_format: email, email_nameid_format_allowed: true }))).toEqual([]);
    expect(codes(aSamlDocument({ nameid_format: 'urn:x' }))).toEqual(['nameid_format.invalid']);
  });

  it('lets partners leave out encryption in the sandbox, not in production', () => {
    const plain = aSamlDocument({ block_encryption: 'none', app_name: 'Grants' });
    expect(codes(plain, { env: 'production', actor: 'partner' })).toEqual(['block_encryption.none_in_prod']);
    expect(codes(plain, { env: 'production', actor: 'operator' })).toEqual([]);
    expect(codes(plain, { env: 'sandbox', actor: 'partner' })).toEqual([]);
  });
});

describe('2 production asks for a finished app', () => {
  it('names every missing field', () => {
    const bare = { issuer: 'urn:a', friendly_name: 'A', identity_protocol: 'openid_connect_pkce', ial: 2 };
    expect(codes(bare, { env: 'production' })).toEqual([
      'app_name.blank',
      'failure_to_proof_url.blank',
      'redirect_uris.blank',
    ]);
    expect(codes(bare, { env: 'sandbox' })).toEqual([]);
  });

  it('is always a production configuration there', () => {
    const complete = anOidcDocument({ app_name: 'Permits' });
    expect(settings(complete, { env: 'production' }).prod_config).toBe(true);
    expect(codes({ ...complete, prod_config: false }, { env: 'production' })).toEqual([
      'prod_config.sandbox_in_prod',
    ]);
  });
});

describe('1.7 certificates in a document', () => {
  it('come as one text or a list', () => {
    expect(settings(anOidcDocument({ certs: pem('first') })).certs).toHaveLength(1);
    expect(settings(anOidcDocument({ certs: [pem('first'), pem('second')] })).certs).toHaveLength(2);
  });

  it('are refused twice', () => {
    const found = errors(anOidcDocument({ certs: [pem('first'), pem('second'), pem('first')] }));
    expect(found).toMatchObject([
      { field: 'certs', code: 'certs.duplicate', message: expect.stringContaining('entry 3') },
    ]);
  });

  it('never repeat what was sent', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIsecret\n-----END RSA PRIVATE KEY-----';
    const found = errors(anOidcDocument({ certs: [key] }));
    expect(found).toMatchObject([{ code: 'certs.private_key' }]);
    expect(JSON.stringify(found)).not.toContain('MIIsecret');
  });
});
