import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { checkCardCertificate } from './card-certificate.ts';
import { cardIdentity } from './card-identity.ts';
import { findPath, type TrustStore } from './certification-path.ts';
import { checkRevocation, type RevocationSources } from './check-revocation.ts';
import { readPresented } from './edge-certificate.ts';
import type { Card, CertificateError, RevocationPolicy } from './model.ts';

/** What an operator decided about cards. */
export interface CardPolicy {
  /** Certificate policies of which one must be in the card's certificate and along its way. */
  readonly policies: readonly string[];
  readonly revocation: RevocationPolicy;
}

/**
 * PV-1, MT-3: whose card a connection was made with. The edge must have accepted the certificate, and every rule is
 * checked again here against our own anchors: form, time, purpose, way to an anchor, revocation. When only the edge
 * objects, the reason is `certificate.unverified`.
 */
export async function checkCard(
  tlsClientAuth: unknown,
  trust: TrustStore,
  { policies, revocation }: CardPolicy,
  sources: RevocationSources,
  now: EpochMs,
): Promise<Result<Card, { readonly reason: CertificateError }>> {
  const presented = readPresented(tlsClientAuth);
  if (presented.kind !== 'certificate') return err({ reason: `certificate.${presented.kind}` });
  const { certificate, brought, verified, revoked } = presented;
  // Without a name nobody could be told from anybody else.
  if (certificate.subject.parts.length === 0) return err({ reason: 'certificate.invalid' });
  const usable = checkCardCertificate(certificate, { now, policies });
  if (!usable.ok) return usable;
  if (revoked) return err({ reason: 'certificate.revoked' });
  const path = await findPath(certificate, brought, trust, { now, policies });
  if (!path.ok) return path;
  if (!verified) return err({ reason: 'certificate.unverified' });
  // Only now are the addresses in the certificates those of an authority we trust.
  const standing = await checkRevocation(path.value, revocation, sources, now);
  if (!standing.ok) return standing;
  const { subject, issuer, extensions } = certificate;
  const anchor = path.value.at(-1) ?? certificate;
  return ok({
    identity: cardIdentity(subject, anchor),
    subject: subject.text,
    issuer: issuer.text,
    keyId: extensions.subjectKeyId ?? '',
  });
}
