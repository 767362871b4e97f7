import type { SessionProfile, SessionState } from '../sessions/model.ts';
import type { AttributeName } from './attributes.ts';

type Email = SessionProfile['emails'][number];

/** Whether the app gets a single address, so that one has to be pinned to the connection (CNS-4). */
export const sharesOneEmail = (attributes: readonly AttributeName[]): boolean =>
  attributes.includes('email') && !attributes.includes('all_emails');

/**
 * The address to pin to the connection with an agreement (CNS-4): the one shown, none where all are shared, and the one
 * pinned before where the agreement is not about addresses.
 */
export const emailToPin = (
  attributes: readonly AttributeName[],
  shown: Email | null,
  pinnedId: string | null,
): string | null => {
  if (sharesOneEmail(attributes)) return shown?.id ?? null;
  return attributes.includes('all_emails') ? null : pinnedId;
};

/**
 * The address an app that gets one would receive (CNS-4, EM-5): the person's choice, else the one pinned at an earlier
 * consent, else the one that signed in, else the most recently used. Null when the account has none.
 */
export function sharedEmail(
  emails: readonly Email[],
  chosenId: string | null,
  pinnedId: string | null,
  { emailId }: Pick<SessionState, 'emailId'>,
): Email | null {
  const byId = (id: string | null): Email | undefined => emails.find((email) => email.id === id);
  const latest = [...emails].sort((a, b) => (b.lastSignInAt ?? 0) - (a.lastSignInAt ?? 0))[0];
  return byId(chosenId) ?? byId(pinnedId) ?? byId(emailId) ?? latest ?? null;
}
