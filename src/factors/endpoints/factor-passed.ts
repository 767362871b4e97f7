import type { SecondFactorRecord, SecondFactorSuccess } from '../../accounts/ports/events.ts';
import type { SessionChange, SessionState } from '../../sessions/model.ts';
import { authenticated } from '../../signin/endpoints/authenticated.ts';
import { endOthers } from '../../signin/endpoints/end-sessions.ts';
import { NEW_DEVICE, tellNewDevice } from '../../signin/endpoints/new-device.ts';
import { RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { rememberDevice } from '../../signin/endpoints/remembered-device.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { go, type Visit } from '../../signin/endpoints/visit.tsx';
import type { AuthenticationMethod } from '../model.ts';
import { REMINDER_PATHS, reminderDue } from '../reminder-due.ts';
import { offersPlatformOnce } from '../set-up-progress.ts';
import { summaries } from './kinds.ts';
import { CARD_OFFER, cardOfferPath } from './piv-offer.tsx';
import { PLATFORM_OFFER, platformHint } from './platform-hint.ts';

const TOLD = 'new-device-told';

export interface Passed {
  readonly method: AuthenticationMethod;
  /** The remember-device box; null on pages without one. */
  readonly remember: boolean | null;
  readonly changes?: readonly SessionChange[];
  /** Where to go on. */
  readonly next: string;
  /** The success as it was written down with the factor itself; left out: it is written after the response. */
  readonly recorded?: SecondFactorRecord;
  /** The factor that was used, where its use is not written down with it. */
  readonly used?: string;
}

/** Whether the owner is to hear of this browser now: the first factor found it new, and nobody was told yet. */
const isNews = (state: SessionState): boolean =>
  state.reminded.includes(NEW_DEVICE) && !state.reminded.includes(TOLD);

/** What a factor of a signed-in person writes down together with its own use. */
export const successOf = ({ visit, handle, state }: SignedIn): SecondFactorSuccess => ({
  uuid: state.account,
  locator: handle.locator,
  deviceId: state.deviceId,
  browser: visit.browser,
  now: visit.now,
  disavow: isNews(state),
  again: state.events.some(({ method }) => method !== 'password'),
});

/**
 * A second factor succeeded: the session grows and gets a new secret (SE-5), the browser is remembered if wished, and
 * after the response the account's history, counter and mails follow (SI-4, SI-5). Gives the signed-in person anew, or
 * the response for a session that ended meanwhile.
 */
export async function factorPassed(
  visit: Visit,
  { handle, state }: SignedIn,
  { method, remember, changes = [], next, recorded, used }: Passed,
): Promise<{ readonly signedIn: SignedIn; readonly response: Response } | Response> {
  const { hall, now } = visit;
  const news = isNews(state);
  // RT-1 (4): a new password comes before anything that is merely offered.
  const goesOn = next === '/continue' && !state.facts.passwordChangeRequired;
  // MC-6, RT-2: once a session, after a code by phone on a device that knows its owner.
  const offer =
    (method === 'sms' || method === 'voice') &&
    goesOn &&
    !state.reminded.includes(PLATFORM_OFFER) &&
    offersPlatformOnce(summaries(state.facts.methods), platformHint(visit));
  // RT-1 (8, 11): a card that was not known may be added now, and people of the government hear of theirs once.
  const cardOffer =
    goesOn && method !== 'piv' && !offer ? await cardOfferPath({ visit, handle, state }) : null;
  // RT-1 (12, 13): before the app goes on, never on the way back to a page or into a set-up.
  const reminder =
    goesOn && !offer && cardOffer === null && state.setUps.length === 0
      ? reminderDue(
          {
            ...state.facts,
            lastSignInAt: state.facts.secondFactorSucceededAt,
            method,
            reminded: state.reminded,
          },
          now,
        )
      : null;
  const grown = await authenticated(visit, handle, method, [
    { kind: 'facts', facts: { secondFactorSucceededAt: now } },
    { kind: 'draft', name: RETURN_DRAFT, value: null },
    ...(news ? [{ kind: 'reminded' as const, what: TOLD }] : []),
    ...(offer ? [{ kind: 'reminded' as const, what: PLATFORM_OFFER }] : []),
    ...(cardOffer === null ? [] : [{ kind: 'reminded' as const, what: CARD_OFFER }]),
    ...changes,
  ]);
  if (grown === null) {
    // It ended after the factor was checked: what was written with the factor must not list it again.
    if (recorded !== undefined) hall.after(hall.accounts.forgetSession(handle.locator));
    visit.cookies.push(hall.sessions.clearCookie());
    return go(visit, '/?timeout=session');
  }
  if (remember !== null) await rememberDevice(visit, state.account, remember);
  const success = { ...successOf({ visit, handle, state }), ...(used === undefined ? {} : { used }) };
  hall.after(settle(grown, { news, recorded, success }));
  const reminding = reminder === null ? null : REMINDER_PATHS[reminder];
  return {
    signedIn: grown,
    response: go(grown.visit, offer ? '/webauthn_platform_recommended' : (cardOffer ?? reminding ?? next)),
  };
}

async function settle(
  signedIn: SignedIn,
  {
    news,
    recorded,
    success,
  }: {
    readonly news: boolean;
    readonly recorded: SecondFactorRecord | undefined;
    readonly success: SecondFactorSuccess;
  },
): Promise<void> {
  const { visit, handle, state } = signedIn;
  const { hall } = visit;
  const { disavowTokens } = recorded ?? (await hall.accounts.recordSecondFactor(success));
  if (hall.site.singleSession) await endOthers(visit, state.account, 'other-browser');
  if (!news || disavowTokens === null) return;
  const { emails } = await profileOf(visit, handle, state);
  const passwordAt = state.events.find(({ method }) => method === 'password')?.at ?? null;
  await tellNewDevice(visit, emails, state.facts.emailLocale, disavowTokens, passwordAt);
}
