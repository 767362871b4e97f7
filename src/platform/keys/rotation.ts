import { DAY, type EpochMs } from '../../kernel/time.ts';
import type { KeyState } from './tables.ts';

/** A new signing key is made this long after its predecessor began to sign; rotation is then due eight days later. */
export const ACTIVE_FOR_MS = 90 * DAY;
/** JWK-4: published at least this long before it signs and after it stopped: more than one cache period of a week. */
export const OVERLAP_MS = 8 * DAY;

export interface KeyDates {
  readonly kid: string;
  readonly state: KeyState;
  readonly createdAt: EpochMs;
  readonly activatedAt: EpochMs | null;
  readonly retiringAt: EpochMs | null;
}

export type KeyMove =
  | { readonly kind: 'create' }
  | { readonly kind: 'activate'; readonly kid: string }
  | { readonly kind: 'retire'; readonly kid: string };

/**
 * What the calendar asks of the OIDC keys at `now` (JWK-4, O9): make a successor in time, activate it after its
 * overlap, retire the predecessor after its own. Running it twice asks nothing twice.
 */
export function dueMoves(keys: readonly KeyDates[], now: EpochMs): readonly KeyMove[] {
  const active = keys.find((key) => key.state === 'active');
  const pending = keys.find((key) => key.state === 'pending');
  const moves: KeyMove[] = [];
  if (active === undefined && pending === undefined) moves.push({ kind: 'create' });
  const activeSince = active?.activatedAt ?? active?.createdAt ?? now;
  if (active !== undefined && pending === undefined && now - activeSince >= ACTIVE_FOR_MS - OVERLAP_MS)
    moves.push({ kind: 'create' });
  if (
    pending !== undefined &&
    now - pending.createdAt >= OVERLAP_MS &&
    (active === undefined || now - activeSince >= ACTIVE_FOR_MS)
  ) {
    moves.push({ kind: 'activate', kid: pending.kid });
  }
  for (const key of keys) {
    if (key.state === 'retiring' && key.retiringAt !== null && now - key.retiringAt >= OVERLAP_MS)
      moves.push({ kind: 'retire', kid: key.kid });
  }
  return moves;
}

/** The order in which keys are published: the signing one first (JWK-3), then its successor, then those leaving. */
export const publicationOrder = (state: KeyState): number =>
  ({ active: 0, pending: 1, retiring: 2, retired: 3 })[state];
