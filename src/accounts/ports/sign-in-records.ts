import type { Card, HeldCard } from '../../factors/piv/model.ts';
import type { HeldCredential, WebauthnCredential } from '../../factors/webauthn/model.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { Browser, SignInAccount } from '../model.ts';
import type { NewEvent, SecondFactorRecord, SecondFactorSuccess } from './events.ts';

/** What opened the door instead of a password, to be kept as this use leaves it. */
export type FirstUse =
  | { readonly kind: 'passkey'; readonly held: HeldCredential; readonly used: WebauthnCredential }
  | { readonly kind: 'card'; readonly held: HeldCard; readonly card: Card };

/** What is written down about sign-ins. */
export interface SignInRecords {
  /**
   * Sign-in with the first factor: remembers the address, the browser, the event; tells whether the browser is new.
   * `listed` is false when the account is not any more what the factor was checked against (its password was changed or
   * must be changed, it was suspended or deleted meanwhile, its identity was locked), or another use of the same passkey
   * came first: then no session may begin.
   */
  readonly recordPassword: (
    account: SignInAccount,
    browser: Browser,
    now: EpochMs,
    /** The session that begins; listed from now on. */
    locator: string,
    /** A passkey stands for both factors: then there is no event of a password. */
    factor?: 'password' | 'passkey',
    /** What else is written at the same time, if the session is listed. */
    follow?: {
      /** The sign-in is complete with this factor: what `recordSecondFactor` writes. */
      readonly complete?: Pick<SecondFactorSuccess, 'disavow' | 'remembered'>;
      /** A notice for later if the browser is new (SI-5). */
      readonly notice?: { readonly kind: string; readonly dueAt: EpochMs };
      /** The passkey or card that stands for both factors. */
      readonly use?: FirstUse;
      /** The password was looked for among breached ones; what was found there must be changed (PW-6). */
      readonly checked?: { readonly breached: boolean };
    },
  ) => Promise<
    SecondFactorRecord & {
      readonly deviceId: string;
      readonly newDevice: boolean;
      readonly listed: boolean;
      /** The oldest sessions of an account that has too many, to be ended. */
      readonly surplus: readonly string[];
    }
  >;
  /** Second factor succeeded: event, counter reset, list of sessions, cancelled deferred notice. */
  readonly recordSecondFactor: (success: SecondFactorSuccess) => Promise<SecondFactorRecord>;
  readonly recordEvent: (uuid: string, event: NewEvent) => Promise<{ readonly eventId: number }>;
}
