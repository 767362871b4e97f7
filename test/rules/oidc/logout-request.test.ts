import { describe, expect, it } from 'vitest';
import type { App } from '../../../src/apps/model.ts';
import {
  checkLogoutRequest,
  type HintPolicy,
  logoutIssuer,
  type ReceivedHint,
  readLogoutParameters,
} from '../../../src/oidc/rules/logout-request.ts';
import { encodeQuery } from '../../../src/oidc/wire/add-query.ts';
import { anApp, CALLBACK, CLIENT_ID, DOCS, STATE } from './an-app.ts';

const NONE: ReceivedHint = { kind: 'none' };
const INVALID: ReceivedHint = { kind: 'invalid' };
const verified = (aud = CLIENT_ID): ReceivedHint => ({ kind: 'verified', claims: { aud, sub: 'sub-1' } });

interface Case {
  readonly sent?: Record<string, string>;
  readonly hint?: ReceivedHint;
  readonly app?: App | null;
  readonly policy?: HintPolicy;
}
const parameters = (sent: Record<string, string>) => {
  const read = readLogoutParameters(new URLSearchParams(sent).toString());
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};
const BYE = { post_logout_redirect_uri: CALLBACK };
const run = ({ sent = {}, hint = NONE, app = anApp(), policy = 'accepting' }: Case) =>
  checkLogoutRequest(parameters({ ...BYE, ...sent }), hint, app, { policy, docsUrl: DOCS });
const target = (over: Case): string => {
  const result = run(over);
  return result.ok ? result.value.target : 'refused';
};
const ids = (over: Case): readonly string[] => {
  const result = run(over);
  return result.ok ? [] : result.error.map(({ id }) => id);
};
const CLIENT = { client_id: CLIENT_ID };

describe('LGO-1, LGO-5 target', () => {
  it('is untouched without state', () => {
    expect(target({ sent: CLIENT })).toBe(CALLBACK);
    const uri = 'https://parks.example.gov/bye?z=1&a=%20#x';
    expect(
      target({ sent: { ...CLIENT, post_logout_redirect_uri: uri }, app: anApp({ redirect_uris: [uri] }) }),
    ).toBe(uri);
  });

  it('gets the state', () => {
    expect(target({ sent: { ...CLIENT, state: STATE } })).toBe(`${CALLBACK}?state=${STATE}`);
  });

  it('is a redirect URI only where no post-logout URIs are registered', () => {
    const app = anApp({ post_logout_redirect_uris: ['https://parks.example.gov/bye'] });
    expect(ids({ sent: CLIENT, app })).toEqual(['oidc-redirect-match']);
    expect(
      target({ sent: { ...CLIENT, post_logout_redirect_uri: 'https://parks.example.gov/bye' }, app }),
    ).toBe('https://parks.example.gov/bye');
  });

  it('matches by RED-1', () => {
    expect(
      target({ sent: { ...CLIENT, post_logout_redirect_uri: 'https://PARKS.example.gov:443/cb' } }),
    ).toBe('https://PARKS.example.gov:443/cb');
    expect(ids({ sent: { ...CLIENT, post_logout_redirect_uri: `${CALLBACK}/x` } })).toEqual([
      'oidc-redirect-match',
    ]);
    expect(ids({ sent: { ...CLIENT, post_logout_redirect_uri: 'bye' } })).toEqual(['oidc-invalid-redirect']);
  });

  it('is required', () => {
    expect(ids({ sent: { ...CLIENT, post_logout_redirect_uri: '' } })).toEqual([
      'oidc-invalid-redirect',
      'post-logout-redirect-uri-blank',
    ]);
  });
});

describe('LGO-1 state', () => {
  it.each(['', ' ', 'short', 'x'.repeat(21)])('%j is too short', (state) => {
    expect(ids({ sent: { ...CLIENT, state } })).toEqual(['state-too-short']);
  });

  it('may be short for excused apps, never blank', () => {
    const app = anApp({ allow_short_state: true });
    expect(target({ sent: { ...CLIENT, state: 'x' }, app })).toBe(`${CALLBACK}?state=x`);
    expect(ids({ sent: { ...CLIENT, state: '' }, app })).toEqual(['state-too-short']);
  });
});

describe('LGO-6 accepting hints', () => {
  it('a verified hint is enough, and names the person', () => {
    const result = run({ hint: verified() });
    expect(result.ok && result.value.subject).toBe('sub-1');
  });

  it('wins over client_id when it comes to looking up the app', () => {
    expect(logoutIssuer(parameters({ client_id: 'urn:other' }), verified(), 'accepting')).toBe(CLIENT_ID);
    expect(logoutIssuer(parameters({ client_id: 'urn:other' }), INVALID, 'accepting')).toBe('urn:other');
    expect(logoutIssuer(parameters({}), INVALID, 'accepting')).toBeNull();
    expect(logoutIssuer(parameters({ client_id: 'urn:other' }), verified(), 'rejecting')).toBe('urn:other');
  });

  it('an unreadable hint beside a known client_id does no harm', () => {
    const result = run({ sent: CLIENT, hint: INVALID });
    expect(result.ok && result.value.subject).toBeNull();
    expect(result.ok).toBe(true);
  });

  it('alone it is refused', () => {
    expect(ids({ hint: INVALID, app: null })).toEqual(['id-token-hint-not-recognized']);
  });

  it('neither of the two', () => expect(ids({ app: null })).toEqual(['logout-misconfigured']));
});

describe('LGO-6 rejecting hints', () => {
  const policy = 'rejecting' as const;
  it('client_id is mandatory', () => expect(ids({ policy, app: null })).toEqual(['client-id-missing']));
  it('any hint is an error', () => {
    expect(ids({ policy, sent: CLIENT, hint: verified() })).toEqual(['id-token-hint']);
    expect(ids({ policy, sent: CLIENT, hint: INVALID })).toEqual(['id-token-hint']);
    expect(ids({ policy, hint: verified(), app: null })).toEqual(['client-id-missing', 'id-token-hint']);
  });
  it('client_id alone will do', () => expect(target({ policy, sent: CLIENT })).toBe(CALLBACK));
});

describe('LGO-8 no app, no redirect', () => {
  it.each([NONE, INVALID, verified('urn:gone')])('unknown client, hint %j', (hint) => {
    for (const policy of ['accepting', 'rejecting'] as const) {
      const result = run({
        sent: { client_id: 'urn:gone', post_logout_redirect_uri: 'https://evil.example/' },
        hint,
        app: null,
        policy,
      });
      expect(result.ok).toBe(false);
    }
  });

  it('both doubtful: both sentences', () => {
    expect(ids({ sent: { client_id: 'urn:gone' }, hint: INVALID, app: null })).toEqual([
      'client-id-not-recognized',
      'id-token-hint-not-recognized',
    ]);
  });

  it('hint and client_id of different apps', () => {
    expect(ids({ sent: { client_id: 'urn:other' }, hint: verified() })).toEqual(['id-token-hint-mismatch']);
  });

  it('a SAML app is no app here', () => {
    expect(ids({ sent: CLIENT, app: anApp({ identity_protocol: 'saml' }) })).toEqual([
      'client-id-not-recognized',
    ]);
  });
});

describe('LGO-7 sentences', () => {
  const texts = (over: Case): readonly string[] => {
    const result = run(over);
    return result.ok ? [] : result.error.map(({ text }) => text);
  };
  const doc = (anchor: string): string => `Please see our documentation at ${DOCS}#${anchor}`;

  it.each([
    [
      { sent: { ...CLIENT, post_logout_redirect_uri: '' } },
      [
        `Redirect uri redirect_uri is invalid. ${doc('oidc-invalid-redirect')}`,
        'Post logout redirect uri Please fill in this field.',
      ],
    ],
    [
      { sent: { client_id: 'x' }, app: null },
      [`Client client_id was not recognized. ${doc('client-id-not-recognized')}`],
    ],
    [{ hint: INVALID, app: null }, ['Id token hint id_token_hint was not recognized']],
    [
      { app: null },
      [
        `This application is misconfigured and must send either client_id or id_token_hint. ${doc('client-id-missing')}`,
      ],
    ],
    [{ policy: 'rejecting', app: null }, [`Client client_id is missing. ${doc('client-id-missing')}`]],
    [
      { policy: 'rejecting', sent: CLIENT, hint: INVALID },
      [
        `Id token hint This application is misconfigured and should not be sending id_token_hint. Please send client_id instead. ${doc('id-token-hint')}`,
      ],
    ],
  ] as const satisfies readonly (readonly [Case, readonly string[]])[])('%j', (over, expected) => {
    expect(texts(over)).toEqual(expected);
  });
});

describe('LGO-3 POST', () => {
  it('carries over the four parameters and nothing else', () => {
    const read = readLogoutParameters(
      'client_id=a%20b&logout_hint=x&state=s&csrf=1&id_token_hint=h&post_logout_redirect_uri=u',
    );
    expect(read.ok && encodeQuery(read.value)).toBe(
      'client_id=a+b&state=s&id_token_hint=h&post_logout_redirect_uri=u',
    );
  });
});
