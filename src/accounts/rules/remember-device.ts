import type { AssuranceNeed } from '../../assurance/model.ts';
import { DAY, type EpochMs } from '../../kernel/time.ts';

/** How long a remembered browser may stand in for a second factor (`remember_device.h`). */
export const REMEMBER_DEVICE_MS = 30 * DAY;

/** What the encrypted cookie holds; its bytes of chance are the sealing's business (RD-2). */
export interface RememberDevicePayload {
  readonly account: string;
  readonly createdAt: EpochMs;
  readonly role: 'remember_me';
}

/** What counts about the app that sent the person; null when none did. */
export interface RememberDeviceApp {
  readonly ial: 1 | 2;
  readonly default_aal: 1 | 2 | 3 | null;
}

/** How old a remembered browser may be for this request; zero when it may not be used at all (RD-4). */
export function rememberDeviceInterval(need: AssuranceNeed, app: RememberDeviceApp | null): number {
  const asksForProofing = need.identity !== 'none' && need.identity !== 'if-available';
  const appIsStrict = app !== null && (app.ial > 1 || (app.default_aal ?? 0) >= 2);
  return need.authentication !== 'second-factor' || asksForProofing || appIsStrict ? 0 : REMEMBER_DEVICE_MS;
}

export interface RememberDeviceFacts {
  readonly payload: RememberDevicePayload;
  readonly account: string;
  /** The account's `remember_device_revoked_at` (RD-3). */
  readonly revokedAt: EpochMs | null;
  readonly need: AssuranceNeed;
  readonly app: RememberDeviceApp | null;
  readonly now: EpochMs;
}

/** Whether the cookie stands in for a second factor: same account, young enough, not revoked since (RD-2, RD-4). */
export const isDeviceRemembered = ({
  payload,
  account,
  revokedAt,
  need,
  app,
  now,
}: RememberDeviceFacts): boolean =>
  payload.role === 'remember_me' &&
  payload.account === account &&
  now - payload.createdAt < rememberDeviceInterval(need, app) &&
  (revokedAt === null || payload.createdAt >= revokedAt);

/** How the checkbox starts: as last chosen; else on when no app waits or its default AAL is below 2 (RD-1). */
export const rememberDevicePreset = (lastChoice: boolean | null, app: RememberDeviceApp | null): boolean =>
  lastChoice ?? (app === null || (app.default_aal ?? 0) < 2);
