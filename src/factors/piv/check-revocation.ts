import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { Certificate } from './certificate.ts';
import type { RevocationPolicy } from './model.ts';
import { ocspRequest, standingInAnswer } from './ocsp.ts';
import { type Standing, standingInList, UNUSABLE } from './revocation-list.ts';

/** Where answers come from. Both give null when there is none: an outage is not an exception here. */
export interface RevocationSources {
  /** A list, perhaps from a cache; `fresh` passes the cache over. */
  readonly list: (url: string, fresh: boolean) => Promise<Uint8Array | null>;
  /** Keeps a fetched list until it ends; only one whose signature was checked is worth it. */
  readonly keep: (url: string, list: Uint8Array, until: EpochMs) => Promise<void>;
  readonly ask: (url: string, request: Uint8Array<ArrayBuffer>) => Promise<Uint8Array | null>;
  /** Somebody should know that a certificate passed, or did not, because its authority does not answer. */
  readonly unanswered: () => void;
}

export type RevocationRefusal = { readonly reason: 'certificate.revoked' | 'certificate.unverified' };

/** Addresses in one certificate that are tried. */
const MAX_URLS = 2;

/**
 * RFC 5280 section 6.3, RFC 6960: whether every certificate of a verified way, but for the anchor, still stands. The
 * card itself is asked about by OCSP first, which is small and current, then looked up in its list; authorities are
 * looked up in lists, which serve everybody and are kept.
 */
export async function checkRevocation(
  path: readonly Certificate[],
  policy: RevocationPolicy,
  sources: RevocationSources,
  now: EpochMs,
): Promise<Result<null, RevocationRefusal>> {
  if (policy === 'off') return ok(null);
  const links = path.slice(0, -1).flatMap((certificate, i) => {
    const issuer = path[i + 1];
    return issuer === undefined ? [] : [{ certificate, issuer, isCard: i === 0 }];
  });
  const standings = await Promise.all(
    links.map(async ({ certificate, issuer, isCard }) => {
      const asked = isCard ? await byAnswer(certificate, issuer, sources, now) : UNUSABLE;
      return asked.kind === 'unusable' ? byList(certificate, issuer, sources, now) : asked;
    }),
  );
  if (standings.some(({ kind }) => kind === 'revoked')) return err({ reason: 'certificate.revoked' });
  if (standings.every(({ kind }) => kind === 'good')) return ok(null);
  sources.unanswered();
  return policy === 'soft' ? ok(null) : err({ reason: 'certificate.unverified' });
}

async function byAnswer(
  certificate: Certificate,
  issuer: Certificate,
  { ask }: RevocationSources,
  now: EpochMs,
): Promise<Standing> {
  const request = ocspRequest(certificate, issuer);
  for (const url of request === null ? [] : certificate.extensions.ocspUrls.slice(0, MAX_URLS)) {
    const answer = request === null ? null : await ask(url, request);
    const standing = answer === null ? UNUSABLE : await standingInAnswer(answer, certificate, issuer, now);
    if (standing.kind !== 'unusable') return standing;
  }
  return UNUSABLE;
}

async function byList(
  certificate: Certificate,
  issuer: Certificate,
  { list, keep }: RevocationSources,
  now: EpochMs,
): Promise<Standing> {
  for (const url of certificate.extensions.crlUrls.slice(0, MAX_URLS)) {
    // What a cache kept may be old or spoilt: then it is fetched anew.
    for (const fresh of [false, true]) {
      const bytes = await list(url, fresh);
      const standing = bytes === null ? UNUSABLE : await standingInList(bytes, certificate, issuer, now);
      if (bytes === null || standing.kind === 'unusable') continue;
      if (fresh) await keep(url, bytes, standing.until);
      return standing;
    }
  }
  return UNUSABLE;
}
