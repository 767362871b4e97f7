import { type RequestOptions, requestOptions } from '../../factors/webauthn/ceremony-options.ts';
import {
  CHALLENGE_LIFETIME_MS,
  type Challenge,
  isShared,
  newChallenge,
  readChallenge,
  writeChallenge,
} from '../../factors/webauthn/challenge.ts';
import { relyingParty } from '../../factors/webauthn/relying-party.ts';
import { cookieName, readCookie, writeCookie } from '../../kernel/cookies.ts';
import { sha256Base64Url } from '../../kernel/crypto.ts';
import { SECOND } from '../../kernel/time.ts';
import type { Visit } from './visit.tsx';

const COOKIE = 'gh_passkey';

/** The challenge belongs to this browser's visit: with another visit's cookie it opens nothing. */
const owner = ({ visitSecret }: Visit): string => `passkey|${sha256Base64Url(visitSecret)}`;

/** The challenge this browser was given at the sign-in page; null when it has none, or an old one. */
export async function passkeyChallenge(visit: Visit): Promise<Challenge | null> {
  const { c, hall, now } = visit;
  const value = readCookie(c.req.header('cookie'), cookieName(COOKIE, hall.site.secureCookies));
  return value === null ? null : readChallenge(await hall.cookies.open(owner(visit), value), now);
}

/**
 * What the browser needs to offer passkeys while nobody is signed in: any credential of this site that verifies its
 * user. The challenge travels sealed in a cookie of this browser, so that visitors cost no storage.
 */
export async function offerPasskey(visit: Visit, renew: boolean): Promise<RequestOptions> {
  const { hall, now } = visit;
  const pending = renew ? null : await passkeyChallenge(visit);
  const challenge = pending !== null && isShared(pending, now) ? pending : newChallenge(hall.random, now);
  if (challenge !== pending) {
    const sealed = await hall.cookies.seal(owner(visit), writeChallenge(challenge));
    const maxAge = CHALLENGE_LIFETIME_MS / SECOND;
    visit.cookies.push(writeCookie(COOKIE, sealed, { secure: hall.site.secureCookies, maxAge }));
  }
  return requestOptions({
    party: relyingParty(hall.site.origin),
    challenge,
    credentials: [],
    userVerification: 'required',
  });
}

/** Takes the challenge from the browser again once it was answered. */
export const dropPasskeyChallenge = (visit: Visit): void => {
  visit.cookies.push(writeCookie(COOKIE, '', { secure: visit.hall.site.secureCookies, maxAge: 0 }));
};
