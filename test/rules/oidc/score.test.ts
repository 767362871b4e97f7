import { describe, expect, it } from 'vitest';
import { gatherFacts } from '../../../src/oidc/rules/authorization-facts.ts';
import { checkAcrPermitted, checkAcrValues } from '../../../src/oidc/rules/check-acr-values.ts';
import { checkClient } from '../../../src/oidc/rules/check-client.ts';
import { checkCodeChallenge } from '../../../src/oidc/rules/check-code-challenge.ts';
import { checkMaxAge, readMaxAge } from '../../../src/oidc/rules/check-max-age.ts';
import { checkPromptKnown, checkPromptPermitted, readPrompt } from '../../../src/oidc/rules/check-prompt.ts';
import { checkRedirectUri } from '../../../src/oidc/rules/check-redirect-uri.ts';
import { checkRequired } from '../../../src/oidc/rules/check-required.ts';
import { checkResponseType } from '../../../src/oidc/rules/check-response-type.ts';
import { checkScope } from '../../../src/oidc/rules/check-scope.ts';
import { checkStateAndNonce } from '../../../src/oidc/rules/check-state-and-nonce.ts';
import { checkVerifiedWithin } from '../../../src/oidc/rules/check-verified-within.ts';
import { fieldOf, message, unreadable } from '../../../src/oidc/rules/messages.ts';
import { readRequestedLocale } from '../../../src/oidc/rules/read-locale.ts';
import { readVerifiedWithin } from '../../../src/oidc/rules/read-verified-within.ts';
import { AUTHORIZATION_SCORE } from '../../../src/oidc/rules/score.ts';
import type { AuthorizationParameter } from '../../../src/oidc/wire/authorization-parameters.ts';
import { aFullApp, anApp, aRequest, DOCS, OPTIONS, P } from './an-app.ts';

const facts = (sent: Partial<Record<AuthorizationParameter, string>>, app = aFullApp()) =>
  gatherFacts(new Map(Object.entries(sent) as [AuthorizationParameter, string][]), app, OPTIONS);
const GOOD = aRequest();

describe('ERR-1 the score', () => {
  it('plays every check, in the order of the messages', () => {
    expect(AUTHORIZATION_SCORE).toEqual([
      checkRedirectUri,
      checkRequired,
      checkStateAndNonce,
      checkResponseType,
      checkPromptKnown,
      checkCodeChallenge,
      checkAcrValues,
      checkClient,
      checkScope,
      checkAcrPermitted,
      checkPromptPermitted,
      checkVerifiedWithin,
      checkMaxAge,
    ]);
  });

  it('is silent on a good request, each check by itself', () => {
    for (const check of AUTHORIZATION_SCORE) expect([check(facts(GOOD)) ?? []].flat()).toEqual([]);
  });
});

describe('single rules', () => {
  it.each([
    ['AUT-4', checkClient, GOOD, anApp({ identity_protocol: 'saml' }), ['bad-client-id']],
    [
      'AUT-5',
      checkRedirectUri,
      { ...GOOD, redirect_uri: 'https://x.example/' },
      undefined,
      ['oidc-redirect-match'],
    ],
    ['AUT-6', checkResponseType, { ...GOOD, response_type: 'code id_token' }, undefined, ['response-type']],
    ['AUT-6', checkResponseType, { ...GOOD, response_type: 'Code' }, undefined, ['response-type']],
    ['AUT-7', checkAcrValues, { ...GOOD, acr_values: `${P}/aal/3` }, undefined, ['oidc-missing-ial']],
    ['AUT-8', checkScope, { ...GOOD, scope: 'x' }, undefined, ['oidc-no-scope']],
    ['AUT-9', checkStateAndNonce, { nonce: 'n'.repeat(22) }, undefined, ['state-too-short']],
    ['AUT-10', checkStateAndNonce, { state: 's'.repeat(22) }, undefined, ['nonce-too-short']],
    ['AUT-11', checkRequired, { ...GOOD, prompt: ' ' }, undefined, ['prompt-blank']],
    ['AUT-13', checkCodeChallenge, { code_challenge: '' }, undefined, ['code-challenge-method']],
    ['AUT-15', checkVerifiedWithin, { verified_within: '1d' }, undefined, ['verified-within-short']],
    ['ACR-6', checkAcrPermitted, { acr_values: `${P}/ial/0` }, anApp(), ['oidc-missing-acr-values']],
    ['PRM-1', checkPromptKnown, { prompt: 'none none' }, undefined, ['prompt-unknown']],
    ['PRM-1', checkPromptPermitted, { prompt: 'create' }, anApp(), ['oidc-no-prompt']],
    ['OIDC Core section 3.1.2.1', checkMaxAge, { max_age: '1,000' }, undefined, ['max-age']],
  ] as const)('%s', (_, check, sent, app, expected) => {
    expect([check(facts(sent, app)) ?? []].flat()).toEqual(expected);
  });

  it('AUT-11 reads prompt', () => {
    expect([undefined, 'login', 'none', '', 'x'].map(readPrompt)).toEqual([
      'select_account',
      'login',
      'none',
      null,
      null,
    ]);
  });

  it('OIDC Core section 3.1.2.1 reads max_age', () => {
    expect([undefined, '', '0', '60', 'x'].map(readMaxAge)).toEqual([null, null, 0, 60, undefined]);
  });

  it('AUT-14 reads the language, and AUT-15 the duration', () => {
    expect(readRequestedLocale('zh-CN', undefined)).toBe('zh');
    expect(readVerifiedWithin('1y')).toEqual({ ok: true, value: 365 });
    expect(readVerifiedWithin('4w')).toEqual({ ok: false, error: { reason: 'too_short' } });
  });
});

describe('ERR-7 messages', () => {
  it('end with the documentation where it explains them', () => {
    expect(message('bad-client-id', DOCS).text).toBe(
      `Client Bad client_id. Please see our documentation at ${DOCS}#bad-client-id`,
    );
    expect(message('response-type', DOCS).text).not.toContain(DOCS);
    expect(fieldOf('post-logout-redirect-uri-blank')).toBe('post_logout_redirect_uri');
  });

  it('exist for requests that cannot be read', () => {
    expect(message(unreadable('malformed'), DOCS).id).toBe('parameter-malformed');
    expect(message(unreadable('too_long'), DOCS).id).toBe('parameter-too-long');
  });
});
