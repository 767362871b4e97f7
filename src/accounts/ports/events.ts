import type { EpochMs } from '../../kernel/time.ts';
import type { Browser, EventKind } from '../model.ts';

/** An event to write, with the browser it came from. */
export interface NewEvent {
  readonly kind: EventKind;
  readonly at: EpochMs;
  readonly browser: Browser | null;
  readonly app?: string;
}

/** A complete sign-in, or a second factor shown again, to be written down. */
export interface SecondFactorSuccess {
  readonly uuid: string;
  readonly locator: string;
  readonly deviceId: string | null;
  readonly browser: Browser;
  readonly now: EpochMs;
  /** Make a link that disavows the event, for a mail about it (SI-6). */
  readonly disavow?: boolean;
  /** A factor shown again by somebody signed in: no sign-in of its own. */
  readonly again?: boolean;
  /** The factor that was used, where nothing else is written about that. */
  readonly used?: string;
}

export interface SecondFactorRecord {
  /** The link's token when one was asked for. */
  readonly disavowToken: string | null;
}
