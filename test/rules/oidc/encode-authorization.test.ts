import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkReturn, type TrustedReturn } from '../../../src/oidc/rules/trusted-return.ts';
import { addQuery, encodeFormComponent } from '../../../src/oidc/wire/add-query.ts';
import {
  encodeAuthorizationRefusal,
  encodeAuthorizationSuccess,
  encodeInvalidRequest,
} from '../../../src/oidc/wire/encode-authorization.ts';
import { anApp, CALLBACK, ISSUER, refused, STATE } from './an-app.ts';

const trusted = (redirectUri = CALLBACK, state: string | undefined = STATE, iss = false): TrustedReturn => {
  const to = checkReturn(
    { redirect_uris: [redirectUri], authorization_response_iss: iss },
    redirectUri,
    state,
  );
  if (!to.ok) throw new Error(to.error.reason);
  return to.value;
};

describe('ERR-5 query building', () => {
  it.each([
    ['https://a.example/cb', 'https://a.example/cb?code=1&state=s'],
    ['https://a.example', 'https://a.example?code=1&state=s'],
    ['https://a.example/cb?', 'https://a.example/cb?code=1&state=s'],
    ['https://a.example/cb?x=1', 'https://a.example/cb?code=1&state=s&x=1'],
    ['https://a.example/cb?b=2&a=1', 'https://a.example/cb?a=1&b=2&code=1&state=s'],
    ['https://a.example/cb?state=old&code=old&z', 'https://a.example/cb?code=1&state=s&z='],
    ['https://a.example/cb?st%61te=old', 'https://a.example/cb?code=1&state=s'],
    ['https://a.example/cb?x=a%20b+c', 'https://a.example/cb?code=1&state=s&x=a+b+c'],
    ['https://a.example/cb?x=2&x=1&&', 'https://a.example/cb?code=1&state=s&x=2&x=1'],
    ['https://a.example/cb?x=%FF', 'https://a.example/cb?code=1&state=s&x=%25FF'],
    ['https://a.example/cb?x=1#top', 'https://a.example/cb?code=1&state=s&x=1#top'],
    ['https://a.example/cb#top?x=1', 'https://a.example/cb?code=1&state=s#top?x=1'],
    ['gov.example.parks://done', 'gov.example.parks://done?code=1&state=s'],
    ['gov.example.parks:', 'gov.example.parks:?code=1&state=s'],
  ])('%s', (uri, expected) => {
    expect(
      addQuery(uri, [
        ['code', '1'],
        ['state', 's'],
      ]),
    ).toBe(expected);
  });

  it('escapes like a form: space as plus, everything else but unreserved in hexadecimal', () => {
    expect(encodeFormComponent("a b(c)!*'~-._/é&=+%")).toBe('a+b%28c%29%21%2A%27~-._%2F%C3%A9%26%3D%2B%25');
  });

  it('whatever goes in comes out again, and nothing that could end a header line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        (state, uri) => {
          const result = addQuery(uri, [
            ['code', 'c'],
            ['state', state],
          ]);
          expect(new URL(result).searchParams.getAll('state')).toEqual([state.toWellFormed()]);
          expect(result.slice(uri.split(/[?#]/)[0]?.length)).toMatch(/^[!-~]*$/);
        },
      ),
    );
  });
});

describe('ERR-8 success', () => {
  it('carries code and state', () => {
    expect(encodeAuthorizationSuccess(trusted(), 'gh_code_1', ISSUER)).toBe(
      `${CALLBACK}?code=gh_code_1&state=${STATE}`,
    );
  });

  it('RFC 9207 names the issuer where the app has it on', () => {
    expect(encodeAuthorizationSuccess(trusted(CALLBACK, STATE, true), 'c', ISSUER)).toBe(
      `${CALLBACK}?code=c&iss=https%3A%2F%2Fidp.example%2F&state=${STATE}`,
    );
  });
});

describe('ERR-2 invalid_request', () => {
  it('joins all messages, and echoes the state', () => {
    const refusal = refused({ state: 'abc', prompt: 'login' }, anApp());
    if (refusal.kind !== 'return') throw new Error('a page');
    expect(encodeInvalidRequest(refusal.to, refusal.messages, ISSUER)).toBe(
      `${CALLBACK}?error=invalid_request&error_description=State+is+too+short+%28minimum+is+22+characters%29+` +
        'Prompt+No+valid+prompt+values+found.+Please+see+our+documentation+at+' +
        'https%3A%2F%2Fidp.example%2Fdevelopers%2Fsupport%2F%23oidc-no-prompt&state=abc',
    );
  });

  it('sends an empty state when none came', () => {
    expect(encodeInvalidRequest(trusted(CALLBACK, ''), [], ISSUER)).toBe(
      `${CALLBACK}?error=invalid_request&error_description=&state=`,
    );
  });

  it('RFC 9207 section 2 names the issuer on errors too', () => {
    expect(encodeAuthorizationRefusal(trusted(CALLBACK, STATE, true), 'cancelled', ISSUER)).toBe(
      `${CALLBACK}?error=access_denied&iss=https%3A%2F%2Fidp.example%2F&state=${STATE}`,
    );
  });
});

describe('ERR-3 and OIDC Core section 3.1.2.6 refusals', () => {
  it.each([
    ['cancelled', 'access_denied'],
    ['login', 'login_required'],
    ['interaction', 'interaction_required'],
    ['consent', 'consent_required'],
  ] as const)('%s is %s, without a description', (reason, error) => {
    expect(encodeAuthorizationRefusal(trusted(), reason, ISSUER)).toBe(
      `${CALLBACK}?error=${error}&state=${STATE}`,
    );
  });
});

describe('TrustedReturn', () => {
  it('is not made for a URI the app does not have', () => {
    expect(checkReturn(anApp(), 'https://evil.example/cb', STATE)).toEqual({
      ok: false,
      error: { reason: 'no_match' },
    });
    expect(checkReturn(anApp(), undefined, STATE)).toEqual({ ok: false, error: { reason: 'invalid' } });
  });

  it('sends to the URI as requested', () => {
    const to = checkReturn(anApp(), 'HTTPS://Parks.example.gov:443/cb', STATE);
    expect(to.ok && to.value.redirectUri).toBe('HTTPS://Parks.example.gov:443/cb');
  });
});
