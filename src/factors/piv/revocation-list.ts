import type { EpochMs } from '../../kernel/time.ts';
import type { Certificate } from './certificate.ts';
import {
  constructed,
  type DerElement,
  primitive,
  readElement,
  readElements,
  readInside,
  readTime,
  sameBytes,
  TAG,
} from './der.ts';
import { readExtensionList } from './extensions.ts';
import { isSignedBy, readSigned } from './signature.ts';

/** Clocks of authorities may run this far ahead of ours. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** What a list or an answer says about one certificate; `unusable` for one that proves nothing about it now. */
export type Standing =
  | { readonly kind: 'good' | 'revoked'; readonly until: EpochMs }
  | { readonly kind: 'unusable' };
export const UNUSABLE: Standing = { kind: 'unusable' };

const ISSUING_DISTRIBUTION_POINT = '2.5.29.28';
const UNDERSTOOD: ReadonlySet<string> = new Set([ISSUING_DISTRIBUTION_POINT, '2.5.29.20', '2.5.29.35']);

/**
 * RFC 5280 section 6.3: whether a complete list of the issuer itself, signed by it and in force now, names the
 * certificate. Delta lists, indirect lists and lists for some reasons only prove nothing here.
 */
export async function standingInList(
  list: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
  now: EpochMs,
): Promise<Standing> {
  const signed = readSigned(list);
  const fields = signed === null ? null : readInside(signed.body, TAG.sequence, 8);
  if (signed === null || fields === null) return UNUSABLE;
  const rest = [...fields];
  // Version 1 lists have no version field.
  if (rest[0]?.tag === TAG.integer) rest.shift();
  const [algorithm, name, thisUpdate, nextUpdate, ...more] = rest;
  if (algorithm === undefined || name === undefined || thisUpdate === undefined || nextUpdate === undefined)
    return UNUSABLE;
  const from = readTime(thisUpdate);
  const until = readTime(nextUpdate);
  if (from === null || until === null || now + CLOCK_SKEW_MS < from || now >= until) return UNUSABLE;
  if (!sameBytes(algorithm.whole, signed.algorithm) || !sameBytes(name.whole, certificate.issuer.der))
    return UNUSABLE;
  const [entries] = more.filter(({ tag }) => tag === TAG.sequence);
  const [extensions] = more.filter(({ tag }) => tag === constructed(0));
  if (extensions !== undefined && !covers(extensions, certificate)) return UNUSABLE;
  if (issuer.extensions.keyUsage?.has('cRLSign') === false) return UNUSABLE;
  if (!(await isSignedBy(signed, issuer.spki))) return UNUSABLE;
  const named = entries === undefined ? false : names(entries.content, certificate.serialBytes);
  return named === null ? UNUSABLE : { kind: named ? 'revoked' : 'good', until };
}

function covers({ content }: DerElement, certificate: Certificate): boolean {
  const extensions = readExtensionList(content);
  if (extensions === null) return false;
  if (extensions.some(({ oid, critical }) => critical && !UNDERSTOOD.has(oid))) return false;
  const point = extensions.find(({ oid }) => oid === ISSUING_DISTRIBUTION_POINT);
  const scope = point === undefined ? [] : readInside(point.value, TAG.sequence, 6);
  if (scope === null) return false;
  const isAuthority = certificate.extensions.basicConstraints?.ca === true;
  const said = (n: number): boolean =>
    scope.some(({ tag, content: [flag] }) => tag === primitive(n) && flag !== 0);
  const someReasons = scope.some(({ tag }) => tag === primitive(3));
  if ((said(1) && isAuthority) || (said(2) && !isAuthority) || someReasons || said(4) || said(5))
    return false;
  const [, ...rest] = scope.filter(({ tag }) => tag === constructed(0));
  return rest.length === 0 && belongsTo(scope[0], certificate);
}

/** A list in parts names the part it is; a certificate names the parts that speak of it (section 6.3.3 b 2). */
function belongsTo(point: DerElement | undefined, { extensions: { crlUrls } }: Certificate): boolean {
  if (point?.tag !== constructed(0)) return true;
  const [names] = readElements(point.content, 1) ?? [];
  const urls = (readElements(names?.content ?? new Uint8Array(), 16) ?? []).map(({ content }) =>
    String.fromCharCode(...content.subarray(0, 512)),
  );
  return names?.tag === constructed(0) && urls.some((url) => crlUrls.includes(url));
}

/** Whether a serial number is among the entries, walked without building anything: lists may be long. Null: malformed. */
function names(entries: Uint8Array, serial: Uint8Array): boolean | null {
  for (let at = 0; at < entries.length; ) {
    const entry = readElement(entries, at);
    const number = entry === null ? null : readElement(entry.content);
    if (entry?.tag !== TAG.sequence || number?.tag !== TAG.integer) return null;
    if (sameBytes(number.content, serial)) return true;
    at += entry.whole.length;
  }
  return false;
}
