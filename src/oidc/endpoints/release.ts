import type { SessionProfile } from '../../sessions/model.ts';
import type { Opened } from '../../sessions/ports.ts';
import type { OidcPorts } from '../ports.ts';
import type { ReleaseFacts } from '../rules/userinfo.ts';
import type { GrantPayload } from './door.ts';

const EMPTY: SessionProfile = { emails: [], x509: null };
const NEEDS_PROFILE: ReadonlySet<string> = new Set([
  'email',
  'all_emails',
  'x509',
  'x509:subject',
  'x509:issuer',
  'x509:presented',
]);

/** What a grant releases now: the session's own copy of personal data, or the database's when that copy is out of date. */
export async function releaseFacts(
  opened: Opened,
  payload: GrantPayload,
  ports: OidcPorts,
): Promise<ReleaseFacts> {
  const { release } = opened;
  const needed = payload.scopes.some((scope) => NEEDS_PROFILE.has(scope));
  const profile = opened.profile ?? (needed ? await ports.hall.accounts.profile(release.account) : EMPTY);
  return {
    issuer: ports.issuer,
    subject: release.facts.subject,
    scopes: payload.scopes,
    acr: payload.acr,
    appIal: payload.appIal,
    identityHeld: release.facts.identityHeld,
    emails: {
      shared: sharedEmail(profile, release.emailId, release.signInEmailId),
      all: profile.emails.map(({ address }) => address),
    },
    locale: release.locale,
    profile: null,
    verifiedAt: null,
    x509: release.cardUsed ? profile.x509 : null,
    authenticatedAt: release.facts.authenticatedAt,
  };
}

/** CNS-4: the pinned address; else the one last used to sign in; else any confirmed one. */
function sharedEmail(profile: SessionProfile, pinned: string | null, signIn: string): string | null {
  const byId = (id: string | null) => profile.emails.find((email) => email.id === id);
  const latest = [...profile.emails].sort((a, b) => (b.lastSignInAt ?? 0) - (a.lastSignInAt ?? 0))[0];
  return (byId(pinned) ?? byId(signIn) ?? latest)?.address ?? null;
}
