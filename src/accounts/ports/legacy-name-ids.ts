import type { Result } from '../../kernel/result.ts';
import type { Intervention } from './suspensions.ts';

/** Numbers under which apps knew accounts before they came here (saml A9): imported, never made up. */
export interface LegacyNameIds {
  /**
   * Gives an account its number (`isLegacyNameId`), or takes it away with null. Refused while another account has it. Who
   * and why is written down with it; null for `by` where an account is born with its number.
   */
  readonly setLegacyNameId: (
    uuid: string,
    legacyNameId: number | null,
    by: Intervention | null,
  ) => Promise<Result<null, { reason: 'gone' | 'taken' }>>;
}
