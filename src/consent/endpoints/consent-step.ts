import { type App, displayName } from '../../apps/model.ts';
import type { SessionProfile } from '../../sessions/model.ts';
import { standing } from '../../signin/endpoints/current-step.ts';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { go, type Visit } from '../../signin/endpoints/visit.tsx';
import type { ConsentReason, StoredSignInRequest } from '../../signin/model.ts';
import { sharedEmail } from '../shared-email.ts';

/** The draft that keeps which address the person chose for an app before agreeing. */
export const emailDraft = (app: App): string => `email:${app.uuid}`;

/** A person whose turn it is to agree. */
export interface ConsentStep extends SignedIn {
  readonly stored: StoredSignInRequest;
  readonly app: App;
  readonly appName: string;
  readonly reason: ConsentReason;
  readonly profile: SessionProfile;
  /** The address pinned at an earlier consent, by id. */
  readonly pinnedId: string | null;
  /** The address the app would get, if it gets one. */
  readonly email: SessionProfile['emails'][number] | null;
}

/** The consent to be asked for now, or where the person belongs instead. */
export async function requireConsentStep(visit: Visit): Promise<ConsentStep | Response> {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { hall } = visit;
  const { handle, state } = signedIn;
  const { stored, app, known, step } = await standing(signedIn);
  if (stored === null || app === null || step.kind !== 'consent') return go(visit, '/continue');
  const profile = await profileOf(visit, handle, state);
  const chosen = await hall.sessions.openDraft(handle, state, emailDraft(app));
  const pinnedId = known?.link.emailId ?? null;
  const email = sharedEmail(profile.emails, chosen, pinnedId, state);
  const { reason } = step;
  return { ...signedIn, stored, app, appName: displayName(app), reason, profile, pinnedId, email };
}
