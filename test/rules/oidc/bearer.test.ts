import { describe, expect, it } from 'vitest';
import { readBearer } from '../../../src/oidc/rules/read-bearer.ts';
import { encodeUserinfoError } from '../../../src/oidc/wire/encode-userinfo-error.ts';
import { DOCS } from './an-app.ts';

describe('UIN-1 Authorization header', () => {
  it('carries a token', () => expect(readBearer('Bearer gh_at_1')).toEqual({ ok: true, value: 'gh_at_1' }));

  it.each([null, ''])('%j is no header', (header) => {
    expect(readBearer(header)).toEqual({ ok: false, error: 'no-auth-header' });
  });

  it.each([
    'gh_at_1',
    'Bearer',
    'Bearer ',
    'bearer gh_at_1',
    'BEARER gh_at_1',
    'Bearer  gh_at_1',
    'Bearer a b',
    'Basic eDp5',
    'Bearer a, Bearer b',
  ])('%j is malformed', (header) =>
    expect(readBearer(header)).toEqual({ ok: false, error: 'malformed-auth-header' }),
  );
});

describe('UIN-3 and RFC 6750 section 3', () => {
  it.each([
    ['no-auth-header', 'No Authorization header provided.', 'Bearer realm="userinfo"'],
    [
      'malformed-auth-header',
      'Malformed Authorization header.',
      'Bearer realm="userinfo", error="invalid_request"',
    ],
    [
      'auth-header-contents-not-found',
      'Could not find authorization for the contents of the provided access_token or it may have expired.',
      'Bearer realm="userinfo", error="invalid_token"',
    ],
  ] as const)('%s', (refusal, sentence, challenge) => {
    const answer = encodeUserinfoError(refusal, DOCS);
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.body)).toEqual({
      error: `${sentence} Please see our documentation at ${DOCS}#${refusal}`,
    });
    expect(answer.headers).toMatchObject({ 'www-authenticate': challenge, 'cache-control': 'no-store' });
  });
});
