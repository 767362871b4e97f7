import type { SignInAccount } from '../../accounts/model.ts';
import { isLiveReset, RESET_PENDING } from '../../accounts/rules/account-reset.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import type { WebauthnKind } from '../../factors/webauthn/model.ts';
import { MINUTE } from '../../kernel/time.ts';
import type { SessionHandle } from '../../sessions/ports.ts';
import { endOthers } from './hall.ts';
import { NEW_DEVICE, tellNewDevice } from './new-device.ts';
import type { Visit } from './visit.tsx';

export interface Beginning {
  /** The browser's remember-device cookie is good for this account (RD-2). */
  readonly remembered: boolean;
  /** Somebody who just created the account needs no news about their own browser. */
  readonly announce: boolean;
  /** The passkey that opened the door instead of a password: it is both factors (BT-1). */
  readonly passkey?: WebauthnKind;
}

/**
 * Opens a session for somebody who gave the right password or used a passkey (SI-4, SE-5): records browser and event, ends the session
 * this browser had before, and notes a new browser so that its owner hears of it (SI-5). False when the account changed
 * while the factor was checked (a new password, a suspension, its deletion): nobody is signed in then.
 */
export async function beginSession(
  visit: Visit,
  account: SignInAccount,
  beginning: Beginning,
): Promise<boolean> {
  const { hall, now, browser } = visit;
  const { passkey, remembered } = beginning;
  const complete = remembered || passkey !== undefined;
  const factor = passkey === undefined ? 'password' : 'passkey';
  const handle = hall.sessions.reserve();
  const recorded = await hall.accounts.recordPassword(account, browser, now, handle.locator, factor);
  if (!recorded.listed) return false;
  const { deviceId, newDevice, eventId } = recorded;
  const news = newDevice && beginning.announce;
  await hall.sessions.begin(
    {
      account: account.uuid,
      facts: passkey === undefined ? account.facts : { ...account.facts, secondFactorSucceededAt: now },
      emailId: account.emailId,
      locale: visit.c.get('locale'),
      deviceId,
      events: [
        { method: passkey ?? 'password', at: now },
        ...(remembered ? [{ method: 'remember_device' as const, at: now }] : []),
      ],
      profile: {
        emails: account.emails.flatMap(({ id, address, confirmedAt, lastSignInAt }) =>
          confirmedAt === null
            ? []
            : [{ id, address, lastSignInAt: id === account.emailId ? now : lastSignInAt }],
        ),
        x509: null,
      },
      marks: [
        ...(news ? [NEW_DEVICE] : []),
        ...(account.reset !== null && isLiveReset(account.reset, now) ? [RESET_PENDING] : []),
      ],
    },
    now,
    handle,
  );
  visit.cookies.push(hall.sessions.toCookie(handle));
  if (visit.handle !== null) hall.after(endEarlier(visit, visit.handle));
  if (complete) hall.after(completeSignIn({ ...visit, handle }, account, handle.locator, deviceId, news));
  else if (news) {
    const dueAt = now + NUMBERS['new_device_alert.delay_min'] * MINUTE;
    hall.after(hall.accounts.deferNotice(account.uuid, NEW_DEVICE, eventId, dueAt));
  }
  return true;
}

/** The session this browser had before: a browser has one. */
async function endEarlier({ hall, now }: Visit, handle: SessionHandle): Promise<void> {
  await Promise.all([hall.sessions.end(handle, now), hall.accounts.forgetSession(handle.locator)]);
}

/** A remembered browser or a passkey is through at once: the session joins the list, so that it can be ended from elsewhere. */
async function completeSignIn(
  visit: Visit,
  account: SignInAccount,
  locator: string,
  deviceId: string,
  news: boolean,
): Promise<void> {
  const { hall, now, browser } = visit;
  const { eventId } = await hall.accounts.recordSecondFactor({
    uuid: account.uuid,
    locator,
    deviceId,
    browser,
    now,
  });
  if (hall.site.singleSession) await endOthers(visit, account.uuid);
  const addresses = account.emails.flatMap((email) => (email.confirmedAt === null ? [] : [email.address]));
  if (news) await tellNewDevice(visit, account.uuid, addresses, account.facts.emailLocale, eventId);
}
