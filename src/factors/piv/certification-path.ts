import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { allowsClientAuthentication } from './card-certificate.ts';
import { type Certificate, isInForce, isSelfIssued } from './certificate.ts';
import { sameBytes } from './der.ts';
import { keepsToConstraints } from './name-constraints.ts';
import { isSignedBy } from './signature.ts';

/** Authorities an operator trusts, and others that may stand between them and a card. */
export interface TrustStore {
  readonly anchors: readonly Certificate[];
  readonly issuers: readonly Certificate[];
}

/** `unverified`: no way leads to an anchor. `invalid`: one leads there, and breaks a rule on its way. */
export type PathRefusal = { readonly reason: 'certificate.unverified' | 'certificate.invalid' };

/** Card, authorities, anchor: longer ways do not exist in practice. */
const MAX_LENGTH = 7;
/** A card may bring certificates of its own: what they may cost is bounded. */
const MAX_SIGNATURES = 32;
const ANY_POLICY = '2.5.29.32.0';

interface Search {
  readonly now: EpochMs;
  readonly policies: readonly string[];
  readonly trust: TrustStore;
  signatures: number;
  refusal: PathRefusal['reason'];
}

/**
 * RFC 5280 section 6: the way from a certificate to a trust anchor, the certificate first and the anchor last, with
 * every rule of the way kept. `brought` are authorities the client sent along; they are believed no more than others.
 */
export async function findPath(
  certificate: Certificate,
  brought: readonly Certificate[],
  trust: TrustStore,
  { now, policies }: { readonly now: EpochMs; readonly policies: readonly string[] },
): Promise<Result<readonly Certificate[], PathRefusal>> {
  const all = { anchors: trust.anchors, issuers: [...brought, ...trust.issuers] };
  const search: Search = { now, policies, trust: all, signatures: 0, refusal: 'certificate.unverified' };
  const path = await extend([certificate], search);
  return path === null ? err({ reason: search.refusal }) : ok(path);
}

const named = (candidates: readonly Certificate[], last: Certificate): readonly Certificate[] =>
  candidates.filter(({ subject }) => sameBytes(subject.der, last.issuer.der));

async function extend(path: readonly Certificate[], search: Search): Promise<readonly Certificate[] | null> {
  const last = path.at(-1);
  if (last === undefined) return null;
  for (const anchor of named(search.trust.anchors, last)) {
    if (!(await links(last, anchor, search))) continue;
    const whole = [...path, anchor];
    if (keepsRules(whole, search)) return whole;
    search.refusal = 'certificate.invalid';
  }
  if (path.length >= MAX_LENGTH - 1) return null;
  for (const issuer of named(search.trust.issuers, last)) {
    const seen = path.some(({ der }) => sameBytes(der, issuer.der));
    if (seen || !(await links(last, issuer, search))) continue;
    const found = await extend([...path, issuer], search);
    if (found !== null) return found;
  }
  return null;
}

async function links(subject: Certificate, issuer: Certificate, search: Search): Promise<boolean> {
  if (search.signatures >= MAX_SIGNATURES) return false;
  search.signatures += 1;
  if (await isSignedBy(subject.signed, issuer.spki)) return true;
  // An authority of that name is known, and it did not sign this.
  search.refusal = 'certificate.invalid';
  return false;
}

/** RFC 5280 section 6.1.3 to 6.1.5, for a way whose signatures hold. */
function keepsRules(path: readonly Certificate[], { now, policies }: Search): boolean {
  const [card, ...authorities] = path;
  return (
    card !== undefined &&
    authorities.every((authority, i) =>
      mayIssue(authority, path.slice(0, i + 1), i, authorities.length, now),
    ) &&
    keepsNames(path) &&
    keepsPolicies(path, policies)
  );
}

/** An authority in force that may sign certificates, with no more authorities below it than it allows (section 4.2.1.9). */
function mayIssue(
  authority: Certificate,
  below: readonly Certificate[],
  index: number,
  count: number,
  now: EpochMs,
): boolean {
  const { basicConstraints, keyUsage, unknownCritical } = authority.extensions;
  if (!isInForce(authority, now) || unknownCritical) return false;
  if (basicConstraints?.ca !== true) return false;
  const isAnchor = index === count - 1;
  if (keyUsage === null ? !isAnchor : !keyUsage.has('keyCertSign')) return false;
  if (!isAnchor && !allowsClientAuthentication(authority)) return false;
  const between = below.slice(1).filter((one) => !isSelfIssued(one)).length;
  return basicConstraints.pathLength === null || between <= basicConstraints.pathLength;
}

/** Constraints of every authority bind all certificates below it, but for its own new keys (section 6.1.3 b and c). */
const keepsNames = (path: readonly Certificate[]): boolean =>
  path.every(({ extensions: { nameConstraints } }, i) =>
    nameConstraints === null
      ? true
      : path
          .slice(0, i)
          .every(
            (below, at) =>
              (at > 0 && isSelfIssued(below)) ||
              keepsToConstraints(nameConstraints, below.subject, below.extensions.alternativeNames),
          ),
  );

/**
 * One accepted policy of the card must be in every certificate below the anchor; `anyPolicy` of an authority stands for
 * it until an authority above forbids that (section 6.1.3 d). Mappings between policies are not followed.
 */
function keepsPolicies(path: readonly Certificate[], accepted: readonly string[]): boolean {
  const [card, ...authorities] = path;
  let possible = (card?.extensions.policies ?? []).filter((policy) => accepted.includes(policy));
  let anyAllowedFor = Number.POSITIVE_INFINITY;
  for (const { extensions } of authorities.slice(0, -1).reverse()) {
    const stated = extensions.policies ?? [];
    if (!(stated.includes(ANY_POLICY) && anyAllowedFor > 0))
      possible = possible.filter((policy) => stated.includes(policy));
    anyAllowedFor = Math.min(anyAllowedFor - 1, extensions.inhibitAnyPolicy ?? Number.POSITIVE_INFINITY);
  }
  return possible.length > 0;
}
