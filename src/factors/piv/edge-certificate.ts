import { type Certificate, readCertificate } from './certificate.ts';

/** What the edge says about the certificate of a connection (platform MT-2). */
export type Presented =
  | { readonly kind: 'none' }
  /** Something was presented that cannot be read. */
  | { readonly kind: 'bad' }
  | {
      readonly kind: 'certificate';
      readonly certificate: Certificate;
      /** Authorities the client sent along. */
      readonly brought: readonly Certificate[];
      /** The edge found it in order: issued by an authority it was told about, and in force. */
      readonly verified: boolean;
      /** The edge knows it to be revoked. */
      readonly revoked: boolean;
    };

const MAX_ENCODED = 24 * 1024;
const MAX_BROUGHT = 6;

/** RFC 9440: bytes in base64 between colons. */
function bytesIn(item: string): Uint8Array | null {
  const body = /^\s*:([A-Za-z0-9+/]+={0,2}):\s*$/.exec(item)?.[1];
  return body === undefined ? null : new Uint8Array(Buffer.from(body, 'base64'));
}

const certificateIn = (item: string): Certificate | null => {
  const der = bytesIn(item);
  return der === null ? null : readCertificate(der);
};

const textIn = (facts: object, name: string): string => {
  const value: unknown = Object.entries(facts).find(([key]) => key === name)?.[1];
  return typeof value === 'string' && value.length <= MAX_ENCODED ? value : '';
};

/**
 * Reads `request.cf.tlsClientAuth`, the only source there is: headers are anybody's to send (MT-4). The handshake proved
 * that the client has the key of this certificate; who it is has still to be checked (MT-3).
 */
export function readPresented(tlsClientAuth: unknown): Presented {
  if (typeof tlsClientAuth !== 'object' || tlsClientAuth === null) return { kind: 'none' };
  const fact = (name: string): string => textIn(tlsClientAuth, name);
  if (fact('certPresented') !== '1') return { kind: 'none' };
  const certificate = certificateIn(fact('certRFC9440'));
  if (certificate === null) return { kind: 'bad' };
  const chain = fact('certChainRFC9440');
  const brought = (chain === '' ? [] : chain.split(',').slice(0, MAX_BROUGHT)).flatMap(
    (item) => certificateIn(item) ?? [],
  );
  return {
    kind: 'certificate',
    certificate,
    brought,
    verified: fact('certVerified') === 'SUCCESS',
    revoked: fact('certRevoked') !== '0',
  };
}
