import { type Certificate, readCertificate } from './certificate.ts';
import type { TrustStore } from './certification-path.ts';

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;
/** Base64 of one certificate after the other, as it fits a variable without line breaks. */
const BARE = /^[A-Za-z0-9+/=\s,]+$/;
const MAX_CERTIFICATES = 500;

/**
 * Certificates in a text: PEM blocks (RFC 7468), or bare base64 separated by commas. Null when one cannot be read, so
 * that a bundle that was cut short is noticed; an empty text is an empty list.
 */
export function readBundle(text: string): readonly Certificate[] | null {
  const blocks = [...text.matchAll(PEM)].map(([, body = '']) => body);
  const bare = blocks.length === 0 && BARE.test(text) ? text.split(',') : [];
  const encoded = (blocks.length > 0 ? blocks : bare)
    .map((body) => body.replace(/\s/g, ''))
    .filter((body) => body !== '');
  if (encoded.length > MAX_CERTIFICATES || (encoded.length === 0 && text.trim() !== '')) return null;
  const found: Certificate[] = [];
  for (const body of encoded) {
    const certificate = readCertificate(new Uint8Array(Buffer.from(body, 'base64')));
    if (certificate === null) return null;
    found.push(certificate);
  }
  return found;
}

/** Anchors and other authorities; what cannot be read among the latter is left out, since an anchor vouches anyway. */
export const trustStore = (anchors: readonly Certificate[], issuers: string): TrustStore => ({
  anchors,
  issuers: readBundle(issuers) ?? [],
});
