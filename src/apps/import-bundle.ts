import {
  boolCoreTag,
  floatCoreTag,
  intCoreTag,
  load,
  mapTag,
  mergeTag,
  nullCoreTag,
  Schema,
  seqTag,
  strTag,
  YAMLException,
} from 'js-yaml';
import { err, ok, type Result } from '../kernel/result.ts';
import { isRecord } from './canonical.ts';

/** A file of apps, in whatever form, as a list. */
export interface Bundle {
  readonly entries: readonly { readonly issuer: string; readonly document: unknown }[];
  /** PEM texts by name, for files that name certificates instead of holding them. */
  readonly certs: ReadonlyMap<string, string>;
  /** Logo bytes by name: data URL or base64. */
  readonly logos: ReadonlyMap<string, string>;
}

type Unreadable = { reason: 'unreadable'; detail: string };

/** M6. */
export const BUNDLE_MAX_BYTES = 1_048_576;
const MAX_APPS = 2000;
/** Anchors that people write; a bomb needs many more. */
const MAX_ALIASES = 100;
const MAX_DEPTH = 50;
const MAX_NODES = 200_000;

const unreadable = (detail: string): Result<never, Unreadable> => err({ reason: 'unreadable', detail });

function parseJson(text: string): Result<unknown, Unreadable> {
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch {
    return unreadable('The bundle is not JSON.');
  }
}

/** YAML 1.2 core schema with `<<`: plain data, no tags that make objects, no repeated keys, few aliases (M6). */
const schema = () =>
  new Schema([strTag, seqTag, mapTag, nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag, mergeTag]);

/**
 * Whether a value, with every alias written out, stays within what a file without aliases could hold. Aliases are shared
 * references: they cost nothing until somebody walks them.
 */
function isModest(value: unknown): boolean {
  let seen = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    seen += 1;
    if (seen > MAX_NODES) return false;
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next.slice(0, MAX_NODES));
    else if (isRecord(next)) waiting.push(...Object.values(next));
  }
  return true;
}

function parseYaml(text: string): Result<unknown, Unreadable> {
  try {
    const value: unknown = load(text, { schema: schema(), maxAliases: MAX_ALIASES, maxDepth: MAX_DEPTH });
    return isModest(value) ? ok(value) : unreadable('The bundle unfolds to far more than it holds.');
  } catch (error) {
    return unreadable(
      error instanceof YAMLException
        ? `The bundle is not plain YAML: ${error.reason}.`
        : 'The bundle is not plain YAML.',
    );
  }
}

const texts = (value: unknown): ReadonlyMap<string, string> =>
  new Map(
    isRecord(value)
      ? Object.entries(value).flatMap(([name, text]) =>
          typeof text === 'string' ? [[name, text] as const] : [],
        )
      : [],
  );

const issuerOf = (document: unknown): string =>
  isRecord(document) && typeof document.issuer === 'string' ? document.issuer : '';

/**
 * Reads a bundle (portal-and-operations M5, M6): a list of documents, a map from issuer to document, or
 * `{ apps: list or map, certs?, logos? }`. In a map the key is the issuer, and an `issuer` inside must agree with it:
 * the key wins, the document's own is left for the validator to compare.
 */
export function readBundle(text: string, format: 'json' | 'yaml'): Result<Bundle, Unreadable> {
  if (text.length > BUNDLE_MAX_BYTES) return unreadable('The bundle is larger than 1 MB.');
  const parsed = format === 'json' ? parseJson(text) : parseYaml(text);
  if (!parsed.ok) return parsed;
  const root = parsed.value;
  const wrapped = isRecord(root) && (Array.isArray(root.apps) || isRecord(root.apps));
  const apps: unknown = wrapped ? root.apps : root;
  const entries = Array.isArray(apps)
    ? apps.map((document: unknown) => ({ issuer: issuerOf(document), document }))
    : isRecord(apps)
      ? Object.entries(apps).map(([issuer, document]) => ({ issuer, document }))
      : null;
  if (entries === null) return unreadable('A bundle is a list of apps or a map from issuer to app.');
  if (entries.length > MAX_APPS) return unreadable(`A bundle holds at most ${MAX_APPS} apps.`);
  const conflict = entries.find(
    ({ issuer, document }) => issuerOf(document) !== '' && issuerOf(document) !== issuer,
  );
  if (conflict !== undefined) return unreadable('An app names another issuer than the key it stands under.');
  return ok({
    entries,
    certs: texts(wrapped ? root.certs : undefined),
    logos: texts(wrapped ? root.logos : undefined),
  });
}
