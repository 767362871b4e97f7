import type { ProfileFacts, UnlockedProfile } from '../../proofing/model.ts';
import type { SessionChange } from '../../sessions/model.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import { ownPath } from '../../signin/endpoints/recent-factor.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { keepUpgraded, unlockAtSignIn } from '../../signin/endpoints/unlock-profile.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { OpenIdentityPage } from '../pages/personal-key.tsx';
import { checkPassword } from './check-password.ts';
import { accountPage, mayChangePassword } from './signed-in.ts';
import { isVerified, unlockedOf } from './unlocked.ts';

/** Where the person was going. */
const backOf = (text: string | null | undefined): string => ownPath(text) ?? '/account';

/**
 * PV-3, BT-1: people who signed in with a passkey or a card gave no password, and their verified data is closed. This page
 * asks for it where the data is needed, and leads back.
 */
export const askToOpen = mayChangePassword(async (found) => {
  const back = backOf(found.visit.c.req.query('return'));
  if (!isVerified(found) || (await unlockedOf(found)) !== null) return go(found.visit, back);
  return draw(found, back, null);
});

/** Opens the data with the password, into this session's sealed copy. */
export const openIdentity = mayChangePassword((found) =>
  withForm(
    found.visit,
    async (form) => {
      const { visit, handle } = found;
      const back = backOf(form.get('return'));
      if (!isVerified(found)) return go(visit, back);
      const checked = await checkPassword(found, form.get('password') ?? '');
      if ('error' in checked) return draw(found, back, checked);
      const { account, dataKey, upgraded } = checked;
      const opener = dataKey === null ? null : ({ kind: 'password', key: dataKey } as const);
      const { facts, unlocked } = await unlockAtSignIn(visit, account, opener);
      if (upgraded !== null) visit.hall.after(keepUpgraded(visit, account, upgraded, unlocked));
      await visit.hall.sessions.change(handle, visit.now, await opened(found, facts, unlocked));
      return go(visit, unlocked === null ? '/account' : back);
    },
    '/login/password',
  ),
);

/** The changes that put an opened identity into the session, sealed, beside what it holds already. */
export async function opened(
  { visit, handle, state }: SignedIn,
  profile: ProfileFacts | null,
  unlocked: UnlockedProfile | null,
): Promise<readonly SessionChange[]> {
  const facts: SessionChange = { kind: 'facts', facts: { profile } };
  const held = await profileOf(visit, handle, state);
  const sealed = await visit.hall.sessions.sealProfile(handle, state, { ...held, unlocked });
  return sealed === null ? [facts] : [facts, { kind: 'sealed', sealed }];
}

/**
 * After the identity turned out to be locked, or verified anew, while this session held it open: takes in what is stored
 * now, lets go of the copy, and leads to a page that starts from there.
 */
export async function closeIdentity(found: SignedIn, path: string): Promise<Response> {
  const { visit, handle, state } = found;
  const stored = await visit.hall.profiles.find(state.account);
  const facts =
    stored === null
      ? null
      : { level: stored.level, verifiedAt: stored.verifiedAt, deactivation: stored.deactivation };
  await visit.hall.sessions.change(handle, visit.now, await opened(found, facts, null));
  return go(visit, path);
}

const draw = (
  found: SignedIn,
  back: string,
  refusal: { readonly error: string; readonly status: 422 | 429 } | null,
): Promise<Response> =>
  accountPage(
    found,
    (page, email) => <OpenIdentityPage page={page} email={email} back={back} error={refusal?.error} />,
    refusal === null ? {} : { status: refusal.status },
  );
