import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkUrl, checkUrlHere, originOf, tidyUrls } from '../../../src/apps/urls.ts';
import { matchRedirectUri } from '../../../src/oidc/rules/match-redirect-uri.ts';
import { anApp, anOidcDocument, codes, settings } from './documents.ts';

const refusal = (url: string, kind: 'redirect' | 'web' | 'server' = 'redirect'): string | null => {
  const checked = checkUrl(url, kind);
  return checked.ok ? null : checked.error;
};

describe('1.5 rules 1 and 2: form', () => {
  it.each([
    ['not a url', 'url.invalid'],
    ['/relative', 'url.invalid'],
    ['//host/path', 'url.invalid'],
    ['https://a.example.gov/#fragment', 'url.invalid'],
    ['https://user@a.example.gov/', 'url.invalid'],
    ['https://user:secret@a.example.gov/', 'url.invalid'],
    ['https://a.example.gov\\@evil.example/', 'url.invalid'],
    ['https://a.example.gov/a\nb', 'url.invalid'],
    ['https://a.example.gov/\u202e', 'url.invalid'],
    ['https://*.example.gov/', 'url.wildcard'],
    ['https://a.example.gov/*', 'url.wildcard'],
    [`https://a.example.gov/${'x'.repeat(2000)}`, 'url.invalid'],
    ['https://a.example.gov:port/', 'url.invalid'],
    ['https://a.example.gov:99999/', 'url.invalid'],
    ['https://a.example.gov:0443/', 'url.invalid'],
    ['https://a.example.gov:/', 'url.invalid'],
    ['https://a.example.gov/100%', 'url.invalid'],
    ['https://a.example.gov/caf\u00e9', 'url.invalid'],
    ['https://a.example.gov/{id}', 'url.invalid'],
  ])('refuses %s', (url, code) => {
    expect(refusal(url)).toBe(code);
  });

  it('takes no redirect URI that could never be matched (RED-1)', () => {
    const piece = fc.string({ unit: fc.constantFrom(..."aZ0-._~:/?@!$&'()*+,;=%[]{}|^` é4") });
    fc.assert(
      fc.property(fc.constantFrom('https:', 'http:', 'gov.example:'), piece, piece, (scheme, host, rest) => {
        for (const url of [
          `${scheme}//a${host}/${rest}`,
          `${scheme}//a.example.gov/${rest}`,
          scheme + rest,
        ]) {
          if (refusal(url.trim()) === null) expect(matchRedirectUri(url.trim(), [url.trim()]).ok).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('trims, drops blanks and exact repetitions', () => {
    expect(
      tidyUrls([' https://a.example.gov/ ', '', 'https://a.example.gov/', 'https://A.example.gov/']),
    ).toEqual(['https://a.example.gov/', 'https://A.example.gov/']);
  });

  it('takes at most 100', () => {
    const many = Array.from({ length: 101 }, (_, index) => `https://a.example.gov/${index}`);
    expect(codes(anOidcDocument({ redirect_uris: many }))).toEqual(['url.too_many']);
  });

  it('never throws, whatever it reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        checkUrl(text, 'redirect');
        originOf(text);
      }),
    );
  });
});

describe('1.5 rule 3: refused schemes', () => {
  it.each([
    ['ftp://a.example.gov/'],
    ['ftps://a.example.gov/'],
    ['sftp://a.example.gov/'],
    ['ldap://a.example.gov/'],
    ['ldaps://a.example.gov/'],
    ['file:///etc/passwd'],
    ['mailto:a@example.gov'],
    ['javascript:alert(1)'],
    ['JavaScript:alert(1)'],
    ['data:text/html,x'],
    ['vbscript:x'],
    ['blob:https://a.example.gov/1'],
    ['about:blank'],
    ['ws://a.example.gov/'],
    ['wss://a.example.gov/'],
    ['intent://x#Intent;end'],
  ])('refuses %s', (url) => {
    expect(['url.scheme', 'url.invalid']).toContain(refusal(url));
  });
});

describe('1.5 rules 4 and 5: hosts and custom schemes', () => {
  it.each([
    ['http:///path'],
    ['https://'],
    ['https://ünïcode.example.gov/'],
    ['https://[::1]/'],
    ['https://a b/'],
  ])('refuses the host of %s', (url) => {
    expect(['url.host', 'url.invalid']).toContain(refusal(url));
  });

  it.each([['gov.agency.app://result'], ['example-app:/result'], ['myapp://']])(
    'takes %s for redirects',
    (url) => {
      expect(refusal(url)).toBeNull();
      expect(refusal(url, 'web')).toBe('url.scheme');
      expect(refusal(url, 'server')).toBe('url.scheme');
    },
  );

  it('takes custom schemes for redirects, not for what is posted to', () => {
    expect(codes(anOidcDocument({ redirect_uris: ['gov.agency.app://result'] }))).toEqual([]);
    expect(codes(anOidcDocument({ acs_url: 'gov.agency.app://result' }))).toEqual(['url.scheme']);
  });
});

describe('1.5 rules 6, 7, 11: what an environment accepts', () => {
  const here = (
    url: string,
    kind: 'redirect' | 'server',
    env: 'local' | 'test' | 'sandbox' | 'production',
  ) => {
    const checked = checkUrlHere(url, kind, env);
    return checked.ok ? null : checked.error;
  };

  it.each([
    ['http://localhost:3000/auth', 'url.localhost'],
    ['http://127.0.0.1:3000/auth', 'url.localhost'],
    ['localhost://x', 'url.localhost'],
    ['http://a.example.gov/auth', 'url.https'],
    ['https://a.example.gov:8443/auth', 'url.port'],
    ['https://a.example.gov/auth', null],
    ['gov.agency.app://result', null],
  ])('%s in production: %s', (url, code) => {
    expect(here(url, 'redirect', 'production')).toBe(code);
    expect(here(url, 'redirect', 'sandbox')).toBeNull();
    expect(here(url, 'redirect', 'test')).toBeNull();
  });

  it.each([
    ['http://events.example.com/', 'url.https'],
    ['https://localhost/', 'url.localhost'],
    ['https://10.0.0.1/', 'url.private'],
    ['https://169.254.169.254/latest', 'url.private'],
    ['https://intranet/', 'url.private'],
    ['https://intranet./', 'url.private'],
    ['https://db.internal/', 'url.private'],
    ['https://0x0a.1/', 'url.private'],
    ['https://0x7f.1/', 'url.localhost'],
    ['https://events.example.gov/', null],
  ])('push URL %s on the internet: %s', (url, code) => {
    expect(here(url, 'server', 'sandbox')).toBe(code);
    expect(here(url, 'server', 'local')).toBeNull();
  });

  it('leaves values alone that were there before', () => {
    const previous = anApp(
      anOidcDocument({ redirect_uris: ['http://localhost:3000/auth'], app_name: 'Permits' }),
    );
    const unchanged = anOidcDocument({ redirect_uris: ['http://localhost:3000/auth'], app_name: 'Permits' });
    expect(codes(unchanged, { env: 'production', previous })).toEqual([]);
    const more = {
      ...unchanged,
      redirect_uris: ['http://localhost:3000/auth', 'http://localhost:4000/auth'],
    };
    expect(codes(more, { env: 'production', previous })).toEqual(['url.localhost']);
  });

  it('keeps localhost out of a partner’s production configuration', () => {
    const document = anOidcDocument({ prod_config: true, redirect_uris: ['http://localhost:3000/auth'] });
    expect(codes(document, { env: 'sandbox', actor: 'partner' })).toEqual([
      'url.localhost',
      'prod_config.localhost',
    ]);
    expect(codes(document, { env: 'sandbox', actor: 'operator' })).toEqual([]);
  });

  it('keeps the text of a URL byte for byte', () => {
    const odd = 'HTTPS://A.Example.gov/%7euser?b=2&a=%20';
    expect(settings(anOidcDocument({ redirect_uris: [odd] })).redirect_uris).toEqual([odd]);
  });
});

describe('NET-1 origins', () => {
  it.each([
    ['https://A.example.gov/path?x=1', 'https://a.example.gov'],
    ['https://a.example.gov:443/', 'https://a.example.gov'],
    ['http://localhost:3000/auth', 'http://localhost:3000'],
    ['gov.agency.app://result', null],
  ])('of %s is %s', (url, origin) => {
    expect(originOf(url)).toBe(origin);
  });
});
