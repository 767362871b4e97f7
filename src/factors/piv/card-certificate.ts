import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { type Certificate, isInForce } from './certificate.ts';
import type { CertificateError } from './model.ts';
import { readPublicKey } from './signature.ts';

const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';
const ANY_EXTENDED_USAGE = '2.5.29.37.0';

/** Certificate policies that stand for the authentication key of a card, which the card uses only after its PIN. */
export const USUAL_POLICIES: readonly string[] = [
  // id-fpki-common-authentication: the PIV authentication certificate (FIPS 201).
  '2.16.840.1.101.3.2.1.3.13',
  // id-US-dod-PIV-Auth and its 2048-bit form: the same on a CAC.
  '2.16.840.1.101.2.1.11.10',
  '2.16.840.1.101.2.1.11.20',
];

/** Whether these extended usages, if any are named, allow to authenticate as a client. */
export const allowsClientAuthentication = ({ extensions }: Certificate): boolean =>
  extensions.extendedKeyUsage === null ||
  extensions.extendedKeyUsage.includes(CLIENT_AUTHENTICATION) ||
  extensions.extendedKeyUsage.includes(ANY_EXTENDED_USAGE);

/**
 * PV-1, FIPS 201: whether a certificate, taken by itself, is the authentication certificate of a card in force now.
 * A card's other certificates (for signing mail, for decryption, for opening doors without a PIN) are
 * `not_auth_cert`: they lack the policy, or the usage.
 */
export function checkCardCertificate(
  certificate: Certificate,
  { now, policies }: { readonly now: EpochMs; readonly policies: readonly string[] },
): Result<null, { readonly reason: CertificateError }> {
  const { extensions } = certificate;
  if (!isInForce(certificate, now))
    return err({ reason: now > certificate.notAfter ? 'certificate.expired' : 'certificate.invalid' });
  if (extensions.unknownCritical || readPublicKey(certificate.spki) === null)
    return err({ reason: 'certificate.invalid' });
  const usable =
    extensions.basicConstraints?.ca !== true &&
    extensions.keyUsage?.has('digitalSignature') === true &&
    allowsClientAuthentication(certificate) &&
    extensions.policies?.some((policy) => policies.includes(policy)) === true;
  return usable ? ok(null) : err({ reason: 'certificate.not_auth_cert' });
}
