import type { SessionProfile } from '../../sessions/model.ts';

type Emails = SessionProfile['emails'];

/**
 * P9, CNS-4: the address with the first of these ids that the account still has: for `email` the one shared with the
 * app, then the one that signed in; for NameID the latter alone. Else the one last used to sign in; null when there is
 * none at all.
 */
export function chooseEmail(emails: Emails, ...ids: readonly (string | null)[]): string | null {
  const [named] = ids.flatMap((id) => emails.find((email) => email.id === id) ?? []);
  if (named !== undefined) return named.address;
  return [...emails].sort((a, b) => (b.lastSignInAt ?? 0) - (a.lastSignInAt ?? 0))[0]?.address ?? null;
}
