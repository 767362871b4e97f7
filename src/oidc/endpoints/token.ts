import { type App, isOidc } from '../../apps/model.ts';
import { toBase64Url, utf8 } from '../../kernel/bytes.ts';
import { PATHS } from '../../kernel/paths.ts';
import { SECOND } from '../../kernel/time.ts';
import type { AppContext } from '../../signin/endpoints/visit.tsx';
import { MAX_TOKEN_BODY_LENGTH } from '../limits.ts';
import type { OidcPorts } from '../ports.ts';
import { assertionAudiences, claimedIssuer, readClientAssertion, verifyClientAssertion } from '../rules/client-assertion.ts';
import { expiresIn, idTokenClaims } from '../rules/id-token.ts';
import { redemptionFaults } from '../rules/redemption-faults.ts';
import { type TokenFault, tokenFault } from '../rules/token-faults.ts';
import { challengeOf, readTokenRequest, type TokenRequest, tokenRequestFaults, usesAssertion } from '../rules/token-request.ts';
import { importCertificateKeys, verifyRs256 } from '../wire/certificate-key.ts';
import { encodeTokenError } from '../wire/encode-token-error.ts';
import { completeJws, jwsSigningInput } from '../wire/jws.ts';
import { readPayload } from './door.ts';
import { releaseFacts } from './release.ts';
import { SeenAssertions } from './seen-assertions.ts';

const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', pragma: 'no-cache' } as const;
const RSA = 'RSASSA-PKCS1-v1_5';

interface Proof {
  readonly app: App;
  readonly id: { readonly value: string; readonly expiresAt: number } | null;
}

/** OIDC Core section 3.1.3, oidc section 6: redeems a code. One session call; everything else is arithmetic. */
export function token(ports: OidcPorts): (c: AppContext) => Promise<Response> {
  const tokenUrl = ports.issuer.replace(/\/$/, '') + PATHS.token;
  const audiences = assertionAudiences(tokenUrl, ports.issuer);
  const seen = new SeenAssertions();
  const refuse = (faults: readonly [TokenFault, ...TokenFault[]], app: App | null): Response => {
    const { status, headers, body } = encodeTokenError(faults, { legacy: app?.legacy_token_errors ?? false, docsUrl: ports.docsUrl });
    return new Response(body, { status, headers });
  };

  /** The app a request names, by its assertion or by `client_id`; unproven. */
  const namedApp = async (request: TokenRequest): Promise<App | null> => {
    const assertion = request.clientAssertion === null ? null : readClientAssertion(request.clientAssertion);
    const issuer = (assertion?.ok ? claimedIssuer(assertion.value) : null) ?? request.clientId;
    const app = issuer === null ? null : await ports.findAppByIssuer(issuer);
    return app !== null && isOidc(app) && app.active ? app : null;
  };

  return async (c) => {
    const now = c.get('now');
    const text = await c.req.text();
    const read = text.length > MAX_TOKEN_BODY_LENGTH ? { ok: false as const, error: tokenFault('request-too-long') } : readTokenRequest(text, c.req.header('content-type') ?? null);
    if (!read.ok) return refuse([read.error], null);
    const request = read.value;
    const app = await namedApp(request);
    const [fault, ...more] = tokenRequestFaults(request, app);
    if (fault !== undefined) return refuse([fault, ...more], app);

    let proof: Proof | null = null;
    if (usesAssertion(request, app) && request.clientAssertion !== null) {
      const assertion = readClientAssertion(request.clientAssertion);
      if (!assertion.ok) return refuse([assertion.error], app);
      if (app === null) return refuse([tokenFault('invalid-token-signature')], null);
      const verified = await verifyClientAssertion(assertion.value, {
        clientId: app.issuer,
        keys: await importCertificateKeys(app.certs),
        audiences,
        now,
        jtiRequired: false,
        verify: verifyRs256,
      });
      if (!verified.ok) return refuse(verified.error, app);
      const { jti, exp } = verified.value;
      const id = jti === null || !app.refuse_jti_replay ? null : { value: `${app.uuid} ${jti}`, expiresAt: exp * SECOND };
      if (id !== null && seen.has(id.value, now)) return refuse([tokenFault('assertion-replayed')], app);
      proof = { app, id };
    }

    const claimed = proof === null && request.clientId !== null ? await ports.findAppByIssuer(request.clientId) : null;
    if (request.clientId !== null && (proof === null ? claimed === null : request.clientId !== proof.app.issuer)) {
      return refuse([tokenFault('client-mismatch')], app);
    }
    const redeemed = await ports.hall.sessions.redeem(
      request.code ?? '',
      {
        challengeAnswer: request.codeVerifier === null ? null : challengeOf(request.codeVerifier),
        provenApp: proof?.app.uuid ?? null,
        proofId: proof?.id ?? null,
        claimedApp: claimed?.uuid ?? null,
      },
      now,
    );
    if (!redeemed.ok) {
      const owner = redeemed.error.reason === 'other_app' ? await ports.findApp(redeemed.error.app) : null;
      return refuse(redemptionFaults(redeemed.error, request, owner?.issuer ?? null, proof?.app.issuer ?? null), app);
    }
    if (proof?.id) seen.add(proof.id.value, proof.id.expiresAt, now);

    const { accessToken, release } = redeemed.value;
    const payload = readPayload(release.payload);
    const facts = await releaseFacts(redeemed.value, payload, ports);
    const signing = await ports.keys.signing();
    const claims = idTokenClaims(facts, {
      audience: payload.clientId,
      nonce: payload.nonce,
      jti: toBase64Url(ports.hall.random(16)),
      accessToken,
      code: request.code ?? '',
      now,
      expiresAt: release.sessionEndsAt,
      slim: payload.slim,
    });
    const input = jwsSigningInput(signing.kid, { ...claims });
    const signature = await crypto.subtle.sign(RSA, signing.key, utf8(input));
    const body = JSON.stringify({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresIn(release.sessionEndsAt, now),
      id_token: completeJws(input, new Uint8Array(signature)),
    });
    return new Response(body, { headers: HEADERS });
  };
}
