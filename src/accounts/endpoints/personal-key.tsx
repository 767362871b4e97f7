import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { disavowTokens, notifyWithDisavow } from '../../signin/endpoints/disavow-link.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { NewPersonalKeyPage, PersonalKeyPage } from '../pages/personal-key.tsx';
import { textPhones } from './account-reset-mail.ts';
import { closeIdentity } from './open-identity.tsx';
import { issueKey, KEY_SEEN, keyToShow } from './personal-key-draft.ts';
import { accountPage, eventOf, type SignedInAct, secured, signedIn } from './signed-in.ts';
import { isVerified, requireUnlockedIfAny, unlockedOf } from './unlocked.ts';

/** Verified people whose data is open in this session; others have no personal key to issue (PK-2). */
const holders = (act: SignedInAct): Act =>
  secured(async (found) =>
    isVerified(found)
      ? ((await requireUnlockedIfAny(found, '/account/personal_key')) ?? act(found))
      : go(found.visit, '/account'),
  );

/** PK-2: asks before the key is replaced. */
export const askPersonalKey = holders((found) =>
  accountPage(found, (page) => <NewPersonalKeyPage page={page} />),
);

/** PK-2: issues a new key; the one before is void from now on. */
export const issuePersonalKey = holders((found) =>
  withForm(found.visit, async () => {
    const { visit, handle, state } = found;
    const { hall, now } = visit;
    const unlocked = await unlockedOf(found);
    if (unlocked === null) return go(visit, '/account');
    const { rewrap, changes } = await issueKey(found, unlocked);
    const kept = await hall.profiles.keep(state.account, rewrap, now, eventOf(found, 'new_personal_key'));
    if (!kept) return closeIdentity(found, '/account');
    await hall.sessions.change(handle, now, changes);
    hall.after(tellAboutKey(found, ['personal-key-issued']));
    return go(visit, '/manage/personal_key');
  }),
);

/** PK-2: the key, for as long as its owner has not said that it is saved. */
export const showPersonalKey = signedIn(async (found) => {
  const key = await keyToShow(found);
  return key === null ? go(found.visit, '/account/personal_key') : draw(found, key, undefined);
});

/** PK-2: goes on once the box is ticked; the key is forgotten here then. */
export const personalKeySaved = signedIn((found) =>
  withForm(found.visit, async (form) => {
    const { visit, handle } = found;
    const t = translator(visit.c.get('locale'));
    const key = await keyToShow(found);
    if (key !== null && form.get('acknowledged') !== '1')
      return draw(found, key, t('identity.key.not_acknowledged'));
    if (key !== null) await visit.hall.sessions.change(handle, visit.now, [KEY_SEEN]);
    flashNext(visit, { type: 'success', text: t('identity.key.done') });
    return go(visit, '/continue');
  }),
);

const draw = (found: SignedIn, key: string, error: string | undefined): Promise<Response> =>
  accountPage(
    found,
    (page) => <PersonalKeyPage page={page} code={key} error={error} />,
    error === undefined ? {} : { status: 422 },
  );

/** PK-2, NT-1, NT-4: tells every confirmed address what happened to the key, and every phone of a new one. */
export async function tellAboutKey(
  found: SignedIn,
  kinds: readonly ('personal-key-issued' | 'personal-key-used')[],
): Promise<void> {
  const { visit, state } = found;
  const { hall, now } = visit;
  const { emails } = await profileOf(visit, found.handle, state);
  const tokens = await disavowTokens(hall, state.account, now);
  for (const kind of kinds)
    await notifyWithDisavow(hall, emails, state.facts.emailLocale, tokens, (disavowUrl) => ({
      kind,
      disavowUrl,
      at: now,
    }));
  if (kinds.includes('personal-key-issued'))
    await textPhones(hall, { uuid: state.account, facts: state.facts }, 'personal_key_issued');
}
