import { concat, toBase64Url } from '../../kernel/bytes.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type CborMap, isCborMap, readCbor } from './cbor.ts';
import { derSignatureToRaw } from './der-signature.ts';

/** A signature algorithm with what WebCrypto wants to be told about it. */
interface Algorithm {
  readonly import: { readonly name: string; readonly hash?: string; readonly namedCurve?: string };
  readonly verify: { readonly name: string; readonly hash?: string; readonly saltLength?: number };
  /** COSE key type: 1 OKP, 2 EC2, 3 RSA. */
  readonly type: 1 | 2 | 3;
  /** Of EC2 and OKP: the COSE curve, its name in a JWK, and the bytes of a coordinate. */
  readonly curve?: { readonly id: number; readonly name: string; readonly size: number };
}

const ecdsa = (id: number, name: string, size: number, hash: string): Algorithm => ({
  import: { name: 'ECDSA', namedCurve: name },
  verify: { name: 'ECDSA', hash },
  type: 2,
  curve: { id, name, size },
});
const pss = (hash: string, saltLength: number): Algorithm => ({
  import: { name: 'RSA-PSS', hash },
  verify: { name: 'RSA-PSS', saltLength },
  type: 3,
});

/** By COSE algorithm number (RFC 9053, RFC 8812), in the order of preference of WA-1. */
const ALGORITHMS: ReadonlyMap<number, Algorithm> = new Map([
  [-7, ecdsa(1, 'P-256', 32, 'SHA-256')],
  [-35, ecdsa(2, 'P-384', 48, 'SHA-384')],
  [-36, ecdsa(3, 'P-521', 66, 'SHA-512')],
  [-37, pss('SHA-256', 32)],
  [-38, pss('SHA-384', 48)],
  [-39, pss('SHA-512', 64)],
  [
    -257,
    {
      import: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      verify: { name: 'RSASSA-PKCS1-v1_5' },
      type: 3,
    },
  ],
  [
    -8,
    {
      import: { name: 'Ed25519' },
      verify: { name: 'Ed25519' },
      type: 1,
      curve: { id: 6, name: 'Ed25519', size: 32 },
    },
  ],
]);

/** What a new credential may sign with (WA-1); EdDSA last, for authenticators that have nothing else. */
export const OFFERED_ALGORITHMS: readonly number[] = [...ALGORITHMS.keys()];

/** RSA moduli outside these bounds are refused: too weak, or too dear to verify. Bytes. */
const RSA_MODULUS = { least: 256, most: 512 } as const;

/** A credential public key that was understood. */
export interface CoseKey {
  /** COSE algorithm number. */
  readonly algorithm: number;
  readonly jwk: Readonly<JsonWebKey>;
}

export type CoseKeyRefusal = { readonly reason: 'malformed_key' | 'unsupported_algorithm' };

const KTY = 1;
const ALG = 3;

/** Reads a COSE_Key (RFC 9052 section 7) of one of the offered algorithms; the whole input must be the key. */
export function readCoseKey(bytes: Uint8Array): Result<CoseKey, CoseKeyRefusal> {
  const read = readCbor(bytes);
  if (!read.ok || read.value.end !== bytes.length || !isCborMap(read.value.value)) {
    return err({ reason: 'malformed_key' });
  }
  const map = read.value.value;
  const number = map.get(ALG);
  const algorithm = typeof number === 'number' ? ALGORITHMS.get(number) : undefined;
  if (typeof number !== 'number' || algorithm === undefined) return err({ reason: 'unsupported_algorithm' });
  const jwk = map.get(KTY) === algorithm.type ? toJwk(map, algorithm) : null;
  return jwk === null ? err({ reason: 'malformed_key' }) : ok({ algorithm: number, jwk });
}

function toJwk(map: CborMap, { type, curve }: Algorithm): CoseKey['jwk'] | null {
  const part = (label: number, fits: (length: number) => boolean): string | null => {
    const value = map.get(label);
    return value instanceof Uint8Array && fits(value.length) ? toBase64Url(value) : null;
  };
  if (curve === undefined) {
    const n = part(-1, (length) => length >= RSA_MODULUS.least && length <= RSA_MODULUS.most);
    const e = part(-2, (length) => length >= 1 && length <= 4);
    return n === null || e === null ? null : { kty: 'RSA', n, e };
  }
  if (map.get(-1) !== curve.id) return null;
  const ofCurve = (length: number): boolean => length === curve.size;
  const x = part(-2, ofCurve);
  if (type === 1) return x === null ? null : { kty: 'OKP', crv: curve.name, x };
  // Compressed points (a boolean y) are not allowed for these algorithms (WebAuthn section 5.8.5).
  const y = part(-3, ofCurve);
  return x === null || y === null ? null : { kty: 'EC', crv: curve.name, x, y };
}

/** Whether `signature`, as authenticators write it, is this key's over `data`. A key that cannot be is refused as false. */
export async function verifyWithCoseKey(
  { algorithm: number, jwk }: CoseKey,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  const algorithm = ALGORITHMS.get(number);
  if (algorithm === undefined) return false;
  const raw =
    algorithm.type === 2 ? derSignatureToRaw(signature, algorithm.curve?.size ?? 0) : concat(signature);
  if (raw === null) return false;
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('jwk', jwk, algorithm.import, false, ['verify']);
  } catch {
    // A point that is not on its curve, or a modulus the runtime will not take: nobody can sign with it.
    return false;
  }
  return crypto.subtle.verify(algorithm.verify, key, raw, concat(data));
}
