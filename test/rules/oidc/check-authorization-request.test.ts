import { describe, expect, it } from 'vitest';
import { readSlip, writeSlip } from '../../../src/oidc/endpoints/door.ts';
import { toSignInRequest } from '../../../src/oidc/rules/to-sign-in-request.ts';
import {
  aFullApp,
  anApp,
  CALLBACK,
  check,
  DOCS,
  DUO,
  ids,
  NONCE,
  OPTIONS,
  P,
  refused,
  STATE,
  valid,
} from './an-app.ts';

const texts = (over: Record<string, string | null>, app = anApp()): readonly string[] =>
  refused(over, app).messages.map(({ text }) => text);
const doc = (anchor: string): string => `Please see our documentation at ${DOCS}#${anchor}`;

describe('oidc section 3 a complete request', () => {
  it('is accepted and taken apart', () => {
    const app = aFullApp();
    expect(
      valid(
        {
          acr_values: `urn:acr.login.gov:verified ${P}/aal/2`,
          scope: 'openid email profile phone sub',
          code_challenge: 'EMHHwoQGGHUwajDKLEdcOW0k1ZfDwHyTCyCcUymCEck=',
          code_challenge_method: 'S256',
          locale: 'ES',
          verified_within: '2m',
          tid: 'tag-1',
          login_hint: 'pat@example.com',
          max_age: '300',
          id_token_hint: 'a.b.c',
        },
        app,
      ),
    ).toEqual({
      app,
      return: { redirectUri: CALLBACK, state: STATE, iss: false },
      nonce: NONCE,
      scopes: ['openid', 'email', 'profile', 'phone'],
      attributes: ['email', 'given_name', 'family_name', 'birthdate', 'verified_at', 'phone'],
      need: { identity: 'verified', authentication: 'fresh-second-factor' },
      acr: { urn: true, aal: `${P}/aal/2`, identity: 'verified' },
      codeChallenge: 'EMHHwoQGGHUwajDKLEdcOW0k1ZfDwHyTCyCcUymCEck=',
      prompt: 'select_account',
      locale: 'es',
      verifiedWithinDays: 60,
      tag: 'tag-1',
      loginHint: 'pat@example.com',
      maxAgeSeconds: 300,
      idTokenHint: 'a.b.c',
    });
  });
});

describe('oidc 3.7 messages', () => {
  it.each([
    [
      'redirect mismatch',
      { redirect_uri: `${CALLBACK}/x` },
      `Redirect uri redirect_uri does not match registered redirect_uri. ${doc('oidc-redirect-match')}`,
    ],
    [
      'unparsable redirect',
      { redirect_uri: 'parks' },
      `Redirect uri redirect_uri is invalid. ${doc('oidc-invalid-redirect')}`,
    ],
    ['short state', { state: 'abc' }, 'State is too short (minimum is 22 characters)'],
    ['short nonce', { nonce: 'a'.repeat(21) }, 'Nonce is too short (minimum is 22 characters)'],
    ['response type', { response_type: 'id_token' }, 'Response type is not included in the list'],
    ['missing response type', { response_type: null }, 'Response type is not included in the list'],
    ['no challenge method', { code_challenge: 'x' }, 'Code challenge method is not included in the list'],
    [
      'plain challenge',
      { code_challenge: 'x', code_challenge_method: 'plain' },
      'Code challenge method is not included in the list',
    ],
    [
      'nothing recognised',
      { acr_values: 'urn:x' },
      `Acr values No acceptable acr_values found. ${doc('oidc-no-acr-values')}`,
    ],
    [
      'only AAL',
      { acr_values: `${P}/aal/2` },
      `Acr values Missing a valid IAL level. ${doc('oidc-missing-ial')}`,
    ],
    [
      'only strict',
      { acr_values: `${P}/ial/2?strict=true` },
      `Acr values Missing a valid IAL level. ${doc('oidc-missing-ial')}`,
    ],
    [
      'no usable scope',
      { scope: 'profile sub' },
      `Scope No valid scope values found. ${doc('oidc-no-scope')}`,
    ],
    [
      'level not permitted',
      { acr_values: `${P}/ial/2` },
      `Acr values The acr_values are not authorized. ${doc('oidc-missing-acr-values')}`,
    ],
    ['prompt refused', { prompt: 'login' }, `Prompt No valid prompt values found. ${doc('oidc-no-prompt')}`],
    ['max_age', { max_age: '5m' }, 'Max age must be a whole number of seconds'],
  ])('%s', (_, over, text) => {
    expect(texts(over)).toEqual([text]);
  });

  it('unknown client', () => {
    expect(refused({}, null)).toEqual({
      kind: 'page',
      messages: [
        { id: 'bad-client-id', field: 'client_id', text: `Client Bad client_id. ${doc('bad-client-id')}` },
      ],
    });
  });

  it('unknown prompt: two sentences', () => {
    expect(texts({ prompt: 'consent' })).toEqual([
      'Prompt is not included in the list',
      `Prompt No valid prompt values found. ${doc('oidc-no-prompt')}`,
    ]);
  });

  it('verified_within, for apps that may use it', () => {
    const app = anApp({ verified_within_allowed: true });
    expect(texts({ verified_within: '30' }, app)).toEqual([
      'Verified within Unrecognized format for verified_within',
    ]);
    expect(texts({ verified_within: '29d' }, app)).toEqual([
      'Verified within value must be at least 30 days or older',
    ]);
  });
});

describe('ERR-1 accumulation', () => {
  it('everything that is wrong appears, in the order of the table', () => {
    const refusal = refused(
      {
        redirect_uri: 'https://other.example/',
        acr_values: null,
        scope: '',
        state: null,
        nonce: ' ',
        prompt: '',
        response_type: 'token',
        code_challenge: '',
        verified_within: 'x',
        max_age: '-1',
      },
      anApp({ verified_within_allowed: true }),
    );
    expect(refusal.kind).toBe('page');
    expect(ids(refusal)).toEqual([
      'oidc-redirect-match',
      'acr-values-blank',
      'scope-blank',
      'state-blank',
      'nonce-blank',
      'prompt-blank',
      'state-too-short',
      'nonce-too-short',
      'response-type',
      'prompt-unknown',
      'code-challenge-method',
      'oidc-no-acr-values',
      'oidc-no-scope',
      'oidc-no-prompt',
      'verified-within-format',
      'max-age',
    ]);
  });

  it('shows a page for a missing client or redirect URI', () => {
    expect(ids(refused({ client_id: null }, null))).toEqual(['client-blank', 'bad-client-id']);
    expect(ids(refused({ redirect_uri: null }))).toEqual(['oidc-invalid-redirect', 'redirect-uri-blank']);
    expect(refused({ redirect_uri: null }).kind).toBe('page');
    expect(ids(refused({ redirect_uri: null }, null)), 'all there is to say').toEqual([
      'oidc-invalid-redirect',
      'redirect-uri-blank',
      'bad-client-id',
    ]);
    expect(ids(refused({ redirect_uri: 'https://' }, null))).toEqual([
      'oidc-invalid-redirect',
      'bad-client-id',
    ]);
  });

  it('shows a page whatever else is wrong, once the client or the redirect URI is', () => {
    expect(refused({ state: 'abc', redirect_uri: 'https://other.example/' }).kind).toBe('page');
    expect(refused({ state: 'abc' }, null).kind).toBe('page');
  });

  it('tells the app otherwise, with the state as received', () => {
    expect(refused({ state: 'abc' })).toEqual({
      kind: 'return',
      to: { redirectUri: CALLBACK, state: 'abc', iss: false },
      error: 'invalid_request',
      messages: [
        { id: 'state-too-short', field: 'state', text: 'State is too short (minimum is 22 characters)' },
      ],
    });
    expect(refused({ state: null })).toMatchObject({ kind: 'return', to: { state: '' } });
  });

  it('does not take a SAML app for a client', () => {
    expect(ids(refused({}, anApp({ identity_protocol: 'saml' })))).toEqual(['bad-client-id']);
  });

  it('RED-3 refuses an app without redirect URIs', () => {
    expect(refused({}, anApp({ redirect_uris: [] })).kind).toBe('page');
  });
});

describe('CFG-8 state and nonce', () => {
  it('22 characters are enough', () => {
    expect(valid({ state: 's'.repeat(22), nonce: 'n'.repeat(22) }).nonce).toBe('n'.repeat(22));
  });

  it('excused apps may send shorter ones, but not none', () => {
    const app = anApp({ allow_short_state: true });
    expect(valid({ state: 's', nonce: 'n' }, app).return.state).toBe('s');
    expect(ids(refused({ state: '', nonce: null }, app))).toEqual(['state-blank', 'nonce-blank']);
  });
});

describe('PRM-1 prompt', () => {
  it('absent means select_account', () => expect(valid({ prompt: null }).prompt).toBe('select_account'));

  it.each([
    ['login', 'allow_prompt_login'],
    ['create', 'prompt_create_allowed'],
  ])('%s needs %s', (prompt, permission) => {
    expect(ids(refused({ prompt }))).toEqual(['oidc-no-prompt']);
    expect(valid({ prompt }, anApp({ [permission]: true })).prompt).toBe(prompt);
  });

  it('none is open to everybody, alone', () => {
    expect(valid({ prompt: 'none' }).prompt).toBe('none');
    expect(ids(refused({ prompt: 'none login' }, aFullApp()))).toEqual(['prompt-unknown', 'oidc-no-prompt']);
  });

  it.each(['consent', 'select_account login', 'LOGIN', ' login', 'constructor'])(
    '%j is refused',
    (prompt) => {
      expect(ids(refused({ prompt }, aFullApp()))).toEqual(['prompt-unknown', 'oidc-no-prompt']);
    },
  );
});

describe('SCP-2 strict deployments', () => {
  const strict = { ...OPTIONS, strictScopes: true };
  it('refuse scopes above the level', () => {
    expect(ids(refused({ scope: 'openid profile' }, anApp(), strict))).toEqual(['oidc-unauthotized-scope']);
    expect(ids(refused({ scope: 'profile' }, anApp(), strict))).toEqual(['oidc-unauthotized-scope']);
  });
  it('refuse nothing else', () => {
    expect(valid({ scope: 'openid sub' }, anApp(), strict).scopes).toEqual(['openid']);
  });
});

describe('ACR-6, ACR-8, ACR-10 at the door', () => {
  it('judges every value of a mixed list', () => {
    const acr_values = 'urn:acr.login.gov:auth-only urn:acr.login.gov:verified';
    expect(ids(refused({ acr_values }))).toEqual(['oidc-missing-acr-values']);
  });

  it('applies the default and echoes what was sent, not what is enforced', () => {
    const request = valid({}, anApp({ default_aal: 3 }));
    expect(request.need.authentication).toBe('phishing-resistant');
    expect(request.acr.aal).toBe(DUO);
  });

  it('an explicit value overrides a stricter default', () => {
    const request = valid({ acr_values: `${P}/ial/1 ${DUO}` }, anApp({ default_aal: 3 }));
    expect(request.need.authentication).toBe('second-factor');
    expect(request.acr).toEqual({ urn: false, aal: DUO, identity: 'none' });
  });

  it('one urn value is enough for an answer in urn words', () => {
    expect(valid({ acr_values: `${P}/ial/2 urn:acr.login.gov:auth-only` }, aFullApp()).acr).toEqual({
      urn: true,
      aal: DUO,
      identity: 'verified',
    });
  });
});

describe('AUT-14 language', () => {
  it.each([
    ['fr', null, 'fr'],
    ['FR', null, 'fr'],
    ['es-MX', null, 'es'],
    ['zh_Hans', null, 'zh'],
    ['', null, null],
    ['de', null, null],
    ['english', null, null],
    [null, 'de fr-CA en', 'fr'],
    ['xx', 'de es', 'es'],
    ['en', 'fr', 'en'],
    [null, 'de', null],
  ])('locale %j, ui_locales %j: %j', (locale, ui_locales, expected) => {
    expect(valid({ locale, ui_locales }).locale).toBe(expected);
  });
});

describe('AUT-15 verified_within', () => {
  const app = anApp({ verified_within_allowed: true });
  it.each([
    ['30d', 30],
    ['5w', 35],
    ['1m', 30],
    ['2y', 730],
  ])('%s is %i days', (verified_within, days) => {
    expect(valid({ verified_within }, app).verifiedWithinDays).toBe(days);
  });

  it('is ignored for apps that may not use it, even malformed, and when blank', () => {
    expect(valid({ verified_within: 'junk' }).verifiedWithinDays).toBeNull();
    expect(valid({ verified_within: '90d' }).verifiedWithinDays).toBeNull();
    expect(valid({ verified_within: '' }, app).verifiedWithinDays).toBeNull();
  });

  it.each(['1', 'd', '30 d', '-30d', '30D', '1.5y', '999999d', '30d\n'])(
    '%j is not understood',
    (verified_within) => {
      expect(ids(refused({ verified_within }, app))).toEqual(['verified-within-format']);
    },
  );
});

describe('OIDC Core section 3.1.2.1 additions', () => {
  it('max_age is optional, blank counts as omitted, zero counts', () => {
    expect(valid().maxAgeSeconds).toBeNull();
    expect(valid({ max_age: '' }).maxAgeSeconds).toBeNull();
    expect(valid({ max_age: '0' }).maxAgeSeconds).toBe(0);
    expect(valid({ max_age: '9'.repeat(400) }).maxAgeSeconds).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each(['-1', '1.5', '1e3', ' 5', 'x'])('max_age %j is refused', (max_age) => {
    expect(ids(refused({ max_age }))).toEqual(['max-age']);
  });

  it('login_hint fills a field when it fits, and never causes an error', () => {
    expect(valid({ login_hint: ' pat@example.com ' }).loginHint).toBe('pat@example.com');
    expect(valid({ login_hint: 'a'.repeat(254) }).loginHint).toHaveLength(254);
    expect(valid({ login_hint: 'a'.repeat(255) }).loginHint).toBeNull();
    expect(valid({ login_hint: 'a\nb' }).loginHint).toBeNull();
    expect(valid({ login_hint: '' }).loginHint).toBeNull();
  });

  it('AUT-16 keeps either tag, the first name first', () => {
    expect(valid({ attempts_api_session_id: 'a', tid: 'b' }).tag).toBe('a');
    expect(valid({ attempts_api_session_id: '', tid: 'b' }).tag).toBe('b');
    expect(valid().tag).toBeNull();
    expect(readSlip(writeSlip(valid({ tid: 'b' }))).tag, 'with the stored request').toBe('b');
  });

  it('an empty challenge with its method counts as none', () => {
    expect(valid({ code_challenge: '', code_challenge_method: 'S256' }).codeChallenge).toBeNull();
    expect(valid({ code_challenge_method: 'plain' }).codeChallenge).toBeNull();
  });
});

describe('ERR-6 inactive apps', () => {
  it('are validated like others: the endpoint shows its own page afterwards', () => {
    expect(check({}, anApp({ active: false })).ok).toBe(true);
  });
});

describe('toSignInRequest', () => {
  it('asks in the words of the hall', () => {
    expect(
      toSignInRequest(valid({ login_hint: 'pat@example.com', max_age: '60', locale: 'fr' }), 'sub-1'),
    ).toEqual({
      app: anApp().uuid,
      need: { identity: 'none', authentication: 'second-factor' },
      rememberedDeviceAllowed: true,
      attributes: ['email'],
      mayInteract: true,
      forceReauthentication: false,
      maxAgeSeconds: 60,
      startWith: 'sign-in',
      emailHint: 'pat@example.com',
      subjectHint: 'sub-1',
      locale: 'fr',
      verifiedWithinDays: null,
    });
  });

  it.each([
    ['none', { mayInteract: false, forceReauthentication: false, startWith: 'sign-in' }],
    ['login', { mayInteract: true, forceReauthentication: true, startWith: 'sign-in' }],
    ['create', { mayInteract: true, forceReauthentication: false, startWith: 'create-account' }],
    ['select_account', { mayInteract: true, forceReauthentication: false, startWith: 'sign-in' }],
  ])('prompt=%s', (prompt, expected) => {
    expect(toSignInRequest(valid({ prompt }, aFullApp()), null)).toMatchObject(expected);
  });

  it('MFA-1 no remembered device for an app with ial 2 or any AAL2 context', () => {
    expect(toSignInRequest(valid({}, aFullApp()), null).rememberedDeviceAllowed).toBe(false);
    expect(toSignInRequest(valid({}, anApp({ default_aal: 2 })), null).rememberedDeviceAllowed).toBe(false);
    const acr_values = `${P}/ial/1 ${P}/aal/2`;
    expect(toSignInRequest(valid({ acr_values }), null).rememberedDeviceAllowed).toBe(false);
  });
});
