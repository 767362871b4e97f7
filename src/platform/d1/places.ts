import { EVENT_KINDS } from '../../accounts/model.ts';
import type { NewEvent } from '../../accounts/ports/events.ts';
import { fromUtf8 } from '../../kernel/bytes.ts';
import type { Keyholder } from '../keys/keyholder.ts';

/** The record a sealed place of an event is bound to. */
export const placeOfEvent = (kind: number, at: number): string => `event/${kind}/${at}`;

/** The record a sealed place of a browser is bound to. */
export const placeOfDevice = (cookie: string): string => `device/${cookie}`;

/** Where browsers were, sealed to account and record: for their owners' own history only. */
export function placesWith(keys: Keyholder) {
  const seal = (account: string, record: string, place: string): Promise<string> =>
    keys.seal('device-place', { owner: account, record }, place);
  return {
    seal,
    /** The place of an event's browser; null for events without one. */
    sealEvent: async (account: string, event: NewEvent): Promise<string | null> =>
      event.browser === null
        ? null
        : seal(account, placeOfEvent(EVENT_KINDS[event.kind], event.at), event.browser.place),
    open: async (account: string, record: string, sealed: string | null): Promise<string | null> => {
      const opened =
        sealed === null ? null : await keys.open('device-place', { owner: account, record }, sealed);
      return opened === null ? null : fromUtf8(opened);
    },
  };
}
