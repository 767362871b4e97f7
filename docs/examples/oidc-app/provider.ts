import { randomBytes } from 'node:crypto';
import * as oidc from 'openid-client';
import type { Choices, ClientAuthentication } from './choices.ts';
import type { Settings } from './settings.ts';

/** A sign-in that was started and not finished yet: what the answer will be checked against. */
export interface Pending {
  readonly choices: Choices;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string | null;
}

/** Who signed in. */
export interface Identity {
  readonly authentication: ClientAuthentication;
  readonly idToken: Readonly<Record<string, unknown>>;
  /** As it came: later it can be sent as `id_token_hint`. */
  readonly rawIdToken: string;
  readonly userinfo: Readonly<Record<string, unknown>>;
}

const THIS_MACHINE = /^(?:127\.0\.0\.1|(?:[a-z0-9-]+\.)*localhost)$/;

/** The identity provider as this app sees it. Discovery is read at first need and kept until it fails. */
export function connect(settings: Settings) {
  const redirectUri = `${settings.origin}/callback`;
  const known = new Map<ClientAuthentication, Promise<oidc.Configuration>>();

  function configuration(authentication: ClientAuthentication): Promise<oidc.Configuration> {
    const found = known.get(authentication) ?? discover(authentication);
    known.set(authentication, found);
    found.catch(() => known.delete(authentication));
    return found;
  }

  function discover(authentication: ClientAuthentication): Promise<oidc.Configuration> {
    const { issuer, key } = settings;
    if (authentication !== 'pkce' && key === null) throw new Error('CLIENT_KEY_FILE names no key: use PKCE.');
    return oidc.discovery(
      issuer,
      authentication === 'pkce' ? settings.pkceClientId : settings.clientId,
      { id_token_signed_response_alg: 'RS256' },
      authentication === 'pkce' || key === null ? oidc.None() : oidc.PrivateKeyJwt(key.privateKey),
      {
        execute: [
          // Check the id_token's signature, although it came straight from the token endpoint.
          oidc.enableNonRepudiationChecks,
          // Only a provider on this very machine may be spoken to without TLS.
          ...(THIS_MACHINE.test(issuer.hostname) ? [oidc.allowInsecureRequests] : []),
        ],
      },
    );
  }

  return {
    /** Discovery works: for the health check. */
    async reachable(): Promise<boolean> {
      known.clear();
      const [result] = await Promise.allSettled([configuration('pkce')]);
      return result.status === 'fulfilled';
    },

    /** Where to send the browser, and what to remember meanwhile. */
    async begin(choices: Choices): Promise<{ readonly url: URL; readonly pending: Pending }> {
      const { authentication, parameters } = choices;
      const config = await configuration(authentication);
      const state = randomText(choices.stateLength);
      const nonce = randomText(choices.nonceLength);
      const verifier = authentication === 'private_key_jwt' ? null : oidc.randomPKCECodeVerifier();
      const challenge = verifier === null ? null : await oidc.calculatePKCECodeChallenge(verifier);
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        state,
        nonce,
        ...(challenge === null ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }),
        ...parameters,
      });
      return { url, pending: { choices, state, nonce, verifier } };
    },

    /**
     * Checks the answer and learns who signed in. The library compares `state`, `iss` (RFC 9207), and in the id_token
     * signature, `iss`, `aud`, `exp`, `nonce` and, where asked for, the age of the sign-in; userinfo must be about the
     * same `sub`. It throws when anything is off.
     */
    async finish(callback: URL, { choices, state, nonce, verifier }: Pending): Promise<Identity> {
      const { authentication, parameters } = choices;
      const config = await configuration(authentication);
      const maxAge = parameters.max_age;
      const tokens = await oidc.authorizationCodeGrant(config, callback, {
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
        ...(verifier === null ? {} : { pkceCodeVerifier: verifier }),
        ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
      });
      const idToken = tokens.claims();
      if (idToken === undefined || tokens.id_token === undefined) throw new Error('There is no id_token.');
      const userinfo = await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub);
      return { authentication, idToken, rawIdToken: tokens.id_token, userinfo };
    },

    /** Where to send the browser to sign out at the identity provider too; it asks the person first. */
    async signOutUrl(authentication: ClientAuthentication, state: string): Promise<URL> {
      const config = await configuration(authentication);
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: `${settings.origin}/`, state });
    },
  };
}

/** Unguessable text of exactly this many characters. */
export const randomText = (length: number): string =>
  randomBytes(length).toString('base64url').slice(0, length);

/** A refusal in words: the provider's own error and description where it gave one. */
export function describeFailure(failure: unknown): { readonly error: string; readonly description: string } {
  if (failure instanceof oidc.AuthorizationResponseError || failure instanceof oidc.ResponseBodyError) {
    return { error: failure.error, description: failure.error_description ?? '' };
  }
  if (failure instanceof oidc.ClientError) {
    return { error: failure.code ?? 'refused_by_this_app', description: failure.message };
  }
  return { error: 'failed', description: failure instanceof Error ? failure.message : String(failure) };
}
