import type { Canonicalisation } from './canonicalisation.ts';

/** XML Signature. */
export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
/** XML Encryption 1.0. */
export const XENC = 'http://www.w3.org/2001/04/xmlenc#';
/** XML Encryption 1.1. */
export const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
/** Exclusive XML Canonicalization: both the algorithm and the namespace of InclusiveNamespaces. */
export const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** The transform that takes the signature itself out of what it signs. */
export const ENVELOPED = `${DSIG}enveloped-signature`;
/** The one signature algorithm Gatehouse verifies and makes (saml S8). */
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
/** The digest Gatehouse writes. */
export const SHA256 = `${XENC}sha256`;

const C14N_10 = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const C14N_11 = 'http://www.w3.org/2006/12/xml-c14n11';

/** The canonical form that applies where a reference names none (XML Signature section 4.4.3.2; saml S11). */
export const DEFAULT_CANONICALISATION = C14N_10;

type Method = Omit<Canonicalisation, 'prefixes'>;
const both = (uri: string, twin: string, form: Method['form']): [string, Method][] => [
  [uri, { form, comments: false }],
  [twin, { form, comments: true }],
];

/** Every canonicalisation algorithm that is accepted (saml S11, S12). */
export const CANONICALISATIONS: ReadonlyMap<string, Method> = new Map([
  ...both(EXC_C14N, `${EXC_C14N}WithComments`, 'exclusive'),
  ...both(C14N_10, `${C14N_10}#WithComments`, '1.0'),
  ...both(C14N_11, `${C14N_11}#WithComments`, '1.1'),
]);

/** A digest algorithm: the name `node:crypto` knows it by, its length in bytes, and whether it needs permission. */
export type Digest = { readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512'; readonly bytes: number };

/** Every digest algorithm that is accepted; SHA-1 only where the caller allows it (saml S9). */
export const DIGESTS: ReadonlyMap<string, Digest> = new Map<string, Digest>([
  [SHA256, { hash: 'sha256', bytes: 32 }],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', { hash: 'sha384', bytes: 48 }],
  [`${XENC}sha512`, { hash: 'sha512', bytes: 64 }],
  [`${DSIG}sha1`, { hash: 'sha1', bytes: 20 }],
]);

/** How the content of an encrypted element is encrypted (saml C6); key and IV lengths in bytes. */
export type BlockCipher = {
  readonly uri: string;
  readonly mode: 'AES-CBC' | 'AES-GCM';
  readonly keyBytes: 16 | 24 | 32;
  readonly ivBytes: 12 | 16;
};

/** The values of an app's `block_encryption` other than `none`, which are also the names used here. */
export type BlockEncryption = 'aes128-cbc' | 'aes256-cbc' | 'aes128-gcm' | 'aes192-gcm' | 'aes256-gcm';

const cbc = (name: string, keyBytes: 16 | 32): BlockCipher => ({
  uri: XENC + name,
  mode: 'AES-CBC',
  keyBytes,
  ivBytes: 16,
});
const gcm = (name: string, keyBytes: 16 | 24 | 32): BlockCipher => ({
  uri: XENC11 + name,
  mode: 'AES-GCM',
  keyBytes,
  ivBytes: 12,
});

/** Every block cipher that is written or read. */
export const BLOCK_CIPHERS: Readonly<Record<BlockEncryption, BlockCipher>> = {
  'aes128-cbc': cbc('aes128-cbc', 16),
  'aes256-cbc': cbc('aes256-cbc', 32),
  'aes128-gcm': gcm('aes128-gcm', 16),
  'aes192-gcm': gcm('aes192-gcm', 24),
  'aes256-gcm': gcm('aes256-gcm', 32),
};

/** How the content key is wrapped: OAEP with SHA-1 (saml C5), or with SHA-256 for apps that ask for it. */
export type KeyTransport = 'rsa-oaep-mgf1p' | 'rsa-oaep-sha256';

/** What each key transport is called on the wire, and the hash WebCrypto uses for both digest and mask. */
export const KEY_TRANSPORTS: Readonly<
  Record<KeyTransport, { readonly uri: string; readonly hash: 'SHA-1' | 'SHA-256' }>
> = {
  'rsa-oaep-mgf1p': { uri: `${XENC}rsa-oaep-mgf1p`, hash: 'SHA-1' },
  'rsa-oaep-sha256': { uri: `${XENC11}rsa-oaep`, hash: 'SHA-256' },
};
/** The mask generation function that goes with `rsa-oaep-sha256`. */
export const MGF1_SHA256 = `${XENC11}mgf1sha256`;
