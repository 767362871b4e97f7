import { canonicalJson } from './canonical.ts';
import { certFingerprint } from './certs.ts';
import type { Document } from './document.ts';
import type { AppSettings } from './model.ts';

/** One line of history: the object before and after, and the fields that differ as `[before, after]` (P50). */
export interface Change {
  readonly before: Document | null;
  readonly after: Document | null;
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

/** Settings for the record: certificates as fingerprints, so that a line stays readable (P50). */
const record = (settings: AppSettings): Document => ({
  ...settings,
  certs: settings.certs.map((pem) => certFingerprint(pem) ?? 'unreadable'),
});

/** Describes what a write does to an app; null stands for "does not exist". */
export function describeChange(before: AppSettings | null, after: AppSettings | null): Change {
  const from = before === null ? null : record(before);
  const to = after === null ? null : record(after);
  const changes: Record<string, readonly [unknown, unknown]> = {};
  for (const key of new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {})])) {
    const pair = [from?.[key] ?? null, to?.[key] ?? null] as const;
    if (canonicalJson(pair[0]) !== canonicalJson(pair[1])) changes[key] = pair;
  }
  return { before: from, after: to, changes };
}
