import type { Locale } from './kernel/locale.ts';
import type { EpochMs } from './kernel/time.ts';

/** What middleware has established before any handler runs. */
export interface AppEnv {
  Variables: {
    requestId: string;
    now: EpochMs;
    locale: Locale;
    /** The locale segment of the path, when it had one. */
    localeInPath: Locale | undefined;
    /** Path without its locale segment. */
    path: string;
    nonce: string;
  };
}
