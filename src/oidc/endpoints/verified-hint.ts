import type { OidcPorts } from '../ports.ts';
import { type IdTokenHint, idTokenHintClaims } from '../rules/id-token-hint.ts';
import { verifyRs256 } from '../wire/certificate-key.ts';
import { readJws } from '../wire/jws.ts';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/** Whom an earlier id_token names, if a published key of ours signed it (LGO-6); null for anything else. */
export async function verifiedHint(
  token: string,
  ports: Pick<OidcPorts, 'keys' | 'issuer'>,
): Promise<IdTokenHint | null> {
  const jws = readJws(token);
  if (!jws.ok) return null;
  for (const jwk of await ports.keys.published()) {
    if (jws.value.kid !== null && jws.value.kid !== jwk.kid) continue;
    const key = await crypto.subtle.importKey('jwk', { kty: 'RSA', n: jwk.n, e: jwk.e }, ALGORITHM, false, [
      'verify',
    ]);
    if (await verifyRs256(key, jws.value.signed, jws.value.signature))
      return idTokenHintClaims(jws.value, ports.issuer);
  }
  return null;
}
