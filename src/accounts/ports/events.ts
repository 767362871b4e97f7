import type { EpochMs } from '../../kernel/time.ts';
import type { Browser, EventKind } from '../model.ts';
import type { TokenFor } from './mailed-links.ts';

/** An event to write, with the browser it came from. */
export interface NewEvent {
  readonly kind: EventKind;
  readonly at: EpochMs;
  readonly browser: Browser | null;
  readonly app?: string;
  /** The session that does it: what takes something away is not done once that was ended (SE-6). */
  readonly session?: string;
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
  /** A remembered browser stood in: no right answer, so that wrong ones still count (FC-1). */
  readonly remembered?: boolean;
  /** A factor shown again by somebody signed in: no sign-in of its own. */
  readonly again?: boolean;
  /** The factor that was used, where nothing else is written about that. */
  readonly used?: string;
}

export interface SecondFactorRecord {
  /** The link's tokens when one was asked for. */
  readonly disavowTokens: TokenFor | null;
}
