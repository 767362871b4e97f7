import { randomBytes } from 'node:crypto';
import type { Choices } from './choices.ts';
import type { Identity } from './provider.ts';

/** What this app remembers of one browser. */
export interface Session {
  readonly id: string;
  readonly expiresAt: number;
  /** The request under way and what was asked; starting another one in a second tab replaces it. */
  pending: { readonly id: string; readonly choices: Choices } | null;
  identity: Identity | null;
  /** What was asked at the last sign-in: signing out goes to the same registration. */
  choices: Choices | null;
  /** What the start page says once. */
  notice: string | null;
}

const COOKIE = 'sample_saml_session';
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

/** A new session in place of an old one: a fresh id at every sign-in and sign-out. */
export function renewSession(old: Session | null, holds: Partial<Session>): Session {
  if (old !== null) sessions.delete(old.id);
  const [oldest] = sessions.keys();
  if (oldest !== undefined && sessions.size >= MOST_SESSIONS) sessions.delete(oldest);
  const session: Session = {
    pending: null,
    identity: null,
    choices: null,
    notice: null,
    ...holds,
    id: randomBytes(33).toString('base64url').slice(0, 43),
    expiresAt: Date.now() + LIFETIME_SECONDS * 1000,
  };
  sessions.set(session.id, session);
  return session;
}

/**
 * The `Set-Cookie` line of a session. Answers arrive as a POST from the identity provider's site, and browsers leave
 * `Lax` cookies at home then; `None` wants https. On one machine both sides are one site, so `Lax` will do.
 */
export const sessionCookie = ({ id }: Session, secure: boolean): string =>
  `${COOKIE}=${id}; Path=/; Max-Age=${LIFETIME_SECONDS}; HttpOnly; ${secure ? 'SameSite=None; Secure' : 'SameSite=Lax'}`;
