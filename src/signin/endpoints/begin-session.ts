import type { SignInAccount } from '../../accounts/model.ts';
import { isLiveReset, RESET_PENDING } from '../../accounts/rules/account-reset.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import type { CardNames } from '../../factors/piv/model.ts';
import type { WebauthnKind } from '../../factors/webauthn/model.ts';
import { MINUTE } from '../../kernel/time.ts';
import { endListed, endOthers } from './hall.ts';
import { NEW_DEVICE, tellNewDevice } from './new-device.ts';
import type { AtSignIn } from './unlock-profile.ts';
import type { Visit } from './visit.tsx';

/** How long the second factor may take before the first is told about (SI-5). */
const NOTICE_DELAY_MS = NUMBERS['new_device_alert.delay_min'] * MINUTE;

export interface Beginning {
  /** The browser's remember-device cookie is good for this account (RD-2). */
  readonly remembered: boolean;
  /** Somebody who just created the account needs no news about their own browser. */
  readonly announce: boolean;
  /** The passkey that opened the door instead of a password: it is both factors (BT-1). */
  readonly passkey?: WebauthnKind;
  /** The government ID card that opened it instead: it is both factors too (PV-3). */
  readonly card?: CardNames;
  /** The verified identity, if there is one, as far as this sign-in opened it. */
  readonly identity?: AtSignIn;
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
  const { card, remembered } = beginning;
  const passkey = card === undefined ? beginning.passkey : 'piv';
  const complete = remembered || passkey !== undefined;
  const factor = passkey === undefined ? 'password' : 'passkey';
  const handle = hall.sessions.reserve();
  const recorded = await hall.accounts.recordPassword(account, browser, now, handle.locator, factor, {
    ...(complete ? { complete: { disavow: beginning.announce } } : {}),
    ...(beginning.announce && !complete
      ? { notice: { kind: NEW_DEVICE, dueAt: now + NOTICE_DELAY_MS } }
      : {}),
    ...(visit.handle === null ? {} : { replaces: visit.handle.locator }),
  });
  if (!recorded.listed) return false;
  const { deviceId, newDevice, disavowToken, surplus } = recorded;
  // Nobody hides an old session behind new ones.
  if (surplus.length > 0) hall.after(endListed(hall, account.uuid, surplus, 'signed-out'));
  const news = newDevice && beginning.announce;
  await hall.sessions.begin(
    {
      account: account.uuid,
      facts: {
        ...account.facts,
        ...(beginning.identity === undefined ? {} : { profile: beginning.identity.facts }),
        ...(passkey === undefined ? {} : { secondFactorSucceededAt: now }),
      },
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
        x509: card === undefined ? null : { subject: card.subject, issuer: card.issuer },
        unlocked: beginning.identity?.unlocked ?? null,
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
  if (visit.handle !== null) hall.after(hall.sessions.end(visit.handle, now));
  if (!complete) return true;
  const signedIn = { ...visit, handle };
  if (hall.site.singleSession) hall.after(endOthers(signedIn, account.uuid, 'other-browser'));
  if (news && disavowToken !== null) {
    const addresses = account.emails.flatMap((email) => (email.confirmedAt === null ? [] : [email.address]));
    hall.after(tellNewDevice(signedIn, addresses, account.facts.emailLocale, disavowToken));
  }
  return true;
}
