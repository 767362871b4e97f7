import type { RevocationSources } from '../factors/piv/check-revocation.ts';
import { sha256Base64Url } from '../kernel/crypto.ts';
import type { Clock } from '../kernel/ports.ts';
import { SECOND } from '../kernel/time.ts';

/** An authority that does not answer must not keep a person waiting. */
const PATIENCE_MS = 4 * SECOND;
/** The largest lists of federal authorities have some ten megabytes. */
const MAX_LIST = 16 * 1024 * 1024;
const MAX_ANSWER = 64 * 1024;
/** KV keeps nothing for a shorter time. */
const LEAST_KEPT_SECONDS = 60;
const MOST_KEPT_SECONDS = 24 * 3600;

/** Fetches bytes; null for anything but a complete answer of a sensible size. */
async function fetchBytes(url: string, init: RequestInit, most: number): Promise<Uint8Array | null> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status !== 200 || Number(response.headers.get('content-length') ?? 0) > most) {
      await response.body?.cancel();
      return null;
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > most) return null;
      parts.push(part);
    }
    return new Uint8Array(Buffer.concat(parts));
  } catch {
    // An authority out of reach is an answer too: nobody can tell.
    return null;
  }
}

const keyOf = (url: string): string => `piv/crl/${sha256Base64Url(url)}`;

/**
 * Where revocation is looked up: lists over HTTP, kept in KV once their signature was checked, until they end
 * (they are public and the same for everybody, and each use checks it anew); OCSP answers over HTTP, kept nowhere, because they would tell
 * who uses a card.
 */
export const revocationSources = (
  store: KVNamespace,
  clock: Clock,
): Omit<RevocationSources, 'unanswered'> => ({
  async list(url, fresh) {
    if (fresh) return fetchBytes(url, {}, MAX_LIST);
    const kept = await store.get(keyOf(url), 'arrayBuffer');
    return kept === null ? null : new Uint8Array(kept);
  },
  async keep(url, list, until) {
    const seconds = Math.min(Math.floor((until - clock()) / SECOND), MOST_KEPT_SECONDS);
    if (seconds >= LEAST_KEPT_SECONDS) await store.put(keyOf(url), list, { expirationTtl: seconds });
  },
  ask: (url, request) =>
    fetchBytes(
      url,
      { method: 'POST', headers: { 'content-type': 'application/ocsp-request' }, body: request },
      MAX_ANSWER,
    ),
});
