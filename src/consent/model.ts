import type { EpochMs } from '../kernel/time.ts';
import type { AttributeName } from './attributes.ts';

/** The connection between one account and one app (accounts DM-13): what was agreed, and which address is shared. */
export interface AppLink {
  /** Pairwise subject this app sees (SUB-1). */
  readonly subject: string;
  /** Attributes agreed to; asking for fewer never asks again (CNS-2). */
  readonly agreed: readonly AttributeName[];
  readonly consentedAt: EpochMs | null;
  /** Consent was revoked; the subject survives (CNS-5). */
  readonly revoked: boolean;
  /** The shared address, by e-mail id; null shares the address last used to sign in (CNS-4). */
  readonly emailId: string | null;
}
