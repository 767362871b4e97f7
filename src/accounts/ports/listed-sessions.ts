import type { EpochMs } from '../../kernel/time.ts';

/** Which sessions an account has; the sessions themselves live elsewhere. */
export interface ListedSessions {
  /** Locators of sessions that may still be live, newest first. */
  readonly sessionLocators: (uuid: string) => Promise<
    readonly {
      readonly locator: string;
      readonly deviceId: string | null;
      readonly browser: string | null;
      readonly startedAt: EpochMs;
    }[]
  >;
  readonly forgetSession: (locator: string) => Promise<void>;
  readonly forgetSessions: (locators: readonly string[]) => Promise<void>;
}
