import { userHandleOf } from '../../factors/webauthn/credential.ts';
import type { WebauthnKind } from '../../factors/webauthn/model.ts';
import { relyingParty } from '../../factors/webauthn/relying-party.ts';
import { concat, fromBase64Url, toBase64Url } from '../../kernel/bytes.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { HallPorts } from '../../signin/ports.ts';
import type { SoftwareCredential } from '../test-account.ts';

const NAMES: Readonly<Record<WebauthnKind, string>> = {
  security_key: 'Test key',
  platform_passkey: 'Test passkey',
};
const EVENTS = { security_key: 'webauthn_key_added', platform_passkey: 'webauthn_platform_added' } as const;

/** Gives a test account a WebAuthn credential whose private key is told, so that a script can play the authenticator. */
export async function addSoftwareCredential(
  hall: HallPorts,
  account: string,
  kind: WebauthnKind,
  now: EpochMs,
): Promise<SoftwareCredential> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  if (!('privateKey' in pair)) throw new Error('a key pair was expected');
  const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey);
  if (jwk instanceof ArrayBuffer) throw new Error('a JSON Web Key was expected');
  const id = toBase64Url(hall.random(32));
  const added = await hall.factors.addWebauthn({
    account,
    kind,
    name: NAMES[kind],
    credential: {
      id,
      publicKey: toBase64Url(coseKey(jwk)),
      transports: kind === 'platform_passkey' ? ['internal'] : ['usb'],
      aaguid: toBase64Url(new Uint8Array(16)),
      userVerified: true,
      backupEligible: false,
      backedUp: false,
      signCount: 0,
      lastChallengeAt: null,
      counterFellAt: null,
    },
    event: { kind: EVENTS[kind], at: now, browser: null },
  });
  if (!added.ok) throw new Error(`a fresh account took no credential: ${added.error.reason}`);
  const { kty = '', crv = '', x = '', y = '', d = '' } = jwk;
  const userHandle = userHandleOf(account);
  return {
    kind,
    id,
    privateKeyJwk: { kty, crv, x, y, d },
    rpId: relyingParty(hall.site.origin).id,
    userHandle,
  };
}

/** COSE_Key of a P-256 key for ES256 (RFC 9053): five fixed entries, so no encoder is needed. */
function coseKey({ x = '', y = '' }: JsonWebKey): Uint8Array {
  const part = (text: string): Uint8Array => fromBase64Url(text) ?? new Uint8Array();
  const head = Uint8Array.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20);
  return concat(head, part(x), Uint8Array.of(0x22, 0x58, 0x20), part(y));
}
