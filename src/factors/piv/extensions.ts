import { fromUtf8, toHex } from '../../kernel/bytes.ts';
import {
  constructed,
  type DerElement,
  primitive,
  readBoolean,
  readElements,
  readInside,
  readOid,
  readOnly,
  readSmallInteger,
  TAG,
} from './der.ts';
import { type NameConstraints, readNameConstraints } from './name-constraints.ts';

/** What the extensions of a certificate say (RFC 5280 section 4.2); null for one that is not there. */
export interface Extensions {
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  /** Names of the usages that are allowed. */
  readonly keyUsage: ReadonlySet<KeyUsage> | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly policies: readonly string[] | null;
  readonly inhibitAnyPolicy: number | null;
  readonly nameConstraints: NameConstraints | null;
  /** Hexadecimal. */
  readonly subjectKeyId: string | null;
  /** Kinds (GeneralName tag numbers) of the alternative names. */
  readonly alternativeNames: ReadonlySet<number>;
  readonly crlUrls: readonly string[];
  readonly ocspUrls: readonly string[];
  /** Whether something critical is in there that these rules do not understand. */
  readonly unknownCritical: boolean;
}

const USAGES = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const;
export type KeyUsage = (typeof USAGES)[number];

const EXTENSION = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
} as const;
/**
 * Understood: a policy must be explicit for us always and mappings are never followed, so the constraints on both are
 * kept by themselves.
 */
const UNDERSTOOD: ReadonlySet<string> = new Set(Object.values(EXTENSION));

const OCSP_ACCESS = '1.3.6.1.5.5.7.48.1';
const URI_NAME = primitive(6);
const MAX_URL = 512;

/** One extension as it stands in a certificate, list or answer. */
export interface RawExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Reads a sequence of extensions; null when one is malformed or stands there twice. */
export function readExtensionList(bytes: Uint8Array): readonly RawExtension[] | null {
  const elements = readInside(bytes, TAG.sequence, 40);
  if (elements === null) return null;
  const found: RawExtension[] = [];
  for (const { tag, content } of elements) {
    const [type, second, third, ...more] = readElements(content, 4) ?? [];
    const flagged = second?.tag === TAG.boolean;
    const value = flagged ? third : second;
    const oid = type?.tag === TAG.oid ? readOid(type.content) : null;
    if (tag !== TAG.sequence || oid === null || value?.tag !== TAG.octetString) return null;
    if (more.length > 0 || (!flagged && third !== undefined)) return null;
    if (found.some((one) => one.oid === oid)) return null;
    const critical = flagged ? readBoolean(second) : false;
    if (critical === null) return null;
    found.push({ oid, critical, value: value.content });
  }
  return found;
}

/** Understands the extensions of a certificate; null when one of those it knows is malformed. */
export function readExtensions(raw: readonly RawExtension[]): Extensions | null {
  const rawOf = (oid: string): Uint8Array | null => raw.find((one) => one.oid === oid)?.value ?? null;
  let sound = true;
  const when = <T>(oid: string, read: (value: Uint8Array) => T | null): T | null => {
    const value = rawOf(oid);
    if (value === null) return null;
    const understood = read(value);
    sound &&= understood !== null;
    return understood;
  };
  const extensions: Extensions = {
    basicConstraints: when(EXTENSION.basicConstraints, readBasicConstraints),
    keyUsage: when(EXTENSION.keyUsage, readKeyUsage),
    extendedKeyUsage: when(EXTENSION.extendedKeyUsage, readOids),
    policies: when(EXTENSION.certificatePolicies, readPolicies),
    inhibitAnyPolicy: when(EXTENSION.inhibitAnyPolicy, (value) => {
      const number = readOnly(value, TAG.integer);
      return number === null ? null : readSmallInteger(number);
    }),
    nameConstraints: when(EXTENSION.nameConstraints, readNameConstraints),
    subjectKeyId: when(EXTENSION.subjectKeyId, (value) => {
      const id = readOnly(value, TAG.octetString);
      return id === null ? null : toHex(id.content);
    }),
    alternativeNames:
      when(EXTENSION.subjectAltName, (value) => {
        const names = readInside(value, TAG.sequence);
        return names === null ? null : new Set(names.map(({ tag }) => tag & 0x1f));
      }) ?? new Set(),
    crlUrls: when(EXTENSION.crlDistributionPoints, readCrlUrls) ?? [],
    ocspUrls: when(EXTENSION.authorityInfoAccess, readOcspUrls) ?? [],
    unknownCritical: raw.some(({ oid, critical }) => critical && !UNDERSTOOD.has(oid)),
  };
  return sound ? extensions : null;
}

function readBasicConstraints(value: Uint8Array): Extensions['basicConstraints'] {
  const elements = readInside(value, TAG.sequence, 2);
  if (elements === null) return null;
  const [first, second] = elements;
  if (first === undefined) return { ca: false, pathLength: null };
  if (first.tag !== TAG.boolean) return null;
  const ca = first.content[0] === 0xff;
  if (second === undefined) return { ca, pathLength: null };
  const pathLength = readSmallInteger(second);
  return pathLength === null ? null : { ca, pathLength };
}

function readKeyUsage(value: Uint8Array): ReadonlySet<KeyUsage> | null {
  const bits = readOnly(value, TAG.bitString)?.content;
  const flags = bits?.[1] ?? 0;
  if (bits === undefined || bits.length < 2) return null;
  return new Set(USAGES.filter((_, i) => (flags & (0x80 >> i)) !== 0));
}

function readOids(value: Uint8Array): readonly string[] | null {
  const oids = (readInside(value, TAG.sequence) ?? []).map(({ tag, content }) =>
    tag === TAG.oid ? readOid(content) : null,
  );
  const known = oids.filter((oid) => oid !== null);
  return known.length === 0 || known.length < oids.length ? null : known;
}

function readPolicies(value: Uint8Array): readonly string[] | null {
  const policies = readInside(value, TAG.sequence);
  if (policies === null) return null;
  const found: string[] = [];
  for (const { content } of policies) {
    const [id] = readElements(content, 4) ?? [];
    const oid = id?.tag === TAG.oid ? readOid(id.content) : null;
    if (oid === null || found.includes(oid)) return null;
    found.push(oid);
  }
  return found;
}

/** Addresses we would ask: plain http or https, of a sensible length. Directories (ldap) are passed over. */
const urlIn = ({ tag, content }: DerElement): string | null => {
  const text = tag === URI_NAME && content.length <= MAX_URL ? fromUtf8(content) : null;
  return text !== null && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
};

/** Distribution points that cover all reasons and belong to the issuer itself (RFC 5280 section 4.2.1.13). */
function readCrlUrls(value: Uint8Array): readonly string[] | null {
  const points = readInside(value, TAG.sequence, 8);
  if (points === null) return null;
  const found: string[] = [];
  for (const { content } of points) {
    const parts = readElements(content, 3);
    if (parts === null) return null;
    const [point] = parts;
    if (point?.tag !== constructed(0) || parts.length > 1) continue;
    const [names] = readElements(point.content, 1) ?? [];
    if (names?.tag !== constructed(0)) continue;
    for (const name of readElements(names.content, 8) ?? []) {
      const url = urlIn(name);
      if (url !== null) found.push(url);
    }
  }
  return found;
}

function readOcspUrls(value: Uint8Array): readonly string[] | null {
  const descriptions = readInside(value, TAG.sequence, 16);
  if (descriptions === null) return null;
  return descriptions.flatMap(({ content }) => {
    const [method, location] = readElements(content, 2) ?? [];
    if (method === undefined || location === undefined || readOid(method.content) !== OCSP_ACCESS) return [];
    const url = urlIn(location);
    return url === null ? [] : [url];
  });
}
