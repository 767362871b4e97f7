import { toBase64Url } from '../../kernel/bytes.ts';
import { CEREMONY_TIMEOUT_MS, type Challenge } from './challenge.ts';
import { OFFERED_ALGORITHMS } from './cose-key.ts';
import type { Transport, WebauthnCredential, WebauthnKind } from './model.ts';
import { answersPrf, PRF_REQUEST, type PrfRequest } from './prf.ts';
import type { RelyingParty } from './relying-party.ts';

type Verification = 'required' | 'discouraged';

/** Whom an authenticator is told about, in the JSON form of WebAuthn section 5.1.10 (bytes as base64url). */
interface Descriptor {
  readonly type: 'public-key';
  readonly id: string;
  readonly transports: readonly Transport[];
}

export interface CreationOptions {
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[];
  readonly timeout: number;
  readonly excludeCredentials: readonly Descriptor[];
  readonly authenticatorSelection: {
    readonly authenticatorAttachment: 'platform' | 'cross-platform';
    readonly residentKey: 'preferred' | 'discouraged';
    readonly userVerification: Verification;
  };
  readonly hints: readonly ('security-key' | 'client-device')[];
  readonly attestation: 'none';
  readonly extensions?: PrfRequest;
}

export interface RequestOptions {
  readonly challenge: string;
  readonly timeout: number;
  readonly rpId: string;
  readonly allowCredentials: readonly Descriptor[];
  readonly userVerification: Verification;
  readonly extensions?: PrfRequest;
}

/**
 * Face and touch unlock always verify their user, which is what makes them a factor of their own at passkey-first
 * sign-in; a security key stands beside the password and need not (WA-1).
 */
export const verificationFor = (kind: WebauthnKind): Verification =>
  kind === 'platform_passkey' ? 'required' : 'discouraged';

const describe = ({ id, transports }: Pick<WebauthnCredential, 'id' | 'transports'>): Descriptor => ({
  type: 'public-key',
  id,
  transports,
});

/** WA-1: how to make a credential of a kind. Credentials the account has already are excluded. */
export const creationOptions = (asked: {
  readonly kind: WebauthnKind;
  readonly party: RelyingParty;
  readonly siteName: string;
  readonly challenge: Challenge;
  readonly userHandle: string;
  readonly userName: string;
  readonly held: readonly WebauthnCredential[];
}): CreationOptions => {
  const platform = asked.kind === 'platform_passkey';
  return {
    rp: { id: asked.party.id, name: asked.siteName },
    user: { id: asked.userHandle, name: asked.userName, displayName: asked.userName },
    challenge: toBase64Url(asked.challenge.bytes),
    pubKeyCredParams: OFFERED_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: CEREMONY_TIMEOUT_MS,
    excludeCredentials: asked.held.map(describe),
    authenticatorSelection: {
      authenticatorAttachment: platform ? 'platform' : 'cross-platform',
      residentKey: platform ? 'preferred' : 'discouraged',
      userVerification: verificationFor(asked.kind),
    },
    hints: [platform ? 'client-device' : 'security-key'],
    attestation: 'none',
    ...(answersPrf(asked.kind) ? { extensions: PRF_REQUEST } : {}),
  };
};

/** How to use one of the given credentials, or, with none given, any passkey of this site. */
export const requestOptions = (asked: {
  readonly party: RelyingParty;
  readonly challenge: Challenge;
  readonly credentials: readonly WebauthnCredential[];
  readonly userVerification: Verification;
}): RequestOptions => ({
  challenge: toBase64Url(asked.challenge.bytes),
  timeout: CEREMONY_TIMEOUT_MS,
  rpId: asked.party.id,
  allowCredentials: asked.credentials.map(describe),
  userVerification: asked.userVerification,
  ...(asked.userVerification === 'required' ? { extensions: PRF_REQUEST } : {}),
});
