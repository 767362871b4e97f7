import { toBase64Url } from '../../kernel/bytes.ts';
import { sha256 } from '../../kernel/crypto.ts';
import { TRANSPORTS, type Transport, type WebauthnKind } from './model.ts';

/**
 * The user handle of an account (WebAuthn section 5.4.3), base64url: nothing personal, and nothing that names the
 * account elsewhere. Authenticators keep it for years, so it depends on no key of ours.
 */
export const userHandleOf = (account: string): string =>
  toBase64Url(sha256(`gatehouse user handle|${account}`));

/** Known transports of a list, each once; unknown ones are to be ignored (WebAuthn section 5.8.4). */
export const knownTransports = (names: readonly string[]): readonly Transport[] =>
  TRANSPORTS.filter((known) => names.includes(known));

/** WA-2: what sits in the device or in a phone nearby is a platform passkey, everything else a security key. */
export const kindOfTransports = (transports: readonly Transport[]): WebauthnKind =>
  transports.some((transport) => transport === 'internal' || transport === 'hybrid')
    ? 'platform_passkey'
    : 'security_key';
