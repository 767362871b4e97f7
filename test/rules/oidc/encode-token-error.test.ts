import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TokenFault, tokenFault } from '../../../src/oidc/rules/token-faults.ts';
import { encodeTokenError } from '../../../src/oidc/wire/encode-token-error.ts';
import { DOCS } from './an-app.ts';

const encode = (legacy: boolean, ...faults: [TokenFault, ...TokenFault[]]) => {
  const { status, headers, body } = encodeTokenError(faults, { legacy, docsUrl: DOCS });
  return { status, headers, body: JSON.parse(body) };
};

describe('TOK-10 sentences, in the shape of old relying parties', () => {
  it.each([
    [tokenFault('grant-type'), 'Grant type is not included in the list'],
    [tokenFault('client-assertion-type'), 'Client assertion type is not included in the list'],
    [tokenFault('token-expired'), `Code is expired. Please see our documentation at ${DOCS}#token-expired`],
    [
      tokenFault('invalid-code'),
      `Code is invalid because doesn’t match any user. Please see our documentation at ${DOCS}#invalid-code`,
    ],
    [
      tokenFault('pkce-or-private-key'),
      `Code Client must authenticate via PKCE or private_key_jwt, missing either code_challenge or client_assertion. Please see our documentation at ${DOCS}#pkce-or-private-key`,
    ],
    [
      tokenFault('invalid-code-verifier'),
      `Code verifier code_verifier did not match code_challenge. Please see our documentation at ${DOCS}#invalid-code-verifier`,
    ],
    [
      tokenFault('invalid-token-signature'),
      `Client assertion Could not validate assertion against any registered public keys. Please see our documentation at ${DOCS}#invalid-token-signature`,
    ],
    [tokenFault('assertion-signature'), 'Client assertion Signature verification failed'],
    [tokenFault('assertion-algorithm'), 'Client assertion Expected a different algorithm'],
    [tokenFault('assertion-segments'), 'Client assertion Not enough or too many segments'],
    [tokenFault('assertion-missing'), 'Client assertion Nil JSON web token'],
    [
      tokenFault('assertion-issuer', 'urn:p', '<none>'),
      'Client assertion Invalid issuer. Expected ["urn:p"], received <none>',
    ],
    [
      tokenFault('assertion-subject', 'urn:p', '$&'),
      'Client assertion Invalid subject. Expected urn:p, received $&',
    ],
    [tokenFault('assertion-expired'), 'Client assertion Signature has expired'],
    [tokenFault('assertion-nbf'), 'Client assertion Signature nbf has not been reached'],
    [
      tokenFault('invalid-aud-claim', 'https://idp.example/api/openid_connect/token'),
      `Client assertion Invalid audience claim, expected https://idp.example/api/openid_connect/token. Please see our documentation at ${DOCS}#invalid-aud-claim`,
    ],
    [
      tokenFault('invalid-iat'),
      `Client assertion iat must be an integer or floating point Unix timestamp representing a time in the past. Please see our documentation at ${DOCS}#invalid-iat`,
    ],
  ])('%j', (fault, text) => {
    expect(encode(true, fault)).toMatchObject({ status: 400, body: { error: text } });
    expect(Object.keys(encode(true, fault).body)).toEqual(['error']);
  });

  it('are joined by a space, and never 401', () => {
    const answer = encode(true, tokenFault('grant-type'), tokenFault('assertion-signature'));
    expect(answer.status).toBe(400);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
    expect(answer.body.error).toBe(
      'Grant type is not included in the list Client assertion Signature verification failed',
    );
  });
});

describe('RFC 6749 section 5.2', () => {
  it.each([
    ['grant-type', 'unsupported_grant_type', 400],
    ['invalid-code', 'invalid_grant', 400],
    ['token-expired', 'invalid_grant', 400],
    ['invalid-code-verifier', 'invalid_grant', 400],
    ['client-mismatch', 'invalid_grant', 400],
    ['request-malformed', 'invalid_request', 400],
    ['request-content-type', 'invalid_request', 400],
    ['pkce-or-private-key', 'invalid_client', 401],
    ['assertion-signature', 'invalid_client', 401],
    ['invalid-aud-claim', 'invalid_client', 401],
  ] as const)('%s is %s', (id, error, status) => {
    const answer = encode(false, tokenFault(id));
    expect(answer).toMatchObject({ status, body: { error } });
    expect('www-authenticate' in answer.headers).toBe(status === 401);
  });

  it('the code is that of the first fault, the description holds all', () => {
    const { body } = encode(false, tokenFault('invalid-code'), tokenFault('invalid-code-verifier'));
    expect(body).toEqual({
      error: 'invalid_grant',
      error_description:
        `Code is invalid because doesn't match any user. Please see our documentation at ${DOCS}#invalid-code ` +
        `Code verifier code_verifier did not match code_challenge. Please see our documentation at ${DOCS}#invalid-code-verifier`,
    });
  });

  it('the description keeps to the allowed characters whatever was received', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (received) => {
        const { body } = encode(false, tokenFault('assertion-issuer', 'urn:p', received));
        expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/);
      }),
    );
  });

  it('is never cached', () => {
    for (const legacy of [true, false]) {
      expect(encode(legacy, tokenFault('invalid-code')).headers).toMatchObject({
        'cache-control': 'no-store',
        pragma: 'no-cache',
        'content-type': 'application/json; charset=utf-8',
      });
    }
  });
});
