import { err, ok, type Result } from '../../kernel/result.ts';
import { normaliseUri } from '../wire/uri.ts';

interface RegisteredUris {
  /** As registered, only those that are URIs. */
  readonly exact: ReadonlySet<string>;
  readonly normal: ReadonlySet<string>;
}

// Settings are immutable and shared by all requests of their cache period, so each list is read once.
const cache = new WeakMap<readonly string[], RegisteredUris>();

function registeredUris(list: readonly string[]): RegisteredUris {
  const known = cache.get(list);
  if (known !== undefined) return known;
  const exact = new Set<string>();
  const normal = new Set<string>();
  for (const uri of list) {
    const form = normaliseUri(uri);
    // RED-2: an unparsable entry matches nothing and spoils nothing.
    if (form === null) continue;
    exact.add(uri);
    normal.add(form);
  }
  const read = { exact, normal };
  cache.set(list, read);
  return read;
}

/**
 * RED-1 to RED-3. Whether a requested URI equals a registered one, component by component: no prefixes, no wildcards,
 * no decoding, no leniency about ports. An empty list matches nothing.
 */
export function matchRedirectUri(
  requested: string,
  registered: readonly string[],
): Result<null, { readonly reason: 'invalid' | 'no_match' }> {
  const { exact, normal } = registeredUris(registered);
  if (exact.has(requested)) return ok(null);
  const form = normaliseUri(requested);
  if (form === null) return err({ reason: 'invalid' });
  return normal.has(form) ? ok(null) : err({ reason: 'no_match' });
}
