import type { Locale } from '../../kernel/locale.ts';
import type { Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { NewEvent } from './events.ts';

/** New accounts, until their first password. */
export interface SignUps {
  /** A new account with one unconfirmed address and no password (SU-3). */
  readonly create: (input: {
    readonly address: string;
    readonly emailLocale: Locale;
    readonly rulesAcceptedAt: EpochMs;
    readonly origin: 'sign-up' | 'sandbox';
    readonly now: EpochMs;
  }) => Promise<{ readonly uuid: string; readonly emailId: string }>;
  /** Removes an account that never got a password (SU-10). */
  readonly abandon: (uuid: string) => Promise<void>;

  /**
   * The address becomes confirmed when the first password is saved (SU-6); refused when somebody else confirmed the
   * address meanwhile. Also deletes other accounts' unconfirmed copies of the address.
   */
  readonly completeSignUp: (input: {
    readonly uuid: string;
    readonly emailId: string;
    readonly password: string;
    readonly event: NewEvent;
  }) => Promise<Result<null, { reason: 'address_taken' }>>;
}
