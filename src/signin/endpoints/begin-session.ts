import type { SignInAccount } from '../../accounts/model.ts';
import type { FirstUse } from '../../accounts/ports/sign-in-records.ts';
import { isLiveReset, RESET_PENDING } from '../../accounts/rules/account-reset.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { REMINDER_PATHS, reminderDue } from '../../factors/reminder-due.ts';
import { MINUTE } from '../../kernel/time.ts';
import { endListed, endOthers, endSession } from './end-sessions.ts';
import { NEW_DEVICE, tellNewDevice } from './new-device.ts';
import { refreshOthers } from './refresh-others.ts';
import type { AtSignIn } from './unlock-profile.ts';
import type { Visit } from './visit.tsx';

/** How long the second factor may take before the first is told about (SI-5). */
const NOTICE_DELAY_MS = NUMBERS['new_device_alert.delay_min'] * MINUTE;

/** PW-6: what every session of an account with a breached password learns. */
const CHANGE_REQUIRED = { passwordChangeRequired: true } as const;

export interface Beginning {
  /** The browser's remember-device cookie is good for this account (RD-2). */
  readonly remembered: boolean;
  /** Somebody who just created the account needs no news about their own browser. */
  readonly announce: boolean;
  /** The passkey or government ID card that opened the door instead of a password: it is both factors (BT-1, PV-3). */
  readonly use?: FirstUse;
  /** The verified identity, if there is one, as far as this sign-in opened it. */
  readonly identity?: AtSignIn;
  /** Whether the password is known from a breach; null, or left out: it was not looked for (PW-6). */
  readonly breached?: boolean | null;
}

/**
 * Opens a session for somebody who gave the right password or used a passkey or card (SI-4, SE-5): records browser, event
 * and use, ends the session this browser had before, and notes a new browser so that its owner hears of it (SI-5). Gives
 * where to go on; null when the account changed while the factor was checked (a new password, a suspension, its deletion), or the passkey was
 * used elsewhere at that moment: nobody is signed in then.
 */
export async function beginSession(
  visit: Visit,
  account: SignInAccount,
  beginning: Beginning,
): Promise<string | null> {
  const { hall, now, browser } = visit;
  const { use, remembered, breached = null } = beginning;
  const both = use === undefined ? undefined : use.kind === 'card' ? 'piv' : use.held.kind;
  const complete = remembered || both !== undefined;
  const factor = both === undefined ? 'password' : 'passkey';
  const handle = hall.sessions.reserve();
  const recorded = await hall.accounts.recordPassword(account, browser, now, handle.locator, factor, {
    ...(complete ? { complete: { disavow: beginning.announce, remembered: both === undefined } } : {}),
    ...(beginning.announce && !complete
      ? { notice: { kind: NEW_DEVICE, dueAt: now + NOTICE_DELAY_MS } }
      : {}),
    ...(use === undefined ? {} : { use }),
    ...(breached === null ? {} : { checked: { breached } }),
  });
  if (!recorded.listed) return null;
  const { deviceId, newDevice, disavowTokens, surplus } = recorded;
  // Nobody hides an old session behind new ones.
  if (surplus.length > 0) hall.after(endListed(hall, account.uuid, surplus, 'signed-out'));
  const news = newDevice && beginning.announce;
  await hall.sessions.begin(
    {
      account: account.uuid,
      facts: {
        ...account.facts,
        ...(beginning.identity === undefined ? {} : { profile: beginning.identity.facts }),
        ...(both === undefined ? {} : { secondFactorSucceededAt: now }),
        ...(breached ? CHANGE_REQUIRED : {}),
      },
      emailId: account.emailId,
      locale: visit.c.get('locale'),
      deviceId,
      events: [
        { method: both ?? 'password', at: now },
        ...(remembered ? [{ method: 'remember_device' as const, at: now }] : []),
      ],
      profile: {
        emails: account.emails.flatMap(({ id, address, confirmedAt, lastSignInAt }) =>
          confirmedAt === null
            ? []
            : [{ id, address, lastSignInAt: id === account.emailId ? now : lastSignInAt }],
        ),
        x509: use?.kind === 'card' ? { subject: use.card.subject, issuer: use.card.issuer } : null,
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
  if (visit.handle !== null) hall.after(endSession(hall, visit.handle, now));
  const signedIn = { ...visit, handle };
  if (breached)
    hall.after(refreshOthers(signedIn, account.uuid, [{ kind: 'facts', facts: CHANGE_REQUIRED }]));
  if (!complete) return '/continue';
  if (hall.site.singleSession) hall.after(endOthers(signedIn, account.uuid, 'other-browser'));
  if (news && disavowTokens !== null) {
    const confirmed = account.emails.filter(({ confirmedAt }) => confirmedAt !== null);
    const passwordAt = both === undefined ? now : null;
    hall.after(tellNewDevice(signedIn, confirmed, account.facts.emailLocale, disavowTokens, passwordAt));
  }
  // RT-1 (12, 13): the page itself knows whether something else comes before it.
  const reminder = reminderDue(
    {
      ...account.facts,
      lastSignInAt: account.facts.secondFactorSucceededAt,
      method: both ?? 'remember_device',
      reminded: [],
    },
    now,
  );
  return reminder === null ? '/continue' : REMINDER_PATHS[reminder];
}
