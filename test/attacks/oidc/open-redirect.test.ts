import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRedirectUri } from '../../../src/oidc/rules/match-redirect-uri.ts';
import { addQuery } from '../../../src/oidc/wire/add-query.ts';
import { contentSecurityPolicy, formActionSource } from '../../../src/ui/security-headers.ts';

const REGISTERED = [
  'https://app.example.gov/cb',
  'https://app.example.gov/cb?tenant=1',
  'gov.example.app://done',
] as const;

/** Where a browser really goes, by the platform's own parser. */
const landing = (uri: string): string => {
  const { protocol, host, pathname } = new URL(uri);
  return `${protocol}//${host}${pathname}`;
};
const LANDINGS = REGISTERED.map(landing);

/** Pieces from which look-alikes are built. */
const PIECES = [
  'https://',
  'http://',
  'HTTPS:',
  'https:/',
  '//',
  '/',
  '\\',
  '/\\',
  'app.example.gov',
  'APP.example.gov',
  'app.example.gov.',
  'evil.test',
  '@',
  ':443',
  ':',
  ':0443',
  '/cb',
  '/cb/',
  '/CB',
  '%2f',
  '%5c',
  '%2e%2e',
  '..',
  '/./',
  '?tenant=1',
  '?',
  '#',
  '#@evil.test',
  '\t',
  '\n',
  ' ',
  '%0d%0a',
  '。',
  'ａpp',
  'xn--',
  '[::1]',
  '&',
  ';',
  'javascript:',
  'gov.example.app:',
  '%00',
  '\u0000',
  '\u202e',
];

describe('RED-1 open redirect', () => {
  it('whatever is accepted leads a browser to a registered place', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 7 }), (pieces) => {
        const uri = pieces.join('');
        if (!matchRedirectUri(uri, REGISTERED).ok) return;
        accepted += 1;
        expect(LANDINGS).toContain(landing(uri));
      }),
      {
        numRuns: 20_000,
        examples: [
          [['https://', 'app.example.gov', ':443', '/cb']],
          [['https://', 'APP.example.gov', '/cb', '?tenant=1']],
        ],
      },
    );
    expect(accepted, 'the test reaches what it is about').toBeGreaterThan(0);
  });

  it('one changed character of a registered URI is another URI, unless only the case of scheme or host changed', () => {
    const [uri] = REGISTERED;
    fc.assert(
      fc.property(
        fc.nat(uri.length - 1),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        (at, sign) => {
          const changed = uri.slice(0, at) + sign + uri.slice(at + 1);
          const accepted = matchRedirectUri(changed, [uri]).ok;
          const host = uri.indexOf('/cb');
          const same = changed.slice(0, host).toLowerCase() + changed.slice(host) === uri;
          expect(accepted).toBe(same);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('an answer stays at the registered place whatever state holds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REGISTERED), fc.string({ unit: 'binary' }), (uri, state) => {
        const location = addQuery(uri, [
          ['code', 'c'],
          ['state', state],
        ]);
        expect(landing(location)).toBe(landing(uri));
        expect(location).toMatch(/^[\x21-\x7e]+$/);
        expect(new URL(location).searchParams.get('state')).toBe(state.toWellFormed());
        expect(new URL(location).searchParams.getAll('code')).toEqual(['c']);
      }),
      { numRuns: 5000 },
    );
  });
});

const policyFor = (formActionOrigins: readonly string[]): string =>
  contentSecurityPolicy({ nonce: 'n'.repeat(22), formActionOrigins });

describe('NET-4 form-action', () => {
  it('no registered URI writes a directive of its own', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES, ';', ' ', ',', "'self'", '*', 'script-src'), { maxLength: 7 }),
        (pieces) => {
          const source = formActionSource(pieces.join(''));
          if (source === undefined) return;
          expect(source).toMatch(/^[a-z][a-z0-9+.-]*:(?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?)?$/);
          expect(policyFor([source])).toBe(
            policyFor([]).replace("form-action 'self'", () => `form-action 'self' ${source}`),
          );
        },
      ),
      { numRuns: 20_000 },
    );
  });
});
