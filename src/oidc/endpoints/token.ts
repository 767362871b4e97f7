import { type App, isOidc } from '../../apps/model.ts';
import { toBase64Url, utf8 } from '../../kernel/bytes.ts';
import { PATHS } from '../../kernel/paths.ts';
import { readText } from '../../kernel/read-text.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { AppContext } from '../../signin/endpoints/visit.tsx';
import { MAX_TOKEN_BODY_LENGTH } from '../limits.ts';
import type { OidcPorts } from '../ports.ts';
import {
  assertionAudiences,
  claimedIssuer,
  readClientAssertion,
  verifyClientAssertion,
} from '../rules/client-assertion.ts';
import { expiresIn, idTokenClaims } from '../rules/id-token.ts';
import { redemptionFaults } from '../rules/redemption-faults.ts';
import { type TokenFault, tokenFault } from '../rules/token-faults.ts';
import { challengeOf, readTokenRequest, tokenRequestFaults, usesAssertion } from '../rules/token-request.ts';
import { importCertificateKeys, verifyRs256 } from '../wire/certificate-key.ts';
import { encodeTokenError } from '../wire/encode-token-error.ts';
import { completeJws, jwsSigningInput, type UnverifiedJws } from '../wire/jws.ts';
import { readPayload } from './door.ts';
import { releaseFacts } from './release.ts';
import { SeenAssertions } from './seen-assertions.ts';
import { slowDown } from './slow-down.ts';

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  pragma: 'no-cache',
} as const;
const RSA = 'RSASSA-PKCS1-v1_5';

/** A key proof that held: whose it is, and the id it may not be used under again. */
interface Proof {
  readonly app: App;
  readonly id: { readonly value: string; readonly expiresAt: number } | null;
}

/** OIDC Core section 3.1.3, oidc section 6: redeems a code. One session call; everything else is arithmetic. */
export function token(ports: OidcPorts): (c: AppContext) => Promise<Response> {
  const tokenUrl = ports.issuer.replace(/\/$/, '') + PATHS.token;
  const audiences = assertionAudiences(tokenUrl, ports.issuer);
  const seen = new SeenAssertions();
  const refuse = (
    faults: readonly [TokenFault, ...TokenFault[]],
    app: Pick<App, 'legacy_token_errors'> | null,
  ): Response => {
    const { status, headers, body } = encodeTokenError(faults, {
      legacy: app?.legacy_token_errors ?? false,
      docsUrl: ports.docsUrl,
    });
    return new Response(body, { status, headers });
  };
  const findActive = async (issuer: string): Promise<App | null> => {
    const app = await ports.findAppByIssuer(issuer);
    return app !== null && isOidc(app) && app.active ? app : null;
  };
  const ownerOf = async (code: string | null, now: number): Promise<App | null> => {
    const uuid = code === null ? null : await ports.hall.sessions.appOfCode(code, now);
    const app = uuid === null ? null : await ports.findApp(uuid);
    return app?.active ? app : null;
  };
  const prove = async (
    assertion: UnverifiedJws,
    app: App,
    now: number,
  ): Promise<Result<Proof, readonly [TokenFault, ...TokenFault[]]>> => {
    const verified = await verifyClientAssertion(assertion, {
      clientId: app.issuer,
      keys: await importCertificateKeys(app.certs),
      audiences,
      now,
      // A missing `jti` is the app's own choice; nobody else can take it out of a signed assertion (docs/decisions/assertion-replay.md).
      jtiRequired: false,
      verify: verifyRs256,
    });
    if (!verified.ok) return verified;
    const { jti, usableUntil } = verified.value;
    if (jti === null || !app.refuse_jti_replay) return ok({ app, id: null });
    const id = { value: `${app.uuid} ${jti}`, expiresAt: usableUntil };
    return seen.add(id.value, id.expiresAt, now) ? ok({ app, id }) : err([tokenFault('assertion-replayed')]);
  };

  return async (c) => {
    const now = c.get('now');
    const body = await readText(c.req.raw, MAX_TOKEN_BODY_LENGTH);
    if (body === null) return refuse([tokenFault('request-too-long')], null);
    const read = readTokenRequest(body, c.req.header('content-type') ?? null);
    if (!read.ok) return refuse([read.error], null);
    const request = read.value;
    const assertion = request.clientAssertion === null ? null : readClientAssertion(request.clientAssertion);
    const named = (assertion?.ok ? claimedIssuer(assertion.value) : null) ?? request.clientId;
    let app = named === null ? null : await findActive(named);
    const slowed = slowDown(c, ports, app?.uuid ?? null);
    if (slowed !== null) return slowed;
    // TOK-1: the app is the code's. It is looked up only where the request names none and something is wrong with it: what
    // is wrong is then said as that app expects to hear it (TOK-10).
    const known = async (): Promise<App | null> => app ?? (await ownerOf(request.code, now));
    if (app === null && usesAssertion(request, null)) app = await known();
    const [fault, ...more] = tokenRequestFaults(request, app);
    if (fault !== undefined) return refuse([fault, ...more], await known());

    let proof: Proof | null = null;
    if (assertion !== null && usesAssertion(request, app)) {
      if (!assertion.ok) return refuse([assertion.error], app);
      if (app === null) return refuse([tokenFault('invalid-token-signature')], null);
      const proven = await prove(assertion.value, app, now);
      if (!proven.ok) return refuse(proven.error, app);
      proof = proven.value;
    }
    const forgetProof = (): void => {
      if (proof?.id) seen.forget(proof.id.value);
    };
    const contradicts = request.clientId !== null && (proof?.app.issuer ?? app?.issuer) !== request.clientId;
    if (contradicts) {
      forgetProof();
      return refuse([tokenFault('client-mismatch')], await known());
    }

    // Everything that may fail for reasons of ours happens before the code is spent.
    const signing = await ports.keys.signing();
    const attempt = {
      challengeAnswer: request.codeVerifier === null ? null : challengeOf(request.codeVerifier),
      provenApp: proof?.app.uuid ?? null,
      proofId: proof?.id ?? null,
      claimedApp: proof === null && request.clientId !== null ? (app?.uuid ?? null) : null,
    };
    const redeemed = await ports.hall.sessions
      .redeem(request.code ?? '', attempt, now, ports.hall.accounts.profile)
      .catch((outage: unknown) => {
        forgetProof();
        throw outage;
      });
    if (!redeemed.ok) {
      if (redeemed.error.reason !== 'proof_replayed') forgetProof();
      const owner = 'app' in redeemed.error ? await ports.findApp(redeemed.error.app) : null;
      return refuse(
        redemptionFaults(redeemed.error, request, owner?.issuer ?? null, proof?.app.issuer ?? null),
        app ?? owner,
      );
    }

    const { accessToken, release } = redeemed.value;
    // The app the request names is not always the code's: an assertion nobody had to verify may name any.
    const owner = app?.uuid === release.app ? app : await ports.findApp(release.app);
    if (owner === null || !owner.active) return refuse([tokenFault('invalid-code')], owner);
    const payload = readPayload(release.payload);
    const claims = idTokenClaims(await releaseFacts(redeemed.value, payload, ports), {
      audience: payload.clientId,
      nonce: payload.nonce,
      jti: toBase64Url(ports.hall.random(16)),
      accessToken,
      code: request.code ?? '',
      now,
      expiresAt: release.sessionEndsAt,
      slim: payload.slim,
    });
    const input = jwsSigningInput(signing.kid, claims);
    const signature = await crypto.subtle.sign(RSA, signing.key, utf8(input));
    const answer = JSON.stringify({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresIn(release.sessionEndsAt, now),
      id_token: completeJws(input, new Uint8Array(signature)),
    });
    return new Response(answer, { headers: HEADERS });
  };
}
