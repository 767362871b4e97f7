import type { Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { Card, CertificateError } from './model.ts';

/** The host on which cards are presented, and what is known there. */
export interface CardPorts {
  /** What forms that lead there must name in `form-action`. */
  readonly formTarget: string;
  /** The origin to send a browser to; `label` makes a name of its own where the operator allows that. */
  readonly originFor: (label: string) => string;
  /** In test environments: what issues test cards, as `readTestAuthority` takes it; null elsewhere. */
  readonly testAuthority: string | null;
  /** Checks the certificate of a connection, as the edge describes it (`request.cf`). */
  readonly check: (cf: unknown, now: EpochMs) => Promise<Result<Card, { readonly reason: CertificateError }>>;
  /** True the first time a nonce is used; it is remembered until `until`. One storage call. */
  readonly useOnce: (nonce: string, until: EpochMs, now: EpochMs) => Promise<boolean>;
}
