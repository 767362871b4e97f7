import type { SessionChange } from '../../sessions/model.ts';
import { authenticated, endOthers, profileOf, type SignedIn } from '../../signin/endpoints/hall.ts';
import { NEW_DEVICE, tellNewDevice } from '../../signin/endpoints/new-device.ts';
import { RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { rememberDevice } from '../../signin/endpoints/remembered-device.ts';
import { go, type Visit } from '../../signin/endpoints/visit.tsx';
import type { AuthenticationMethod } from '../model.ts';
import { offersPlatformOnce } from '../set-up-progress.ts';
import { summaries } from './kinds.ts';
import { PLATFORM_OFFER, platformHint } from './platform-hint.ts';

const TOLD = 'new-device-told';

export interface Passed {
  readonly method: AuthenticationMethod;
  /** The remember-device box; null on pages without one. */
  readonly remember: boolean | null;
  readonly changes?: readonly SessionChange[];
  /** Where to go on. */
  readonly next: string;
}

/**
 * A second factor succeeded: the session grows and gets a new secret (SE-5), the browser is remembered if wished, and
 * after the response the account's history, counter and mails follow (SI-4, SI-5). Gives the signed-in person anew, or
 * the response for a session that ended meanwhile.
 */
export async function factorPassed(
  visit: Visit,
  { handle, state }: SignedIn,
  { method, remember, changes = [], next }: Passed,
): Promise<{ readonly signedIn: SignedIn; readonly response: Response } | Response> {
  const { hall, now } = visit;
  const news = state.reminded.includes(NEW_DEVICE) && !state.reminded.includes(TOLD);
  // MC-6, RT-2: once a session, after a code by phone on a device that knows its owner.
  const offer =
    (method === 'sms' || method === 'voice') &&
    next === '/continue' &&
    !state.reminded.includes(PLATFORM_OFFER) &&
    offersPlatformOnce(summaries(state.facts.methods), platformHint(visit));
  const grown = await authenticated(visit, handle, method, [
    { kind: 'facts', facts: { secondFactorSucceededAt: now } },
    { kind: 'draft', name: RETURN_DRAFT, value: null },
    ...(news ? [{ kind: 'reminded' as const, what: TOLD }] : []),
    ...(offer ? [{ kind: 'reminded' as const, what: PLATFORM_OFFER }] : []),
    ...changes,
  ]);
  if (grown === null) {
    visit.cookies.push(hall.sessions.clearCookie());
    return go(visit, '/?timeout=session');
  }
  if (remember !== null) await rememberDevice(visit, state.account, remember);
  hall.after(settle(grown, news));
  return { signedIn: grown, response: go(grown.visit, offer ? '/webauthn_platform_recommended' : next) };
}

async function settle({ visit, handle, state }: SignedIn, news: boolean): Promise<void> {
  const { hall, now, browser } = visit;
  const { account, deviceId } = state;
  const { eventId } = await hall.accounts.recordSecondFactor({
    uuid: account,
    locator: handle.locator,
    deviceId,
    browser,
    now,
  });
  if (hall.site.singleSession) await endOthers(visit, account);
  if (!news) return;
  const { emails } = await profileOf(visit, handle, state);
  const addresses = emails.map(({ address }) => address);
  await tellNewDevice(visit, account, addresses, state.facts.emailLocale, eventId);
}
