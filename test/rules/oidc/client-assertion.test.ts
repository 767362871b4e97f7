import { createPrivateKey, sign as nodeSign } from 'node:crypto';
import { exportPKCS8, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  assertionAudiences,
  claimedIssuer,
  readClientAssertion,
  verifyClientAssertion,
} from '../../../src/oidc/rules/client-assertion.ts';
import { tokenFaultText } from '../../../src/oidc/rules/token-faults.ts';
import { verifyRs256 } from '../../../src/oidc/wire/certificate-key.ts';
import { CLIENT_ID, DOCS } from './an-app.ts';

const NOW = 1_789_000_000;
const TOKEN_URL = 'https://idp.example/api/openid_connect/token';
const AUDIENCES = assertionAudiences(TOKEN_URL, 'https://idp.example/');
let mine: CryptoKeyPair;
let other: CryptoKeyPair;
let pem: string;

beforeAll(async () => {
  mine = await generateKeyPair('RS256', { extractable: true });
  other = await generateKeyPair('RS256');
  pem = await exportPKCS8(mine.privateKey);
});

const CLAIMS = { iss: CLIENT_ID, sub: CLIENT_ID, aud: TOKEN_URL, jti: 'q8', exp: NOW + 300 };
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs anything, without the scruples of a library. */
function assertion(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = { alg: 'RS256' },
): string {
  const merged = Object.fromEntries(
    Object.entries({ ...CLAIMS, ...claims }).filter(([, value]) => value !== undefined),
  );
  const input = `${part(header)}.${part(merged)}`;
  return `${input}.${nodeSign('sha256', Buffer.from(input), createPrivateKey(pem)).toString('base64url')}`;
}

async function outcome(
  text: string,
  over: { keys?: CryptoKey[]; jtiRequired?: boolean } = {},
): Promise<unknown> {
  const read = readClientAssertion(text);
  if (!read.ok) return [tokenFaultText(read.error, DOCS)];
  const result = await verifyClientAssertion(read.value, {
    clientId: CLIENT_ID,
    keys: over.keys ?? [mine.publicKey],
    audiences: AUDIENCES,
    now: NOW * 1000,
    jtiRequired: over.jtiRequired ?? false,
    verify: verifyRs256,
  });
  return result.ok ? result.value : result.error.map((fault) => tokenFaultText(fault, DOCS));
}
const accepted = { jti: 'q8', exp: NOW + 300, usableUntil: (NOW + 330) * 1000 };
const aud = `Client assertion Invalid audience claim, expected ${TOKEN_URL}. Please see our documentation at ${DOCS}#invalid-aud-claim`;
const iat = `Client assertion iat must be an integer or floating point Unix timestamp representing a time in the past. Please see our documentation at ${DOCS}#invalid-iat`;

describe('RFC 7523 section 3 a good assertion', () => {
  it('is accepted, whoever wrote it', async () => {
    const token = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'RS256', kid: 'any', typ: 'JWT' })
      .sign(mine.privateKey);
    expect(await outcome(token)).toEqual(accepted);
    expect(await outcome(assertion())).toEqual(accepted);
  });

  it('names its app before anything is verified', () => {
    const read = readClientAssertion(assertion());
    expect(read.ok && claimedIssuer(read.value)).toBe(CLIENT_ID);
    const nobody = readClientAssertion(assertion({ iss: 5 }));
    expect(nobody.ok && claimedIssuer(nobody.value)).toBeNull();
  });
});

describe('TOK-5 shape and algorithm', () => {
  it.each(['a.b', 'a', 'a.b.c.d', ''])('%j has the wrong number of segments', async (text) => {
    expect(await outcome(text)).toEqual(['Client assertion Not enough or too many segments']);
  });

  it.each(['none', 'HS256', 'RS384', 'PS256', 'ES256', 'rs256', undefined, 5, ['RS256']])(
    'alg %j is refused',
    async (alg) => {
      expect(await outcome(assertion({}, { alg }))).toEqual([
        'Client assertion Expected a different algorithm',
      ]);
    },
  );

  it('an unsigned token is refused', async () => {
    expect(await outcome(`${part({ alg: 'none' })}.${part(CLAIMS)}.`)).toEqual([
      'Client assertion Expected a different algorithm',
    ]);
    expect(await outcome(`${part({ alg: 'RS256' })}.${part(CLAIMS)}.`)).toEqual([
      'Client assertion Signature verification failed',
    ]);
  });

  it('RFC 7515 section 4.1.11 critical header parameters are refused', async () => {
    expect(await outcome(assertion({}, { alg: 'RS256', crit: ['exp'] }))).toEqual([
      'Client assertion Unsupported critical header parameter',
    ]);
  });

  it.each(['e30=.e30.AA', '!.e30.AA', 'W10.e30.AA', 'bnVsbA.e30.AA', `${'/w'}.e30.AA`])(
    '%s is not readable',
    async (text) => {
      expect(await outcome(text)).toEqual(['Client assertion Invalid segment encoding']);
    },
  );

  it('a payload that is no JSON object is not readable', async () => {
    for (const payload of ['[]', '5', '"x"', '{']) {
      const text = `${part({ alg: 'RS256' })}.${Buffer.from(payload).toString('base64url')}.AA`;
      expect(await outcome(text)).toEqual(['Client assertion Invalid segment encoding']);
    }
  });
});

describe('TOK-5 keys', () => {
  it('no certificate', async () => {
    expect(await outcome(assertion(), { keys: [] })).toEqual([
      `Client assertion Could not validate assertion against any registered public keys. Please see our documentation at ${DOCS}#invalid-token-signature`,
    ]);
  });

  it('any of several may fit', async () => {
    expect(await outcome(assertion(), { keys: [other.publicKey, mine.publicKey] })).toEqual(accepted);
    expect(await outcome(assertion(), { keys: [mine.publicKey, other.publicKey] })).toEqual(accepted);
  });

  it('none fits', async () => {
    expect(await outcome(assertion(), { keys: [other.publicKey] })).toEqual([
      'Client assertion Signature verification failed',
    ]);
  });

  it('a changed byte anywhere breaks it', async () => {
    const text = assertion();
    const [header, payload, signature] = text.split('.');
    const changed = part({ ...CLAIMS, jti: 'q9' });
    expect(await outcome(`${header}.${changed}.${signature}`)).toEqual([
      'Client assertion Signature verification failed',
    ]);
    const flipped = (signature ?? '').startsWith('A') ? `B${signature?.slice(1)}` : `A${signature?.slice(1)}`;
    expect(await outcome(`${header}.${payload}.${flipped}`)).toEqual([
      'Client assertion Signature verification failed',
    ]);
  });

  it('with several the sentence is that of the last one tried', async () => {
    const bad = assertion({ exp: NOW - 1000 });
    expect(await outcome(bad, { keys: [other.publicKey, mine.publicKey] })).toEqual([
      'Client assertion Signature has expired',
    ]);
    expect(await outcome(bad, { keys: [mine.publicKey, other.publicKey] })).toEqual([
      'Client assertion Signature verification failed',
    ]);
  });
});

describe('TOK-5 issuer and subject', () => {
  it.each([
    [{ iss: 'urn:other' }, `Client assertion Invalid issuer. Expected ["${CLIENT_ID}"], received urn:other`],
    [{ iss: undefined }, `Client assertion Invalid issuer. Expected ["${CLIENT_ID}"], received <none>`],
    [
      { iss: CLIENT_ID.toUpperCase() },
      `Client assertion Invalid issuer. Expected ["${CLIENT_ID}"], received ${CLIENT_ID.toUpperCase()}`,
    ],
    [
      { iss: [CLIENT_ID] },
      `Client assertion Invalid issuer. Expected ["${CLIENT_ID}"], received ["${CLIENT_ID}"]`,
    ],
    [{ sub: 'urn:other' }, `Client assertion Invalid subject. Expected ${CLIENT_ID}, received urn:other`],
    [{ sub: undefined }, `Client assertion Invalid subject. Expected ${CLIENT_ID}, received <none>`],
  ])('%j', async (claims, text) => {
    expect(await outcome(assertion(claims))).toEqual([text]);
  });

  it('a long value is cut', async () => {
    const [text] = (await outcome(assertion({ sub: 'x'.repeat(5000) }))) as string[];
    expect(text?.length).toBeLessThan(400);
  });
});

describe('TOK-6 audience', () => {
  it.each([
    TOKEN_URL,
    `${TOKEN_URL}/`,
    'https://idp.example/',
    'https://idp.example',
    ['https://elsewhere.example', TOKEN_URL],
    ['https://idp.example'],
  ])('%j is us', async (value) => {
    expect(await outcome(assertion({ aud: value }))).toEqual(accepted);
  });

  it.each([
    'https://idp.example/openid_connect/token',
    'https://idp.example/api/openid_connect/token/x',
    'https://idp.example/api/openid_connect/token//',
    'https://IDP.example/api/openid_connect/token',
    'http://idp.example/',
    'idp.example',
    [],
    [[TOKEN_URL]],
    { 0: TOKEN_URL },
    undefined,
    null,
    5,
  ])('%j is not', async (value) => {
    expect(await outcome(assertion({ aud: value }))).toEqual([aud]);
  });

  it('is judged after issuer and subject, together with iat', async () => {
    expect(await outcome(assertion({ aud: 'x', iat: NOW + 60 }))).toEqual([aud, iat]);
    expect(await outcome(assertion({ aud: 'x', sub: 'x' }))).toEqual([
      `Client assertion Invalid subject. Expected ${CLIENT_ID}, received x`,
    ]);
  });
});

describe('TOK-7, TOK-8 dates', () => {
  it.each([
    [{ exp: NOW + 1 }],
    [{ exp: NOW - 29 }],
    [{ exp: NOW + 1_000_000_000 }],
    [{ exp: NOW + 0.5 }],
    [{ nbf: NOW + 30 }],
    [{ nbf: NOW - 5 }],
    [{ iat: NOW + 9 }],
    [{ iat: NOW + 9.9 }],
    [{ iat: 0 }],
    [{ iat: null, nbf: null }],
  ])('%j is fine', async (claims) => {
    expect(await outcome(assertion(claims))).toMatchObject({ jti: 'q8' });
  });

  it.each([
    [{ exp: NOW - 30 }, 'Client assertion Signature has expired'],
    [{ exp: 'soon' }, 'Client assertion Signature has expired'],
    [{ exp: String(NOW + 300) }, 'Client assertion Signature has expired'],
    [{ exp: undefined }, 'Client assertion Missing required claim exp'],
    [{ exp: null }, 'Client assertion Missing required claim exp'],
    [{ nbf: NOW + 31 }, 'Client assertion Signature nbf has not been reached'],
    [{ nbf: 'x' }, 'Client assertion Signature nbf has not been reached'],
    [{ iat: NOW + 10 }, iat],
    [{ iat: String(NOW) }, iat],
  ])('%j is refused', async (claims, text) => {
    expect(await outcome(assertion(claims))).toEqual([text]);
  });
});

describe('TOK-9 jti', () => {
  it.each([undefined, null, '', 5, 'x'.repeat(513)])(
    '%j is not remembered, and refused only where ids are enforced',
    async (jti) => {
      expect(await outcome(assertion({ jti }))).toEqual({ ...accepted, jti: null });
      expect(await outcome(assertion({ jti }), { jtiRequired: true })).toEqual([
        'Client assertion jti must be a string of 1 to 512 characters for this application',
      ]);
    },
  );

  it('512 characters are remembered', async () => {
    expect(await outcome(assertion({ jti: 'x'.repeat(512) }), { jtiRequired: true })).toMatchObject({
      jti: 'x'.repeat(512),
    });
  });
});
