import { type EpochMs, SECOND } from '../../kernel/time.ts';
import { ISSUE_INSTANT_WINDOW_SECONDS, LOGOUT_SKEW_SECONDS } from '../limits.ts';
import { readSamlTime } from '../wire/saml-time.ts';

/** S17: whether a LogoutRequest is over. One that does not say until when it holds never is; nonsense always is. */
export function isLogoutOver(notOnOrAfter: string | null, now: EpochMs): boolean {
  if (notOnOrAfter === null) return false;
  const until = readSamlTime(notOnOrAfter);
  return until === null || now >= until + LOGOUT_SKEW_SECONDS * SECOND;
}

/** Section 17: whether a request was made about now, for apps that want captured addresses to go stale. */
export function isIssuedNow(issueInstant: string | null, now: EpochMs): boolean {
  const at = issueInstant === null ? null : readSamlTime(issueInstant);
  return at !== null && Math.abs(now - at) <= ISSUE_INSTANT_WINDOW_SECONDS * SECOND;
}
