import { constructed, readElements, readInside, TAG } from './der.ts';
import { type DistinguishedName, readName } from './distinguished-name.ts';

/** Which names an authority may give (RFC 5280 section 4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly DistinguishedName[];
  readonly excluded: readonly DistinguishedName[];
  /** Kinds of names (GeneralName tag numbers) that are constrained in a way these rules do not weigh. */
  readonly otherKinds: ReadonlySet<number>;
}

const DIRECTORY_NAME = constructed(4);

/** Reads the extension; null when malformed, or when it counts levels, which RFC 5280 forbids. */
export function readNameConstraints(value: Uint8Array): NameConstraints | null {
  const lists = readInside(value, TAG.sequence, 2);
  if (lists === null) return null;
  const permitted: DistinguishedName[] = [];
  const excluded: DistinguishedName[] = [];
  const otherKinds = new Set<number>();
  for (const list of lists) {
    const subtrees = readElements(list.content, 256);
    if (subtrees === null || (list.tag !== constructed(0) && list.tag !== constructed(1))) return null;
    for (const { content } of subtrees) {
      const [base, ...limits] = readElements(content, 3) ?? [];
      if (base === undefined || limits.length > 0) return null;
      if (base.tag !== DIRECTORY_NAME) {
        otherKinds.add(base.tag & 0x1f);
        continue;
      }
      const name = readName(base.content);
      if (name === null) return null;
      (list.tag === constructed(0) ? permitted : excluded).push(name);
    }
  }
  return { permitted, excluded, otherKinds };
}

const isWithin = (name: DistinguishedName, tree: DistinguishedName): boolean =>
  tree.parts.length <= name.parts.length && tree.parts.every((part, i) => part === name.parts[i]);

/**
 * Whether a certificate with this subject and these kinds of alternative names keeps to the constraints. Kinds that
 * cannot be weighed here are refused when they occur, as RFC 5280 asks of whoever does not process them.
 */
export function keepsToConstraints(
  { permitted, excluded, otherKinds }: NameConstraints,
  subject: DistinguishedName,
  alternativeNames: ReadonlySet<number>,
): boolean {
  if (excluded.some((tree) => isWithin(subject, tree))) return false;
  if (permitted.length > 0 && !permitted.some((tree) => isWithin(subject, tree))) return false;
  const directoryConstrained = permitted.length > 0 || excluded.length > 0;
  if (directoryConstrained && alternativeNames.has(4)) return false;
  return ![...otherKinds].some((kind) => alternativeNames.has(kind));
}
