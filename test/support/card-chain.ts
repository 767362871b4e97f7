import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { type Certificate, readCertificate } from '../../src/factors/piv/certificate.ts';
import { derOf, oidOf, sequenceOf } from '../../src/factors/piv/der-writer.ts';
import {
  EXTENSIONS,
  type ExtensionWish,
  makeCertificate,
  type NamePart,
  nameOf,
  type Signer,
} from '../../src/factors/piv/make-certificate.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);
export const DAY = 86_400_000;
/** id-fpki-common-authentication, and some policy that nobody accepts. */
export const POLICY = '2.16.840.1.101.3.2.1.3.13';
export const OTHER_POLICY = '2.16.840.1.101.3.2.1.3.7';
export const ANY_POLICY = '2.5.29.32.0';
export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
export const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';

export const SIGNATURES = {
  ecdsaSha256: { oid: '1.2.840.10045.4.3.2', hash: 'sha256', parameters: [] },
  ecdsaSha384: { oid: '1.2.840.10045.4.3.3', hash: 'sha384', parameters: [] },
  rsaSha256: { oid: '1.2.840.113549.1.1.11', hash: 'sha256', parameters: [Uint8Array.of(5, 0)] },
  rsaSha384: { oid: '1.2.840.113549.1.1.12', hash: 'sha384', parameters: [Uint8Array.of(5, 0)] },
  rsaSha1: { oid: '1.2.840.113549.1.1.5', hash: 'sha1', parameters: [Uint8Array.of(5, 0)] },
} as const;
export type SignatureKind = keyof typeof SIGNATURES;

/** Keys take long to make: one of each kind is enough for rules that never look at whose it is. */
const cache = new Map<string, KeyObject>();
export function aKey(kind: 'p256' | 'p384' | 'rsa2048' | 'rsa1024' = 'p256', name = ''): KeyObject {
  const known = cache.get(`${kind}/${name}`);
  if (known !== undefined) return known;
  const made =
    kind === 'p256' || kind === 'p384'
      ? generateKeyPairSync('ec', { namedCurve: kind === 'p256' ? 'P-256' : 'P-384' }).privateKey
      : generateKeyPairSync('rsa', { modulusLength: kind === 'rsa2048' ? 2048 : 1024 }).privateKey;
  cache.set(`${kind}/${name}`, made);
  return made;
}

export const spkiOf = (key: KeyObject): Uint8Array =>
  createPublicKey(key).export({ type: 'spki', format: 'der' });

/** Somebody who can sign: a name, a key, and the certificate others made of both. */
export interface Holder {
  readonly name: Uint8Array;
  readonly key: KeyObject;
  readonly certificate: Certificate;
}

export const signerOf = (name: Uint8Array, key: KeyObject, kind: SignatureKind = 'ecdsaSha256'): Signer => {
  const { oid, hash, parameters } = SIGNATURES[kind];
  return {
    name,
    algorithm: sequenceOf(oidOf(oid), ...parameters),
    sign: async (body) => sign(hash, body, key),
  };
};

export interface Wish {
  readonly name: readonly NamePart[];
  readonly key?: KeyObject;
  readonly issuer?: Holder;
  readonly signature?: SignatureKind;
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly extensions: readonly ExtensionWish[];
}

const US: NamePart = ['C', 'US'];

/** Issues a certificate; without an issuer it signs itself. */
export async function issue(wish: Wish): Promise<Holder> {
  const name = nameOf(...wish.name);
  const key = wish.key ?? aKey('p256', JSON.stringify(wish.name));
  const by = wish.issuer;
  const der = await makeCertificate(
    {
      serial: randomBytes(16),
      subject: name,
      notBefore: wish.notBefore ?? NOW - DAY,
      notAfter: wish.notAfter ?? NOW + 365 * DAY,
      spki: spkiOf(key),
      extensions: wish.extensions,
    },
    signerOf(by?.name ?? name, by?.key ?? key, wish.signature),
  );
  const certificate = readCertificate(der);
  if (certificate === null) throw new Error('the certificate cannot be read');
  return { name, key, certificate };
}

/** What an authority says of itself, in order. */
export const authorityExtensions = ({
  pathLength = null,
  usage = 0x06,
  policies = [POLICY],
}: {
  readonly pathLength?: number | null;
  readonly usage?: number;
  readonly policies?: readonly string[];
} = {}): readonly ExtensionWish[] => [
  EXTENSIONS.authority(pathLength),
  EXTENSIONS.keyUsage(usage),
  EXTENSIONS.policies(...policies),
];

/** What the authentication certificate of a card says, in order. */
export const cardSays = ({
  usage = 0x80,
  purposes = [CLIENT_AUTH],
  policies = [POLICY],
}: {
  readonly usage?: number;
  readonly purposes?: readonly string[];
  readonly policies?: readonly string[];
} = {}): readonly ExtensionWish[] => [
  EXTENSIONS.keyUsage(usage),
  ...(purposes.length === 0 ? [] : [EXTENSIONS.extendedKeyUsage(...purposes)]),
  ...(policies.length === 0 ? [] : [EXTENSIONS.policies(...policies)]),
];

/** A certificate that says nothing the rules know, and insists on it. */
export const unknownCritical: ExtensionWish = {
  oid: '1.2.3.4.5',
  critical: true,
  value: Uint8Array.of(5, 0),
};

/** Name constraints with directory names, or with mail domains. */
export const nameConstraints = (limits: {
  readonly permitted?: readonly (readonly NamePart[])[];
  readonly excluded?: readonly (readonly NamePart[])[];
  readonly mail?: string;
}): ExtensionWish => {
  const trees = (list: readonly (readonly NamePart[])[]) =>
    list.map((parts) => sequenceOf(derOf(0xa4, nameOf(...parts))));
  const mail = limits.mail === undefined ? [] : [sequenceOf(derOf(0x81, Buffer.from(limits.mail)))];
  const permitted = [...trees(limits.permitted ?? []), ...mail];
  const excluded = trees(limits.excluded ?? []);
  return {
    oid: '2.5.29.30',
    critical: true,
    value: sequenceOf(
      ...(permitted.length === 0 ? [] : [derOf(0xa0, ...permitted)]),
      ...(excluded.length === 0 ? [] : [derOf(0xa1, ...excluded)]),
    ),
  };
};

export const aRoot = (more: Partial<Wish> = {}): Promise<Holder> =>
  issue({ name: [US, ['CN', 'Root']], extensions: authorityExtensions(), ...more });
export const anAuthority = (issuer: Holder, more: Partial<Wish> = {}): Promise<Holder> =>
  issue({ name: [US, ['CN', 'Authority']], issuer, extensions: authorityExtensions(), ...more });
export const aCard = (issuer: Holder, more: Partial<Wish> = {}): Promise<Holder> =>
  issue({
    name: [US, ['O', 'Agency'], ['CN', 'Grace Hopper']],
    issuer,
    extensions: cardSays(),
    ...more,
  });
