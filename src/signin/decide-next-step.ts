import { RESET_NOTICED, RESET_PENDING } from '../accounts/rules/account-reset.ts';
import type { AuthenticationNeed } from '../assurance/model.ts';
import { consentReason } from '../consent/consent-reason.ts';
import type { AppLink } from '../consent/model.ts';
import {
  type AuthenticationEvent,
  type AuthenticationMethod,
  type FactorKind,
  PHISHING_RESISTANT,
} from '../factors/model.ts';
import { DAY, type EpochMs, SECOND, YEAR } from '../kernel/time.ts';
import { isBanned } from '../sessions/bans.ts';
import type { AccountFacts, SessionApp } from '../sessions/model.ts';
import { authenticationTime } from '../sessions/rules.ts';
import type { SignInRequest, Step } from './model.ts';

/** What the decision looks at. `link: undefined` means nobody has looked yet whether the account knows this app. */
export interface Situation {
  readonly now: EpochMs;
  readonly session: {
    readonly account: string;
    readonly authenticatedAt: EpochMs;
    readonly events: readonly AuthenticationEvent[];
    readonly facts: AccountFacts;
    readonly setUps: readonly FactorKind[];
    readonly reminded: readonly string[];
  } | null;
  readonly request: SignInRequest | null;
  /** When the app's question arrived; `now` for one that is answered on the spot. */
  readonly arrivedAt: EpochMs;
  readonly app: SessionApp | undefined;
  /** When the rules of use now in force were published. */
  readonly rulesPublishedAt: EpochMs;
}

/** Rules of use are accepted again after five years or when a newer version is out (accounts section 1). */
const RULES_MAX_AGE_MS = 5 * YEAR;

const KINDS_FOR: Readonly<Record<AuthenticationNeed, readonly FactorKind[] | null>> = {
  'second-factor': null,
  'fresh-second-factor': null,
  'phishing-resistant': ['security_key', 'platform_passkey', 'piv'],
  piv: ['piv'],
};

const isSecondFactor = (method: AuthenticationMethod): boolean =>
  method !== 'password' && method !== 'remember_device';

/** Whether the events of a session meet a need (oidc MFA-1 to MFA-3, accounts AL-3). Any matching event counts. */
export function authenticationSatisfies(
  events: readonly AuthenticationEvent[],
  need: AuthenticationNeed,
  rememberedDeviceAllowed: boolean,
): boolean {
  switch (need) {
    case 'second-factor':
      return events.some(
        (event) =>
          isSecondFactor(event.method) || (rememberedDeviceAllowed && event.method === 'remember_device'),
      );
    case 'fresh-second-factor':
      return events.some((event) => isSecondFactor(event.method));
    case 'phishing-resistant':
      return events.some((event) => PHISHING_RESISTANT.has(event.method));
    case 'piv':
      return events.some((event) => event.method === 'piv');
  }
}

type Gate = (situation: Situation) => Step | null;

const signedIn: Gate = ({ session, request }) => {
  if (session !== null) return null;
  return request?.startWith === 'create-account'
    ? { kind: 'create-account' }
    : { kind: 'sign-in', notice: 'none' };
};

/** MFA-5, `max_age` and `id_token_hint`: whoever authenticated before the question arrived has to do it again. */
const freshEnough: Gate = ({ session, request, arrivedAt, now, app }) => {
  if (session === null || request === null) return null;
  const again = { kind: 'sign-in', notice: 'sign-in-again' } as const;
  if (request.forceReauthentication && session.authenticatedAt < arrivedAt) return again;
  const age = now - authenticationTime(session);
  if (
    request.maxAgeSeconds !== null &&
    age > request.maxAgeSeconds * SECOND &&
    session.authenticatedAt < arrivedAt
  )
    return again;
  // Somebody without any connection to the app is not the one the hint names either.
  const otherPerson = request.subjectHint !== null && app?.link.subject !== request.subjectHint;
  return otherPerson && session.authenticatedAt < arrivedAt ? again : null;
};

/** SP-2, SI-2: an operator closed this app to this account; other apps and the account's own pages stay open. */
const notBanned: Gate = ({ session, request }) =>
  session !== null && request !== null && isBanned(session.facts.bans, request.app)
    ? { kind: 'restricted' }
    : null;

/** SP-1, RT-1: said to whoever has authenticated, not to somebody who merely knows the password. */
const notSuspended: Gate = ({ session, request }) => {
  if (!session?.facts.suspended) return null;
  const isOwner =
    session.facts.methods.length === 0 ||
    authenticationSatisfies(session.events, 'second-factor', request?.rememberedDeviceAllowed ?? true);
  return isOwner ? { kind: 'suspended' } : null;
};

/** AR-3: whoever signs in while the account waits to be deleted hears of it before anything else. */
const resetNoticed: Gate = ({ session }) =>
  session?.reminded.includes(RESET_PENDING) && !session.reminded.includes(RESET_NOTICED)
    ? { kind: 'account-reset' }
    : null;

const rulesAccepted: Gate = ({ session, now, rulesPublishedAt }) => {
  const accepted = session?.facts.rulesAcceptedAt ?? null;
  if (accepted !== null && accepted >= rulesPublishedAt && now - accepted < RULES_MAX_AGE_MS) return null;
  return { kind: 'accept-rules' };
};

const secondFactorHeld: Gate = ({ session }) =>
  session !== null && session.facts.methods.length === 0 ? { kind: 'set-up-factor', allowed: null } : null;

const secondFactorUsed: Gate = ({ session, request }) => {
  if (session === null) return null;
  const need = request?.need.authentication ?? 'second-factor';
  if (authenticationSatisfies(session.events, need, request?.rememberedDeviceAllowed ?? true)) return null;
  const kinds = KINDS_FOR[need];
  if (kinds === null) return { kind: 'second-factor', allowed: session.facts.methods };
  const held = session.facts.methods.filter((kind) => kinds.includes(kind));
  if (held.length > 0) return { kind: 'second-factor', allowed: held };
  // Lacking the demanded kind, the person first shows who they are with what they have, then adds one (AL-4).
  return session.events.some((event) => isSecondFactor(event.method))
    ? { kind: 'set-up-factor', allowed: kinds }
    : { kind: 'second-factor', allowed: session.facts.methods };
};

const setUpsFinished: Gate = ({ session }) =>
  session !== null && session.setUps.length > 0 ? { kind: 'set-up-factor', allowed: session.setUps } : null;

/** Face or touch unlock alone would lock its owner out with the device (MC-2). */
const enoughHeld: Gate = ({ session }) =>
  session?.facts.methods.every((kind) => kind === 'platform_passkey')
    ? { kind: 'set-up-factor', allowed: null }
    : null;

const passwordKept: Gate = ({ session }) =>
  session?.facts.passwordChangeRequired ? { kind: 'change-password' } : null;

/** A verified level is never answered with less than was asked (ACR-3, IV-82, IV-83). */
const identityProved: Gate = ({ session, request, now }) => {
  if (session === null || request === null) return null;
  const { identityHeld, verifiedAt } = session.facts;
  const need = request.need.identity;
  if (need === 'none' || need === 'if-available') return null;
  if (identityHeld === 'none') return { kind: 'proofing' };
  if (need === 'facial-required' && identityHeld !== 'facial') return { kind: 'proofing' };
  const days = request.verifiedWithinDays;
  if (days !== null && verifiedAt !== null && now - verifiedAt > days * DAY) return { kind: 'proofing' };
  return null;
};

const agreed: Gate = ({ session, request, app, now }) => {
  if (session === null || request === null) return null;
  const link: AppLink | null = app?.link ?? null;
  const reason = consentReason(link, request.attributes, { now, verifiedAt: session.facts.verifiedAt });
  return reason === null ? null : { kind: 'consent', reason };
};

/** FLO-7, SI-7: somebody already signed in is asked once per app and session whether to continue as themselves. */
const continued: Gate = ({ session, request, app, arrivedAt }) => {
  if (session === null || request === null || !request.mayInteract) return null;
  if (session.authenticatedAt >= arrivedAt) return null;
  if (app === undefined || app.visitedAt !== null || app.continuedAt !== null) return null;
  return (app.link.consentedAt ?? 0) >= arrivedAt ? null : { kind: 'continue-as' };
};

/** The order is part of the contract (oidc FLO-4, accounts SI-2, RT-1): the first gate that asks something wins. */
export const GATES: readonly Gate[] = [
  signedIn,
  freshEnough,
  notBanned,
  resetNoticed,
  rulesAccepted,
  notSuspended,
  secondFactorHeld,
  secondFactorUsed,
  setUpsFinished,
  enoughHeld,
  passwordKept,
  identityProved,
  agreed,
  continued,
];

/** Decides what to ask next; `grant` when nothing is left (for a person without an app request: their account page). */
export function decideNextStep(situation: Situation): Step {
  for (const gate of GATES) {
    const step = gate(situation);
    if (step !== null) return step;
  }
  return { kind: 'grant' };
}
