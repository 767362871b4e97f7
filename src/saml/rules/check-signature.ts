import { createHash } from 'node:crypto';
import type { Parameters } from '../wire/read-parameters.ts';
import { DSIG, RSA_SHA256 } from '../xml/algorithms.ts';
import type { VerificationKey } from '../xml/keys.ts';
import type { XmlDocument } from '../xml/read.ts';
import type { SignatureReason } from '../xml/signature-refusal.ts';
import { certificatesIn } from '../xml/signature-shape.ts';
import { childrenNamed, type XmlElement } from '../xml/tree.ts';
import { verifyEnvelopedSignature } from '../xml/verify.ts';
import { verifyRedirectSignature } from '../xml/verify-redirect.ts';

/** How a request was signed. Whatever is read from it afterwards is read from `root`. */
export type SignatureVerdict =
  | {
      readonly kind: 'verified';
      /** What the signature covered, and nothing else (S16). */
      readonly root: XmlElement;
      /** SHA-256 (hex) of the registered certificate whose key verified (S2). */
      readonly fingerprint: string;
      readonly digest: string;
    }
  | { readonly kind: 'unsigned'; readonly root: XmlElement }
  | { readonly kind: 'failed'; readonly reason: SignatureReason; readonly root: XmlElement };

/** Registered certificates are held in memory and asked about at every sign-in. */
const fingerprints = new WeakMap<Uint8Array, string>();

/** SHA-256 (hex) of a certificate's DER, which nobody changes. */
export function fingerprintOf(certificate: Uint8Array): string {
  const known = fingerprints.get(certificate);
  if (known !== undefined) return known;
  const made = createHash('sha256').update(certificate).digest('hex');
  fingerprints.set(certificate, made);
  return made;
}

/**
 * S4 to S6, S16: a `Signature` parameter alone decides where there is one, else the embedded signature; the keys are
 * the app's registered ones and no other. A certificate in the message only picks among those.
 */
export async function checkSignature(
  document: XmlDocument,
  parameters: Parameters,
  candidates: readonly VerificationKey[],
  options: { readonly allowSha1Digest: boolean },
): Promise<SignatureVerdict> {
  const { root } = document;
  const failed = (reason: SignatureReason): SignatureVerdict => ({ kind: 'failed', reason, root });
  const fingerprint = (position: number): string => {
    const key = candidates[position];
    if (key === undefined) throw new Error('the matching key is not among the candidates');
    return fingerprintOf(key.certificate);
  };
  if (!parameters.has('Signature')) {
    const checked = await verifyEnvelopedSignature(document, candidates, options);
    if (!checked.ok) {
      const { reason } = checked.error;
      return reason === 'unsigned' ? { kind: 'unsigned', root } : failed(reason);
    }
    const { matched, digest } = checked.value;
    return { kind: 'verified', root: checked.value.root, fingerprint: fingerprint(matched), digest };
  }
  const shown = certificatesIn(childrenNamed(root, DSIG, 'Signature')[0]);
  if (!shown.ok) return failed(shown.error.reason);
  if (parameters.get('SigAlg')?.value !== RSA_SHA256) return failed('wrong_sig_algorithm');
  const signed = (['SAMLRequest', 'RelayState', 'SigAlg'] as const).flatMap((name) => {
    const parameter = parameters.get(name);
    return parameter === undefined ? [] : [{ name, ...parameter }];
  });
  const signature = parameters.get('Signature')?.value ?? '';
  const checked = await verifyRedirectSignature({ parameters: signed, signature }, candidates, shown.value);
  if (!checked.ok) return failed(checked.error.reason);
  // The octets that verified must spell the very values in use; then the tree made from them is what was signed.
  const same = signed.every(({ name, value }) => checked.value.values.get(name) === value);
  if (!same) return failed('key_validation_error');
  return { kind: 'verified', root, fingerprint: fingerprint(checked.value.matched), digest: 'sha256' };
}
