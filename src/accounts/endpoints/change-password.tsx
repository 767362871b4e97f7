import { withForm } from '../../signin/endpoints/act.tsx';
import { endOthers } from '../../signin/endpoints/end-sessions.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { ChangePasswordPage } from '../pages/change-password.tsx';
import type { NewPasswordRefusal } from '../pages/problems.ts';
import { passwordErrors, readNewPassword, tellPasswordChanged } from './new-password.ts';
import { closeIdentity } from './open-identity.tsx';
import { tellAboutKey } from './personal-key.tsx';
import { issueKey } from './personal-key-draft.ts';
import { accountPage, eventOf, mayChangePassword, type SignedInAct } from './signed-in.ts';
import { requireUnlockedIfAny, unlockedOf } from './unlocked.ts';

/** Signed-in people, and those whose next step is exactly this page; a recent second factor for both (RA-1). */
const allowed = (act: SignedInAct) =>
  mayChangePassword(
    async (found) =>
      requireRecentFactor(found.visit, found) ?? (await requireUnlockedIfAny(found)) ?? act(found),
  );

/** PW-5: asks for a new password; PW-6: the page a forced change leads to. */
export const showChangePassword = allowed((found) => draw(found, null));

/**
 * PW-5, SU-7: stores the new password, forgets remembered browsers (RD-3), ends every other session (BT-5), gives
 * this one a new secret and tells every confirmed address.
 */
export const changePassword = allowed((found) =>
  withForm(found.visit, async (form) => {
    const { visit, state, handle } = found;
    const { hall, now, c } = visit;
    const { emails } = await profileOf(visit, handle, state);
    const addresses = emails.map(({ address }) => address);
    // Read before the session is asked once more: a reset ends sessions before it stores a password, so one that has
    // stored its own finds this session over, and one that does so from here on finds this record replaced.
    const account = await hall.accounts.findByUuid(state.account);
    const before = account?.password ?? null;
    const checked = await readNewPassword(visit, form, addresses, account);
    if (!checked.ok) return draw(found, checked.error);
    if (before === null || (await hall.sessions.view(handle, now)) === null) return go(visit, '/');
    const made = await hall.passwords.make(state.account, checked.value);
    // PW-5: what the old password opened moves to the new one, and the personal key is issued anew.
    const opened = await unlockedOf(found);
    const issue =
      opened === null ? null : await issueKey(found, opened, { kind: 'password', key: made.dataKey });
    const event = eventOf(found, 'password_changed');
    const changed = await hall.accounts.changePassword(
      state.account,
      made.record,
      event,
      issue?.rewrap ?? null,
      before,
    );
    const toKey = issue === null ? null : '/manage/personal_key';
    const next = toKey ?? (state.facts.passwordChangeRequired ? '/continue' : '/account');
    if (!changed) return closeIdentity(found, next);
    const facts = { passwordChangeRequired: false };
    const [rotated] = await Promise.all([
      hall.sessions.rotate(handle, now, [{ kind: 'facts', facts }, ...(issue?.changes ?? [])]),
      endOthers(visit, state.account, 'password'),
    ]);
    if (rotated !== null) visit.cookies.push(hall.sessions.toCookie(rotated.handle));
    if (issue !== null) {
      hall.after(hall.accounts.recordEvent(state.account, eventOf(found, 'new_personal_key')));
      hall.after(tellAboutKey(found, ['personal-key-issued']));
    }
    hall.after(tellPasswordChanged(visit, state.account, state.facts.emailLocale, emails));
    flashNext(visit, {
      type: 'success',
      text: translator(c.get('locale'))('accounts.change_password.done'),
    });
    return go(visit, next);
  }),
);

function draw(found: SignedIn, refusal: NewPasswordRefusal | null): Promise<Response> {
  const t = translator(found.visit.c.get('locale'));
  const errors = refusal === null ? {} : passwordErrors(t, refusal);
  const forced = found.state.facts.passwordChangeRequired;
  return accountPage(
    found,
    (page, email) => <ChangePasswordPage page={page} email={email} forced={forced} errors={errors} />,
    refusal === null ? {} : { status: 422 },
  );
}
