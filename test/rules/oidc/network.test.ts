import { describe, expect, it } from 'vitest';
import { cancelTarget } from '../../../src/oidc/rules/cancel-target.ts';
import { corsHeaders, foreignOrigin, READ_CORS, TOKEN_CORS } from '../../../src/oidc/rules/cors.ts';
import { formAction } from '../../../src/oidc/rules/form-action.ts';
import { formActionSource, originOf } from '../../../src/oidc/rules/origins.ts';
import { anApp, CALLBACK, STATE } from './an-app.ts';

describe('NET-1 CORS', () => {
  const OWN = 'https://idp.example';

  it('reflects a registered origin', () => {
    expect(corsHeaders('https://parks.example.gov', READ_CORS, null)).toEqual({
      vary: 'Origin',
      'access-control-allow-origin': 'https://parks.example.gov',
      'access-control-allow-methods': 'GET',
      'access-control-expose-headers': '',
      'access-control-max-age': '7200',
    });
  });

  it('allows credentials at the token endpoint, and echoes requested headers', () => {
    expect(corsHeaders('https://parks.example.gov', TOKEN_CORS, 'content-type, X-Trace')).toMatchObject({
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'content-type, X-Trace',
    });
  });

  it.each(['a\r\nset-cookie: x', 'a;b', 'é', 'a'.repeat(1025)])('does not echo %j', (names) => {
    expect(corsHeaders('https://parks.example.gov', READ_CORS, names)).not.toHaveProperty(
      'access-control-allow-headers',
    );
  });

  it('says nothing to other origins, but tells caches that it depends', () => {
    expect(corsHeaders(null, TOKEN_CORS, 'a')).toEqual({ vary: 'Origin' });
  });

  it.each([
    null,
    OWN,
    'null',
    '',
    'https://',
    'https://a.example/',
    'https://a.example/x',
    'https://a b',
    '*',
    'https://a.example, https://b.example',
    `https://${'a'.repeat(400)}.example`,
  ])('%j is nothing to look up', (origin) => expect(foreignOrigin(origin, OWN)).toBeNull());

  it.each([
    'https://parks.example.gov',
    'http://localhost:9292',
    'capacitor://localhost',
    'https://[::1]:8443',
  ])('%s is', (origin) => expect(foreignOrigin(origin, OWN)).toBe(origin));

  it.each([
    ['https://Parks.example.gov/cb?x#y', 'https://parks.example.gov'],
    ['https://parks.example.gov:443/', 'https://parks.example.gov'],
    ['http://localhost:9292/auth', 'http://localhost:9292'],
    ['gov.example.parks://done', 'gov.example.parks://done'],
    ['gov.example.parks:/done', null],
    ['https://u:p@a.example/', 'https://a.example'],
    ['junk', null],
  ])('the origin of %s is %s', (uri, origin) => expect(originOf(uri)).toBe(origin));
});

describe('NET-4 form-action', () => {
  it('reduces every registered URI, each once', () => {
    const app = anApp({
      redirect_uris: [
        CALLBACK,
        `${CALLBACK}/2`,
        'gov.example.parks://done',
        'http://localhost:3000/cb',
        'junk',
      ],
      post_logout_redirect_uris: ['https://bye.example/', CALLBACK],
    });
    expect(formAction(app)).toBe(
      "'self' https://parks.example.gov gov.example.parks: http://localhost:3000 https://bye.example",
    );
    expect(formAction(app)).toBe(formAction({ ...app }));
  });

  it('NET-5 without an app it is ourselves', () => expect(formAction(null)).toBe("'self'"));

  it.each([
    'https://a.example;script-src/',
    "https://a'b.example/",
    'https://a,b.example/',
    'https://*.example/',
  ])('%s cannot write another directive', (uri) => expect(formActionSource(uri)).toBeNull());
});

describe('FLO-9, AP-4 back to the app', () => {
  const app = anApp({ return_to_sp_url: 'https://parks.example.gov/home' });

  it('answers the pending request', () => {
    expect(cancelTarget({ redirectUri: CALLBACK, state: STATE }, app)).toEqual({
      kind: 'return',
      to: { redirectUri: CALLBACK, state: STATE, iss: false },
    });
  });

  it.each([
    null,
    { redirectUri: 'https://evil.example/', state: STATE },
    { redirectUri: CALLBACK, state: '' },
  ])('leaves by return_to_sp_url when it cannot: %j', (pending) => {
    expect(cancelTarget(pending, app)).toEqual({ kind: 'url', url: 'https://parks.example.gov/home' });
  });

  it.each([
    [['https://Parks.example.gov:8443/cb?x=1'], 'https://parks.example.gov:8443/'],
    [['junk', CALLBACK], 'https://parks.example.gov/'],
    [['gov.example.parks://done'], 'gov.example.parks://done/'],
    [['gov.example.parks:/cb'], 'gov.example.parks:/'],
  ])('else to the root of the first URI of %j', (redirect_uris, url) => {
    expect(cancelTarget(null, anApp({ redirect_uris }))).toEqual({ kind: 'url', url });
    expect(cancelTarget(null, anApp({ redirect_uris, return_to_sp_url: 'javascript:alert(1)' }))).toEqual({
      kind: 'url',
      url,
    });
  });

  it('nowhere to go', () => expect(cancelTarget(null, anApp({ redirect_uris: [] }))).toBeNull());
});
