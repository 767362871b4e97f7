import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRedirectUri } from '../../../src/oidc/rules/match-redirect-uri.ts';
import { normaliseUri, parseUri } from '../../../src/oidc/wire/uri.ts';

const outcome = (requested: string, ...registered: string[]): string => {
  const result = matchRedirectUri(requested, registered);
  return result.ok ? 'match' : result.error.reason;
};

describe('RED-1 equal URIs', () => {
  it.each([
    ['https://app.example/cb', 'https://app.example/cb'],
    ['https://App.example', 'https://app.example:443/'],
    ['HTTPS://APP.EXAMPLE/cb', 'https://app.example/cb'],
    ['http://localhost:80/cb', 'http://localhost/cb'],
    ['https://app.example?x=1', 'https://app.example/?x=1'],
    ['https://u:p@app.example/', 'https://u:p@app.example'],
    ['gov.example.parks://done', 'gov.example.parks://done'],
    ['gov.example.parks://DONE', 'GOV.example.parks://done/'],
    ['gov.example.parks:', 'gov.example.parks:'],
    ['gov.example.parks:/cb', 'gov.example.parks:/cb'],
    ['https://[2001:DB8::1]/cb', 'https://[2001:db8::1]:443/cb'],
    ['https://app.example/cb#done', 'https://app.example/cb#done'],
  ])('%s is %s', (requested, registered) => {
    expect(outcome(requested, registered)).toBe('match');
    expect(outcome(registered, requested)).toBe('match');
  });

  it('finds any of several', () => {
    expect(outcome('https://b.example/', 'https://a.example/', 'https://b.example/')).toBe('match');
  });
});

describe('RED-1 near misses', () => {
  const registered = 'https://app.example/cb?x=1';
  it.each([
    'http://app.example/cb?x=1',
    'https://app.example:8443/cb?x=1',
    'https://app.example:80/cb?x=1',
    'https://app.example./cb?x=1',
    'https://www.app.example/cb?x=1',
    'https://app.example.evil.example/cb?x=1',
    'https://evil.example/https://app.example/cb?x=1',
    'https://app.example@evil.example/cb?x=1',
    'https://user@app.example/cb?x=1',
    'https://@app.example/cb?x=1',
    'https://app.example/cb/?x=1',
    'https://app.example/CB?x=1',
    'https://app.example/cb/more?x=1',
    'https://app.example//cb?x=1',
    'https://app.example/./cb?x=1',
    'https://app.example/a/../cb?x=1',
    'https://app.example/%63b?x=1',
    'https://app.example/cb%2F?x=1',
    'https://app.example/cb?x=1&y=2',
    'https://app.example/cb?X=1',
    'https://app.example/cb?x=%31',
    'https://app.example/cb?x=1#',
    'https://app.example/cb?x=1#f',
    'https://app.example/cb',
    'https://app.example/cb?',
    'https:/app.example/cb?x=1',
    'https:app.example/cb?x=1',
  ])('%s does not match', (requested) => {
    expect(outcome(requested, registered)).not.toBe('match');
  });

  it('has no wildcards, prefixes or loopback leniency', () => {
    expect(outcome('https://app.example/cb', 'https://*.example/cb')).toBe('no_match');
    expect(outcome('https://app.example/cb', 'https://app.example/')).toBe('no_match');
    expect(outcome('http://127.0.0.1:5000/cb', 'http://127.0.0.1/cb')).toBe('no_match');
  });

  it('tells an empty authority from none, and an empty query or fragment from none', () => {
    expect(outcome('parks://', 'parks:')).toBe('no_match');
    expect(outcome('parks:/?', 'parks:/')).toBe('no_match');
    expect(outcome('parks:/#', 'parks:/')).toBe('no_match');
  });
});

describe('RED-2 unparsable URIs', () => {
  it.each([
    '',
    'app.example/cb',
    '/cb',
    '//app.example/cb',
    ':',
    '1x://a',
    'https://',
    'https:///cb',
    'https://?x',
    'https://app.example\\cb',
    'https:\\\\app.example\\cb',
    'https://app.example\\@evil.example/cb',
    'https://evil.example\\.app.example/cb',
    'https://app.ex\tample/cb',
    'https://app.example/c\nb',
    'https://app.example/cb\r\nSet-Cookie: a=b',
    ' https://app.example/cb',
    'https://app.example/cb ',
    'https://app.example/c b',
    'https://bücher.example/cb',
    'https://app。example/cb',
    'https://app.example/cb\u0000',
    'https://app.example/%',
    'https://app.example/%2',
    'https://app.example/%zz',
    'https://a@b@app.example/',
    'https://app.example:/cb',
    'https://app.example:0443/cb',
    'https://app.example:70000/cb',
    'https://app.example:44x/cb',
    'https://[::1/cb',
    'https://[zz]/cb',
    'https://[::1]x/cb',
    'https://app.example/<script>',
    'https://app.example/"',
    'https://app.example/{x}',
    'https://app.example/#a#b',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'https://app.example/'.padEnd(2100, 'a'),
  ])('%j is invalid', (requested) => {
    expect(outcome(requested, 'https://app.example/cb')).toBe('invalid');
    expect(outcome(requested, requested)).toBe('invalid');
  });

  it('skips registered entries that are none', () => {
    expect(outcome('https://app.example/cb', 'not a uri', 'https://app.example/cb')).toBe('match');
    expect(outcome('https://app.example/cb', 'not a uri')).toBe('no_match');
  });
});

describe('RED-3 no registered URI', () => {
  it('matches nothing', () => {
    expect(outcome('https://app.example/cb')).toBe('no_match');
    expect(outcome('')).toBe('invalid');
  });
});

describe('RED-1 laws', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const uri = fc
    .record({
      scheme: fc.constantFrom('https', 'http', 'gov.example.app'),
      host: fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.')),
      port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: null }),
      path: fc.stringMatching(/^(\/[A-Za-z0-9._~-]{1,6}){0,3}\/?$/),
      query: fc.option(fc.stringMatching(/^[a-z]{1,4}=[A-Za-z0-9%20]{0,0}[A-Za-z0-9]{0,6}$/), { nil: null }),
    })
    .map(
      ({ scheme, host, port, path, query }) =>
        `${scheme}://${host}${port === null ? '' : `:${port}`}${path}${query === null ? '' : `?${query}`}`,
    );

  it('every URI equals itself, and normal forms are stable', () => {
    fc.assert(
      fc.property(uri, (text) => {
        const normal = normaliseUri(text);
        expect(normal).not.toBeNull();
        expect(outcome(text, text)).toBe('match');
        if (parseUri(text)?.scheme !== 'gov.example.app') expect(normaliseUri(normal ?? '')).toBe(normal);
      }),
    );
  });

  it('upper case in scheme and host changes nothing', () => {
    fc.assert(
      fc.property(uri, (text) => {
        const end = text.indexOf('/', text.indexOf('//') + 2);
        const origin = end === -1 ? text.search(/\?|$/) : end;
        const loud = text.slice(0, origin).toUpperCase() + text.slice(origin);
        expect(outcome(loud, text)).toBe('match');
      }),
    );
  });

  it('no other single-character change ever matches', () => {
    const anyCharacter = fc.oneof(
      fc.constantFrom(...'/?#@:.%&=\\ \t\n;*'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(
        uri,
        fc.nat(),
        anyCharacter,
        fc.constantFrom('replace', 'insert', 'delete'),
        (text, position, character, kind) => {
          const at = position % text.length;
          const before = text.slice(0, at);
          const after = text.slice(kind === 'insert' ? at : at + 1);
          const changed = `${before}${kind === 'delete' ? '' : character}${after}`;
          // Case of scheme and host, and the one slash of an empty path, are the equalities of the rule.
          const bare = (value: string): string => {
            const path = value.indexOf('/', value.indexOf('//') + 2);
            const end = path === -1 ? value.search(/\?|$/) : path;
            return value.slice(0, end).toLowerCase() + value.slice(end).replace(/^(?=\?|$)/, '/');
          };
          fc.pre(bare(changed) !== bare(text));
          expect(outcome(changed, text)).not.toBe('match');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('whatever matches is what a browser would visit', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.constantFrom('https://app.example', 'https://'),
        (tail, head) => {
          const requested = head + tail;
          if (outcome(requested, 'https://app.example/cb?x=1', 'https://app.example/') !== 'match') return;
          expect(new URL(requested).origin).toBe('https://app.example');
        },
      ),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof outcome(text, text)).toBe('string');
      }),
    );
  });
});
