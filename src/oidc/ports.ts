import type { FindApp, FindAppByIssuer, IsRegisteredOrigin } from '../apps/ports.ts';
import type { HallPorts } from '../signin/ports.ts';
import type { AppBrake } from './rules/app-brake.ts';

/** What signs id_tokens now. */
export interface SigningKey {
  readonly kid: string;
  readonly key: CryptoKey;
}

/** A published key: RSA, RS256, public members only (JWK-1). */
export interface PublicJwk {
  readonly alg: 'RS256';
  readonly use: 'sig';
  readonly kty: 'RSA';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
}

/** The OIDC side of the key ring. */
export interface OidcKeys {
  /** From isolate memory, at most a minute old. Made on first use. */
  readonly signing: () => Promise<SigningKey>;
  /** Active key first (JWK-3). */
  readonly published: () => Promise<readonly PublicJwk[]>;
}

/** What the OpenID Connect door needs from outside. */
export interface OidcPorts {
  readonly hall: HallPorts;
  /** With its trailing slash (DSC-2). */
  readonly issuer: string;
  readonly keys: OidcKeys;
  readonly findApp: FindApp;
  readonly findAppByIssuer: FindAppByIssuer;
  readonly isRegisteredOrigin: IsRegisteredOrigin;
  /** Refuse scopes above the level instead of dropping them (SCP-2). */
  readonly strictScopes: boolean;
  /** Refuse hints at logout and insist on `client_id`, instead of taking either (LGO-6). */
  readonly rejectLogoutHints: boolean;
  /** Null where partners' test suites ask all day (NET-6). */
  readonly brake: AppBrake | null;
  /** The page that explains error ids. */
  readonly docsUrl: string;
}
