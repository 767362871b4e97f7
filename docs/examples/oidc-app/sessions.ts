import { type Identity, type Pending, randomText } from './provider.ts';

/** What this app remembers of one browser. The identity provider's tokens are not sessions; this is ours. */
export interface Session {
  readonly id: string;
  readonly expiresAt: number;
  /** The sign-in under way; starting another one in a second tab replaces it. */
  pending: Pending | null;
  identity: Identity | null;
  /** `state` of a sign-out under way. */
  signingOut: string | null;
}

const COOKIE = 'sample_session';
const LIFETIME_SECONDS = 8 * 3600;
/** A sample keeps its sessions in memory; they must not fill it. */
const MOST_SESSIONS = 1000;
const sessions = new Map<string, Session>();

/** The session a `Cookie` header names; null when there is none or it is over. */
export function findSession(cookies: string | undefined): Session | null {
  const id = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(cookies ?? '')?.[1];
  const session = sessions.get(id ?? '');
  return session !== undefined && session.expiresAt > Date.now() ? session : null;
}

/**
 * A new session in place of an old one. A fresh id at every sign-in and sign-out keeps an id that somebody planted in
 * this browser from ever becoming a signed-in one.
 */
export function renewSession(old: Session | null, holds: Partial<Session>): Session {
  if (old !== null) sessions.delete(old.id);
  const [oldest] = sessions.keys();
  if (oldest !== undefined && sessions.size >= MOST_SESSIONS) sessions.delete(oldest);
  const expiresAt = Date.now() + LIFETIME_SECONDS * 1000;
  const session = {
    pending: null,
    identity: null,
    signingOut: null,
    ...holds,
    id: randomText(43),
    expiresAt,
  };
  sessions.set(session.id, session);
  return session;
}

/** The `Set-Cookie` line of a session; `secure` for addresses that begin with https. */
export const sessionCookie = ({ id }: Session, secure: boolean): string =>
  `${COOKIE}=${id}; Path=/; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
