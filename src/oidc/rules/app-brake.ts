import { type EpochMs, MINUTE, SECOND } from '../../kernel/time.ts';

/** Whether one more request of an app may be answered now (NET-6): null for yes, otherwise the whole seconds to wait. */
export type AppBrake = (app: string | null, network: string, now: EpochMs) => number | null;

/** More than one isolate serves in a minute; beyond it counting starts over. */
const MAX_COUNTED = 10_000;

/**
 * NET-6: slows an app down that asks this isolate for more than `most` answers in a minute. In memory, so it costs no
 * storage call and is not exact: a brake, nothing about credentials hangs on it. Servers of many apps share an address,
 * so each app has its own count there; and its count at one address is not used up by whoever names it from another.
 * What names no app counts for its address.
 */
export function appBrake(most: number): AppBrake {
  const counts = new Map<string, number>();
  let until = 0;
  return (app, network, now) => {
    if (now >= until || counts.size > MAX_COUNTED) {
      counts.clear();
      until = now + MINUTE;
    }
    const key = `${app ?? ''} ${network}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= most ? null : Math.ceil((until - now) / SECOND);
  };
}
