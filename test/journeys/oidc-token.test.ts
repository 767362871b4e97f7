import { createHmac, createPrivateKey, createSign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aKeyApp, anApp, changeApp, FIRST_PAIR, RETURN, SECOND_PAIR, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject, type JsonObject } from '../support/json.ts';
import {
  assertionClaims,
  ISSUER,
  obtainCode,
  postToken,
  redeem,
  redeemWith,
  s256,
  signAssertion,
  TOKEN_URL,
  tokensOf,
  userinfo,
} from '../support/oidc.ts';
import { aPerson, type Person } from '../support/people.ts';
import type { ServedResponse } from '../support/served.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
let person: Person;
let browser: Browser;
let pkceApp: TestApp;
let keyApp: TestApp;
beforeAll(async () => {
  worker = await startWorker();
  person = await aPerson(worker);
  browser = new Browser(worker);
  pkceApp = await anApp(worker);
  keyApp = await aKeyApp(worker);
});
afterAll(() => worker.close());

const codeOf = (app: TestApp) => obtainCode(browser, person, app);
const keyCode = () =>
  obtainCode(browser, person, keyApp, { code_challenge: null, code_challenge_method: null });

async function refusal(answer: ServedResponse): Promise<JsonObject & { readonly status: number }> {
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('pragma')).toBe('no-cache');
  expect(answer.headers.getSetCookie()).toEqual([]);
  return { status: answer.status, ...asObject(await answer.json()) };
}

describe('TOK-11 success', () => {
  it('answers with exactly the members of the contract', async () => {
    const answer = await redeem(worker, await codeOf(pkceApp));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const body = asObject(await answer.json());
    expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in', 'id_token']);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      access_token: expect.stringMatching(/^gh_at_[\w-]{40,120}$/),
    });
    expect(body.expires_in).toBeLessThanOrEqual(900);
  });

  it('TOK-1 reads JSON, and ignores redirect_uri and the rest', async () => {
    const { code, verifier } = await codeOf(pkceApp);
    const answer = await worker.fetch('/api/openid_connect/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: 'https://elsewhere.test/',
        scope: 1,
      }),
    });
    expect(answer.status).toBe(200);
  });

  it('TOK-3 takes padded challenges and short verifiers', async () => {
    const verifier = 'c2f1a4be90d87365aa01dd4c7e63f598';
    const { code } = await obtainCode(browser, person, pkceApp, { code_challenge: `${s256(verifier)}=` });
    expect((await redeem(worker, { code, verifier })).status).toBe(200);
  });
});

describe('COD-2, COD-4 a code is good once', () => {
  it('lets exactly one of many concurrent redemptions win, and a replay ends what it won', async () => {
    const asked = await codeOf(pkceApp);
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(worker, asked)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    for (const lost of answers.filter(({ status }) => status !== 200)) {
      expect(await refusal(lost)).toMatchObject({ status: 400, error: 'invalid_grant' });
    }
    const [winner] = won;
    if (winner === undefined) throw new Error('nobody won');
    expect((await userinfo(worker, (await tokensOf(winner)).accessToken)).status).toBe(401);
  });

  it('lets exactly one of two keyed redemptions win', async () => {
    const { code } = await keyCode();
    const assertions = await Promise.all(
      [1, 2].map(() => signAssertion(assertionClaims(keyApp.clientId, worker.now()))),
    );
    const answers = await Promise.all(assertions.map((assertion) => redeemWith(worker, code, assertion)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('stays usable after a failed attempt, and burns after five', async () => {
    const asked = await codeOf(pkceApp);
    for (let times = 0; times < 4; times += 1) {
      expect(await refusal(await redeem(worker, { ...asked, verifier: 'wrong' }))).toMatchObject({
        status: 400,
        error: 'invalid_grant',
        error_description: expect.stringContaining('code_verifier did not match code_challenge'),
      });
    }
    expect((await redeem(worker, asked)).status).toBe(200);

    const burnt = await codeOf(pkceApp);
    for (let times = 0; times < 5; times += 1) await redeem(worker, { ...burnt, verifier: 'wrong' });
    expect(await refusal(await redeem(worker, burnt))).toMatchObject({
      status: 400,
      error_description: expect.stringContaining('Code is invalid'),
    });
  });

  it('burns under parallel guessing as well', async () => {
    const asked = await codeOf(pkceApp);
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, at) => redeem(worker, { ...asked, verifier: `guess-${at}` })),
    );
    expect(guesses.every(({ status }) => status === 400)).toBe(true);
    expect((await redeem(worker, asked)).status).toBe(400);
  });

  it('refuses every other string', async () => {
    const { code, verifier } = await codeOf(pkceApp);
    const last = code.at(-1) === 'A' ? 'E' : 'A';
    const middle = code.slice(0, 20) + (code[20] === 'x' ? 'y' : 'x') + code.slice(21);
    for (const wrong of [
      '',
      ' ',
      'x',
      'gh_code_',
      `${code.slice(0, -1)}${last}`,
      middle,
      `${code}x`,
      code.slice(1),
      code.toUpperCase(),
      `${code}\u0000`,
      'x'.repeat(5000),
      code.replace('gh_code_', 'gh_at_'),
    ]) {
      const answer = await redeem(worker, { code: wrong, verifier });
      expect(await refusal(answer), wrong.slice(0, 60)).toMatchObject({
        status: 400,
        error: 'invalid_grant',
      });
    }
    expect((await redeem(worker, { code, verifier })).status, 'none of them touched the code').toBe(200);
  });
});

describe('TOK-2 client authentication', () => {
  it('demands a proof', async () => {
    const { code } = await codeOf(pkceApp);
    expect(await refusal(await postToken(worker, { grant_type: 'authorization_code', code }))).toMatchObject({
      status: 401,
      error: 'invalid_client',
      error_description: expect.stringContaining('Client must authenticate via PKCE or private_key_jwt'),
    });
  });

  it('takes no verifier for a code without a challenge', async () => {
    const { code } = await obtainCode(browser, person, pkceApp, {
      code_challenge: null,
      code_challenge_method: null,
    });
    expect(await refusal(await redeem(worker, { code, verifier: 'anything' }))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
    expect(await refusal(await redeem(worker, { code, verifier: '' }))).toMatchObject({
      error: 'invalid_client',
    });
  });

  it('lets no verifier stand in for the key of an app that must prove it', async () => {
    const asked = await obtainCode(browser, person, keyApp);
    expect(await refusal(await redeem(worker, asked))).toMatchObject({ error: 'invalid_client' });
    const assertion = await signAssertion(assertionClaims(keyApp.clientId, worker.now()));
    expect(
      (await redeemWith(worker, asked.code, assertion)).status,
      'a challenge the app need not answer',
    ).toBe(200);
  });

  it('verifies a verifier that comes beside an assertion', async () => {
    const asked = await obtainCode(browser, person, keyApp);
    const sign = () => signAssertion(assertionClaims(keyApp.clientId, worker.now()));
    expect(
      await refusal(await redeemWith(worker, asked.code, await sign(), { code_verifier: 'wrong' })),
    ).toMatchObject({ error: 'invalid_grant' });
    expect(
      (await redeemWith(worker, asked.code, await sign(), { code_verifier: asked.verifier })).status,
    ).toBe(200);
  });

  it('wants both from an app that may use either, once both are in play', async () => {
    const either = await aKeyApp(worker, { identity_protocol: 'openid_connect' });
    const sign = () => signAssertion(assertionClaims(either.clientId, worker.now()));
    const asked = await obtainCode(browser, person, either);
    expect((await redeemWith(worker, asked.code, await sign())).status, 'an unanswered challenge').toBe(400);
    expect(
      (await redeemWith(worker, asked.code, await sign(), { code_verifier: asked.verifier })).status,
    ).toBe(200);
    const plain = await obtainCode(browser, person, either, {
      code_challenge: null,
      code_challenge_method: null,
    });
    expect((await redeemWith(worker, plain.code, await sign())).status).toBe(200);
    const public_ = await obtainCode(browser, person, either);
    expect((await redeem(worker, public_)).status).toBe(200);
  });

  it('ignores an assertion that an app set to PKCE alone sends along', async () => {
    const app = await anApp(worker, { pkce: true });
    const asked = await codeOf(app);
    const answer = await postToken(worker, {
      grant_type: 'authorization_code',
      code: asked.code,
      code_verifier: asked.verifier,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'a.b.c',
    });
    expect(answer.status).toBe(200);
  });

  it('redeems no code of another app', async () => {
    const other = await aKeyApp(worker, { certs: [SECOND_PAIR.cert] });
    const { code } = await keyCode();
    const stolen = await signAssertion(assertionClaims(other.clientId, worker.now()), SECOND_PAIR.key);
    expect(await refusal(await redeemWith(worker, code, stolen))).toMatchObject({
      error: 'invalid_client',
      error_description: expect.stringContaining('Invalid issuer'),
    });
    const asked = await codeOf(pkceApp);
    expect(
      await refusal(
        await postToken(worker, {
          grant_type: 'authorization_code',
          code: asked.code,
          code_verifier: asked.verifier,
          client_id: keyApp.clientId,
        }),
      ),
    ).toMatchObject({ status: 400 });
    expect(
      await refusal(
        await postToken(worker, {
          grant_type: 'authorization_code',
          code: asked.code,
          code_verifier: asked.verifier,
          client_id: 'urn:nobody',
        }),
      ),
    ).toMatchObject({ error: 'invalid_grant' });
    expect((await redeem(worker, asked)).status).toBe(200);
    const right = await signAssertion(assertionClaims(keyApp.clientId, worker.now()));
    expect((await redeemWith(worker, code, right)).status).toBe(200);
  });

  it('redeems nothing for an app that was switched off meanwhile', async () => {
    const off = await anApp(worker);
    const pkceOnly = await anApp(worker);
    const asked = await codeOf(off);
    const more = await codeOf(off);
    await changeApp(worker, off, { active: false });
    expect(await refusal(await redeem(worker, asked))).toMatchObject({ status: 400 });
    // Naming an active app in an assertion nobody verifies must not help.
    const named = await signAssertion(assertionClaims(pkceOnly.clientId, worker.now()), SECOND_PAIR.key);
    expect(
      await refusal(await redeemWith(worker, more.code, named, { code_verifier: more.verifier })),
    ).toMatchObject({ status: 400 });
  });
});

describe('TOK-5 to TOK-9 client assertions', () => {
  const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  let code = '';
  beforeAll(async () => {
    ({ code } = await keyCode());
  });
  const good = () => assertionClaims(keyApp.clientId, Date.now());
  const soon = () => Math.floor(Date.now() / 1000);
  const rs = (header: object, claims: object, key: string = FIRST_PAIR.key): string => {
    const input = `${b64(header)}.${b64(claims)}`;
    return `${input}.${createSign('RSA-SHA256').update(input).sign(createPrivateKey(key)).toString('base64url')}`;
  };
  const RS256 = { alg: 'RS256' };
  const SIGNATURE = 'Signature verification failed';

  const bad: readonly (readonly [string, () => string, string])[] = [
    ['alg none', () => `${b64({ alg: 'none' })}.${b64(good())}.`, 'Expected a different algorithm'],
    [
      'alg None in odd letters',
      () => `${b64({ alg: 'NoNe' })}.${b64(good())}.`,
      'Expected a different algorithm',
    ],
    [
      'HS256 with the certificate as the secret',
      () => {
        const input = `${b64({ alg: 'HS256' })}.${b64(good())}`;
        return `${input}.${createHmac('sha256', FIRST_PAIR.cert).update(input).digest('base64url')}`;
      },
      'Expected a different algorithm',
    ],
    [
      'RS256 in the header over an HMAC',
      () => {
        const input = `${b64(RS256)}.${b64(good())}`;
        return `${input}.${createHmac('sha256', FIRST_PAIR.cert).update(input).digest('base64url')}`;
      },
      SIGNATURE,
    ],
    ['a header without alg', () => rs({}, good()), 'Expected a different algorithm'],
    ['a list of algorithms', () => rs({ alg: ['RS256'] }, good()), 'Expected a different algorithm'],
    ['RS512', () => rs({ alg: 'RS512' }, good()), 'Expected a different algorithm'],
    ['a critical extension', () => rs({ alg: 'RS256', crit: ['exp'], exp: 1 }, good()), 'critical'],
    ['the wrong key', () => rs(RS256, good(), SECOND_PAIR.key), SIGNATURE],
    [
      'a key of its own in the header',
      () =>
        rs(
          { alg: 'RS256', jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, jku: 'https://evil.test/' },
          good(),
          SECOND_PAIR.key,
        ),
      SIGNATURE,
    ],
    ['no signature', () => `${b64(RS256)}.${b64(good())}.`, SIGNATURE],
    [
      'changed claims',
      () => {
        const [head, , signature] = rs(RS256, good()).split('.');
        return `${head}.${b64({ ...good(), admin: true })}.${signature}`;
      },
      SIGNATURE,
    ],
    [
      'two segments',
      () => rs(RS256, good()).split('.').slice(0, 2).join('.'),
      'Not enough or too many segments',
    ],
    ['five segments', () => `${rs(RS256, good())}.a.b`, 'Not enough or too many segments'],
    ['claims that are a list', () => rs(RS256, []), 'Invalid segment encoding'],
    ['garbage', () => 'a.b.c', 'Invalid segment encoding'],
    ['another issuer', () => rs(RS256, { ...good(), iss: 'urn:nobody' }), 'received urn:nobody'],
    ['no issuer', () => rs(RS256, { ...good(), iss: undefined }), 'received <none>'],
    [
      'another issuer, with a key nobody registered',
      () => rs(RS256, { ...good(), iss: 'urn:nobody' }, SECOND_PAIR.key),
      SIGNATURE,
    ],
    ['another subject', () => rs(RS256, { ...good(), sub: 'urn:nobody' }), 'Invalid subject'],
    ['no subject', () => rs(RS256, { ...good(), sub: undefined }), 'received <none>'],
    ['no exp', () => rs(RS256, { ...good(), exp: undefined }), 'Missing required claim exp'],
    ['an exp in the past', () => rs(RS256, { ...good(), exp: soon() - 31 }), 'Signature has expired'],
    ['an exp that is text', () => rs(RS256, { ...good(), exp: '9999999999' }), 'Signature has expired'],
    ['an nbf in the future', () => rs(RS256, { ...good(), nbf: soon() + 120 }), 'nbf has not been reached'],
    ['an iat in the future', () => rs(RS256, { ...good(), iat: soon() + 120 }), 'iat must be'],
    ['an iat that is text', () => rs(RS256, { ...good(), iat: 'now' }), 'iat must be'],
    ['no audience', () => rs(RS256, { ...good(), aud: undefined }), 'Invalid audience'],
    [
      'the older token path',
      () => rs(RS256, { ...good(), aud: `${ISSUER}openid_connect/token` }),
      'Invalid audience',
    ],
    [
      'another server',
      () => rs(RS256, { ...good(), aud: 'https://elsewhere.test/api/openid_connect/token' }),
      'Invalid audience',
    ],
    [
      'an audience that only begins alike',
      () => rs(RS256, { ...good(), aud: `${TOKEN_URL}/more` }),
      'Invalid audience',
    ],
  ];
  for (const [what, make, sentence] of bad) {
    it(`refuses ${what}`, async () => {
      const answer = await redeemWith(worker, code, make());
      expect(answer.headers.get('www-authenticate')).not.toBeNull();
      expect(await refusal(answer)).toMatchObject({
        status: 401,
        error: 'invalid_client',
        error_description: expect.stringContaining(sentence),
      });
    });
  }

  it('refuses another assertion type', async () => {
    const answer = await redeemWith(worker, code, rs(RS256, good()), {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer',
    });
    expect(await refusal(answer)).toMatchObject({
      status: 401,
      error_description: expect.stringContaining('Client assertion type is not included'),
    });
  });

  it('still takes the code after all of these', async () => {
    expect((await redeemWith(worker, code, rs(RS256, good()))).status).toBe(200);
  });

  it('TOK-6 takes the token URL, a list, and the issuer with and without its slash', async () => {
    for (const aud of [
      TOKEN_URL,
      `${TOKEN_URL}/`,
      ['https://x.test', TOKEN_URL],
      ISSUER,
      ISSUER.slice(0, -1),
    ]) {
      const fresh = await keyCode();
      expect((await redeemWith(worker, fresh.code, rs(RS256, { ...good(), aud }))).status, String(aud)).toBe(
        200,
      );
    }
  });

  it('FLR-5 takes exp far ahead, an iat a moment ahead, and any kid', async () => {
    const fresh = await keyCode();
    expect(
      (
        await redeemWith(
          worker,
          fresh.code,
          rs({ ...RS256, kid: 'x', typ: 'JWT' }, { ...good(), exp: soon() + 100_000, iat: soon() + 5 }),
        )
      ).status,
    ).toBe(200);
  });

  it('tries each of several certificates, also ones registered a moment ago', async () => {
    const two = await aKeyApp(worker);
    const plain = { code_challenge: null, code_challenge_method: null };
    const first = await obtainCode(browser, person, two, plain);
    const sign = () => signAssertion(assertionClaims(two.clientId, worker.now()), SECOND_PAIR.key);
    expect((await redeemWith(worker, first.code, await sign())).status).toBe(401);
    await changeApp(worker, two, { certs: [FIRST_PAIR.cert, SECOND_PAIR.cert] });
    expect((await redeemWith(worker, first.code, await sign())).status).toBe(200);
    const second = await obtainCode(browser, person, two, plain);
    expect(
      (
        await redeemWith(
          worker,
          second.code,
          await signAssertion(assertionClaims(two.clientId, worker.now())),
        )
      ).status,
    ).toBe(200);
  });

  it('TOK-9 refuses an assertion id that redeemed before, in the same session and in another', async () => {
    const claims = { ...assertionClaims(keyApp.clientId, worker.now()) };
    const one = await keyCode();
    expect((await redeemWith(worker, one.code, await signAssertion(claims))).status).toBe(200);
    const two = await keyCode();
    expect(await refusal(await redeemWith(worker, two.code, await signAssertion(claims)))).toMatchObject({
      status: 401,
      error_description: expect.stringContaining('jti has been used before'),
    });
    const elsewhere = new Browser(worker);
    const three = await obtainCode(elsewhere, person, keyApp, {
      code_challenge: null,
      code_challenge_method: null,
    });
    expect((await redeemWith(worker, three.code, await signAssertion(claims))).status).toBe(401);
  });

  it('TOK-9 lets an app that cannot make unique ids repeat them', async () => {
    const careless = await aKeyApp(worker, { refuse_jti_replay: false });
    const claims = assertionClaims(careless.clientId, worker.now());
    for (let times = 0; times < 2; times += 1) {
      const { code: fresh } = await obtainCode(browser, person, careless, {
        code_challenge: null,
        code_challenge_method: null,
      });
      expect((await redeemWith(worker, fresh, await signAssertion(claims))).status).toBe(200);
    }
  });
});

describe('TOK-10 what cannot be read', () => {
  it('refuses other grants', async () => {
    for (const grant of ['refresh_token', 'client_credentials', 'password', '', 'AUTHORIZATION_CODE']) {
      const answer = await postToken(worker, { grant_type: grant, code: 'x', code_verifier: 'y' });
      expect(await refusal(answer), grant).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
    }
  });

  it('refuses oversized bodies and values', async () => {
    expect(await refusal(await postToken(worker, `code=${'x'.repeat(2_000_000)}`))).toMatchObject({
      status: 400,
      error: 'invalid_request',
    });
    const endless = new Blob([`code=${'x'.repeat(2_000_000)}`]).stream();
    const streamed = await worker.fetch('/api/openid_connect/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: endless,
      duplex: 'half',
    });
    expect(await refusal(streamed)).toMatchObject({ status: 400, error: 'invalid_request' });
    expect(
      await refusal(
        await postToken(worker, { grant_type: 'authorization_code', client_assertion: 'x'.repeat(20_000) }),
      ),
    ).toMatchObject({ status: 400 });
  });

  it('refuses what is no UTF-8, another content type, and JSON that is none', async () => {
    expect(await refusal(await postToken(worker, 'grant_type=%ff'))).toMatchObject({
      error: 'invalid_request',
    });
    expect(
      await refusal(await postToken(worker, 'a=b', { 'content-type': 'multipart/form-data; boundary=x' })),
    ).toMatchObject({ error: 'invalid_request' });
    expect(
      await refusal(await postToken(worker, '{"code":', { 'content-type': 'application/json' })),
    ).toMatchObject({ error: 'invalid_request' });
    expect(
      await refusal(await postToken(worker, '[]', { 'content-type': 'application/json' })),
    ).toMatchObject({ status: 400 });
  });

  it('reads no client secret and no Authorization header', async () => {
    const { code } = await codeOf(pkceApp);
    const answer = await postToken(
      worker,
      { grant_type: 'authorization_code', code, client_id: pkceApp.clientId, client_secret: 'x' },
      { authorization: `Basic ${Buffer.from(`${pkceApp.clientId}:x`).toString('base64')}` },
    );
    expect(await refusal(answer)).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  it('answers apps built for the old shape in it: 400, the sentence in error', async () => {
    const old = await aKeyApp(worker, { legacy_token_errors: true });
    const { code } = await obtainCode(browser, person, old, {
      code_challenge: null,
      code_challenge_method: null,
    });
    const wrong = await signAssertion(assertionClaims(old.clientId, worker.now()), SECOND_PAIR.key);
    const answer = await refusal(await redeemWith(worker, code, wrong));
    expect(answer).toEqual({ status: 400, error: 'Client assertion Signature verification failed' });
    const assertion = await signAssertion({ ...assertionClaims(old.clientId, worker.now()), aud: 'x' });
    expect((await refusal(await redeemWith(worker, code, assertion))).error).toMatch(
      /^Client assertion Invalid audience claim, expected https:\/\/idp\.test\/api\/openid_connect\/token\. Please see our documentation at \S+#invalid-aud-claim$/,
    );
    // TOK-1: whose code it is tells who asks, also where nothing else does.
    const stranger = await signAssertion({ ...assertionClaims('urn:nobody', worker.now()) });
    expect(await refusal(await redeemWith(worker, code, stranger))).toEqual({
      status: 400,
      error: `Client assertion Invalid issuer. Expected ["${old.clientId}"], received urn:nobody`,
    });
    const unsigned = 'eyJhbGciOiJub25lIn0.e30.';
    expect(await refusal(await redeemWith(worker, code, unsigned))).toEqual({
      status: 400,
      error: 'Client assertion Expected a different algorithm',
    });
    const bare = await postToken(worker, { grant_type: 'authorization_code', code });
    expect(await refusal(bare)).toEqual({
      status: 400,
      error: expect.stringMatching(/^Code Client must authenticate via PKCE or private_key_jwt/),
    });
    const good = await signAssertion(assertionClaims(old.clientId, worker.now()));
    await tokensOf(await redeemWith(worker, code, good));
    const again = await refusal(
      await redeemWith(worker, code, await signAssertion(assertionClaims(old.clientId, worker.now()))),
    );
    expect(again).toMatchObject({
      status: 400,
      error: expect.stringContaining('Code is invalid because doesn’t match any user.'),
    });
  });

  it('answers such an app in its shape however often it sends a code again, or one that logout made void', async () => {
    const old = await anApp(worker, { legacy_token_errors: true });
    const invalid = { status: 400, error: expect.stringMatching(/^Code is invalid because doesn’t match/) };
    const asked = await codeOf(old);
    await tokensOf(await redeem(worker, asked));
    for (let use = 2; use <= 4; use += 1)
      expect(await refusal(await redeem(worker, asked)), `use ${use}`).toEqual(invalid);
    const pending = await codeOf(old);
    const fields = { grant_type: 'authorization_code', code: pending.code, code_verifier: pending.verifier };
    expect(
      await refusal(await postToken(worker, { ...fields, client_id: 'urn:nobody' })),
      'client_id',
    ).toEqual({ status: 400, error: 'Client client_id is not the one the code was issued to' });
    const leaving = new URLSearchParams({ client_id: old.clientId, post_logout_redirect_uri: RETURN });
    await browser.open(`/openid_connect/logout?${leaving}`);
    expect(await refusal(await redeem(worker, pending)), 'COD-5').toEqual(invalid);
  });

  it('never echoes script as HTML', async () => {
    const answer = await redeemWith(
      worker,
      'x',
      await signAssertion({
        ...assertionClaims(keyApp.clientId, worker.now()),
        sub: '<script>alert(1)</script>',
      }),
    );
    expect(answer.headers.get('content-type')).toContain('application/json');
  });
});

describe('UIN-1 to UIN-3 userinfo', () => {
  let token = '';
  beforeAll(async () => {
    token = (await tokensOf(await redeem(worker, await codeOf(pkceApp)))).accessToken;
  });
  const call = (
    headers: Readonly<Record<string, string>>,
    method = 'GET',
    path = '/api/openid_connect/userinfo',
    body?: string,
  ) => worker.fetch(path, { method, headers, ...(body === undefined ? {} : { body }) });

  it('answers GET and POST, again and again, without cookies', async () => {
    for (const method of ['GET', 'POST', 'GET']) {
      const answer = await call({ authorization: `Bearer ${token}` }, method);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(asObject(await answer.json())).toMatchObject({
        iss: ISSUER,
        email: person.email,
        email_verified: true,
      });
    }
  });

  it('refuses with 401, a sentence and a challenge', async () => {
    const cases: readonly (readonly [Readonly<Record<string, string>>, string, string])[] = [
      [{}, 'No Authorization header provided.', 'Bearer realm="userinfo"'],
      [{ authorization: token }, 'Malformed Authorization header.', 'error="invalid_request"'],
      [{ authorization: `bearer ${token}` }, 'Malformed Authorization header.', 'error="invalid_request"'],
      [{ authorization: `Bearer  ${token}` }, 'Malformed Authorization header.', 'error="invalid_request"'],
      [
        { authorization: `Bearer ${token}, Bearer ${token}` },
        'Malformed Authorization header.',
        'error="invalid_request"',
      ],
      [{ authorization: `Bearer ${token}x` }, 'Could not find authorization', 'error="invalid_token"'],
      [
        { authorization: `Bearer ${token.slice(0, -2)}${token.endsWith('AA') ? 'BA' : 'AA'}` },
        'Could not find authorization',
        'error="invalid_token"',
      ],
      [{ authorization: 'Bearer x' }, 'Could not find authorization', 'error="invalid_token"'],
    ];
    for (const [headers, sentence, challenge] of cases) {
      const answer = await call(headers);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain(challenge);
      expect(asObject(await answer.json()).error).toContain(sentence);
    }
  });

  it('reads no token from query, body or cookie', async () => {
    expect((await call({}, 'GET', `/api/openid_connect/userinfo?access_token=${token}`)).status).toBe(401);
    expect(
      (
        await call(
          { 'content-type': 'application/x-www-form-urlencoded' },
          'POST',
          undefined,
          `access_token=${token}`,
        )
      ).status,
    ).toBe(401);
    expect((await call({ cookie: `access_token=${token}` })).status).toBe(401);
  });

  it('takes no code for a token', async () => {
    const { code } = await codeOf(pkceApp);
    expect((await call({ authorization: `Bearer ${code}` })).status).toBe(401);
    expect((await call({ authorization: `Bearer ${code.replace('gh_code_', 'gh_at_')}` })).status).toBe(401);
  });

  it('stops for an app that was switched off', async () => {
    const off = await anApp(worker);
    const { accessToken } = await tokensOf(await redeem(worker, await codeOf(off)));
    expect((await call({ authorization: `Bearer ${accessToken}` })).status).toBe(200);
    await changeApp(worker, off, { active: false });
    expect((await call({ authorization: `Bearer ${accessToken}` })).status).toBe(401);
  });
});
