import { mustReauthenticate, type SecurityAction } from '../../accounts/rules/reauthentication.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import type { SignedIn } from './require-signed-in.ts';
import { go, type Visit } from './visit.tsx';

/** The draft under which a session keeps the page to come back to after a second factor was asked for again. */
export const RETURN_DRAFT = 'return';

/** Our own pages only: one leading slash, and nothing that a browser could read as another host. */
const OWN_PATH = /^\/(?![/\\])[A-Za-z0-9/_\-.~%?&=]{0,400}$/;

/** A path of our own pages, or null: what somebody may be sent back to. */
export const ownPath = (path: string | null | undefined): string | null =>
  path !== null && path !== undefined && OWN_PATH.test(path) ? path : null;

/**
 * RA-1, RA-2: null when a real second factor was used in this session within the window; else the way to the
 * second-factor page, which leads back to this page (or to `back`, for forms whose page has another path).
 */
export function requireRecentFactor(
  visit: Visit,
  { state }: Pick<SignedIn, 'state'>,
  action: SecurityAction = 'manage',
  back?: string,
): Response | null {
  const { c, now } = visit;
  if (!mustReauthenticate(action, state.facts.methods.length, state.events, now)) return null;
  const search = c.req.method === 'GET' ? new URL(c.req.url).search : '';
  const path = ownPath(back ?? `${c.get('path')}${search}`) ?? '/account';
  return go(visit, `/account/reauthentication?return=${encodeURIComponent(path)}&tag=${tagOf(visit, path)}`);
}

/** Vouches that this session's own pages asked to come back to a path. */
const tagOf = ({ hall, handle }: Visit, path: string): string =>
  hall.cookies.tag(RETURN_DRAFT, `${handle?.locator}|${path}`);

/**
 * Whether a request to come back to a path is our own: browsers tell when a page of another site sent somebody here, and
 * then only the tag counts. Nobody else may choose where a person goes on after their second factor.
 */
export function isOwnReturn(visit: Visit, path: string): boolean {
  const site = visit.c.req.header('sec-fetch-site');
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  return !foreign || equalSecrets(tagOf(visit, path), visit.c.req.query('tag') ?? '');
}
