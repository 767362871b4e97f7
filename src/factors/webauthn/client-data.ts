import { fromUtf8, toBase64Url } from '../../kernel/bytes.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

/** What the browser must have been asked (WebAuthn section 5.8.1). */
export interface ExpectedClientData {
  readonly type: 'webauthn.create' | 'webauthn.get';
  readonly challenge: Uint8Array;
  /** Our own origin, without a trailing slash. */
  readonly origin: string;
}

export type ClientDataRefusal = {
  readonly reason: 'malformed_client_data' | 'wrong_type' | 'wrong_challenge' | 'wrong_origin';
};

/** Extensions and long host names fit; nothing larger is client data. */
const MAX_LENGTH = 4096;

/** Checks what the browser says it was asked, by whom and for what. Pages in frames are refused: ours are never framed. */
export function checkClientData(
  bytes: Uint8Array,
  expected: ExpectedClientData,
): Result<null, ClientDataRefusal> {
  const data = readObject(bytes);
  if (data === null) return err({ reason: 'malformed_client_data' });
  if (data.type !== expected.type) return err({ reason: 'wrong_type' });
  const { challenge } = data;
  if (typeof challenge !== 'string' || !equalSecrets(challenge, toBase64Url(expected.challenge))) {
    return err({ reason: 'wrong_challenge' });
  }
  const framed = (data.crossOrigin ?? false) !== false || data.topOrigin !== undefined;
  return data.origin !== expected.origin || framed ? err({ reason: 'wrong_origin' }) : ok(null);
}

function readObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  const text = bytes.length > MAX_LENGTH ? null : fromUtf8(bytes);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
