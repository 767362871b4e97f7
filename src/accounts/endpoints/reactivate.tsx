import { SECOND } from '../../kernel/time.ts';
import type { UnlockedProfile } from '../../proofing/model.ts';
import { readPersonalKey } from '../../proofing/rules/personal-key.ts';
import type { SessionChange } from '../../sessions/model.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { refreshOthers } from '../../signin/endpoints/refresh-others.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { lockDamaged } from '../../signin/endpoints/unlock-profile.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { formatDuration, translator } from '../../ui/index.ts';
import { EnterPersonalKeyPage, ReactivatePage, ReactivatePasswordPage } from '../pages/personal-key.tsx';
import { checkPassword } from './check-password.ts';
import { opened } from './open-identity.tsx';
import { tellAboutKey } from './personal-key.tsx';
import { issueKey } from './personal-key-draft.ts';
import { accountPage, eventOf, type SignedInAct, secured } from './signed-in.ts';

const START = '/account/reactivate/start';
const LIMITS = ['personal-key'] as const;
/** The draft that keeps an identity the personal key opened until the password wraps it again (PW-7). */
const DRAFT = 'reactivate';
const FORGOTTEN: SessionChange = { kind: 'draft', name: DRAFT, value: null };

/** People whose identity is locked (PW-4, PI-7); others have nothing to reactivate. */
const locked = (act: SignedInAct): Act =>
  secured((found) =>
    (found.state.facts.profile?.deactivation ?? null) === null ? go(found.visit, '/account') : act(found),
  );

/** PW-7: the personal key, or verifying again. */
export const startReactivation = locked((found) =>
  accountPage(found, (page) => (
    <ReactivatePage page={page} reason={found.state.facts.profile?.deactivation ?? 'password_reset'} />
  )),
);

/** PW-7: asks for the sixteen characters. */
export const askPersonalKeyAgain = locked((found) => drawKey(found, null));

/**
 * PW-7: opens the identity with the personal key. Tries are counted first, so that four in fifteen minutes are usable
 * however many run at once (LI-2). What was typed is never shown again.
 */
export const checkPersonalKey = locked((found) =>
  withForm(found.visit, async (form) => {
    const { visit, handle, state } = found;
    const { hall, now, c } = visit;
    const t = translator(c.get('locale'));
    const key = readPersonalKey(form.get('personal_key') ?? '');
    if (!key.ok) return drawKey(found, { error: t('identity.key.malformed'), status: 422 });
    const subject = `personal-key:${state.account}`;
    const spent = await hall.attempts.spend(subject, LIMITS, now);
    if (!spent.allowed) {
      const time = formatDuration(c.get('locale'), (spent.retryAt - now) / SECOND);
      return drawKey(found, { error: t('identity.key.limited', { time }), status: 429 });
    }
    const profile = await hall.profiles.find(state.account);
    if (profile === null || profile.deactivation === null) return go(visit, '/account');
    const result = await hall.profiles.open(state.account, profile, { kind: 'personal_key', key: key.value });
    if (result.ok) {
      const value = await hall.sessions.sealDraft(handle, state, DRAFT, JSON.stringify(result.value));
      await hall.sessions.change(handle, now, [{ kind: 'draft', name: DRAFT, value }]);
      hall.after(hall.attempts.clear(subject, LIMITS));
      return go(visit, '/account/reactivate/verify_password');
    }
    if (result.error.reason === 'wrong_key')
      return drawKey(found, { error: t('identity.key.wrong'), status: 422 });
    // Not the key is at fault but what is stored (PI-7): only verifying again helps.
    const { level, verifiedAt } = profile;
    const facts = { profile: { level, verifiedAt, deactivation: 'encryption_error' } } as const;
    await lockDamaged(visit, state.account, profile.id, facts.profile);
    await hall.sessions.change(handle, now, [{ kind: 'facts', facts }]);
    return go(visit, START);
  }),
);

/** PW-7: asks for the current password, under which the identity rests from then on. */
export const askReactivationPassword = locked(async (found) =>
  (await waiting(found)) === null
    ? go(found.visit, '/account/reactivate/verify_personal_key')
    : drawPassword(found, null),
);

/**
 * PW-7: wraps the data key for the password and for a new personal key, and puts the profile back into use as it was,
 * with the date of its verification.
 */
export const reactivate = locked((found) =>
  withForm(found.visit, async (form) => {
    const { visit, handle, state } = found;
    const { hall, now, c } = visit;
    const unlocked = await waiting(found);
    if (unlocked === null) return go(visit, '/account/reactivate/verify_personal_key');
    const checked = await checkPassword(found, form.get('password') ?? '');
    if ('error' in checked) return drawPassword(found, checked);
    const { account, dataKey, upgraded } = checked;
    if (upgraded !== null) await hall.accounts.rehash(account.uuid, account.password, upgraded.record);
    const password = upgraded?.record ?? account.password;
    const key = upgraded?.dataKey ?? dataKey;
    const before = account.profile;
    if (key === null || before === null) return go(visit, START);
    const { rewrap, changes } = await issueKey(found, unlocked, { kind: 'password', key });
    const events = [eventOf(found, 'personal_key_used'), eventOf(found, 'new_personal_key')];
    if (!(await hall.profiles.reactivate(state.account, rewrap, password, events))) {
      flashNext(visit, { type: 'error', text: translator(c.get('locale'))('identity.reactivate.failed') });
      await hall.sessions.change(handle, now, [FORGOTTEN]);
      return go(visit, START);
    }
    const facts = { level: before.level, verifiedAt: before.verifiedAt, deactivation: null };
    const open = await opened(found, facts, unlocked);
    await hall.sessions.change(handle, now, [...open, ...changes, FORGOTTEN]);
    hall.after(refreshOthers(visit, state.account, [{ kind: 'facts', facts: { profile: facts } }]));
    hall.after(tellAboutKey(found, ['personal-key-used', 'personal-key-issued']));
    return go(visit, '/manage/personal_key');
  }),
);

/** What the personal key opened a moment ago; null when it did not. Only this file seals such drafts. */
async function waiting({ visit, handle, state }: SignedIn): Promise<UnlockedProfile | null> {
  const text = await visit.hall.sessions.openDraft(handle, state, DRAFT);
  if (text === null) return null;
  const unlocked: UnlockedProfile = JSON.parse(text);
  return unlocked;
}

interface Refusal {
  readonly error: string;
  readonly status: 422 | 429;
}

const drawKey = (found: SignedIn, refusal: Refusal | null): Promise<Response> =>
  accountPage(
    found,
    (page) => <EnterPersonalKeyPage page={page} error={refusal?.error} />,
    refusal === null ? {} : { status: refusal.status },
  );

const drawPassword = (found: SignedIn, refusal: Refusal | null): Promise<Response> =>
  accountPage(
    found,
    (page, email) => <ReactivatePasswordPage page={page} email={email} error={refusal?.error} />,
    refusal === null ? {} : { status: refusal.status },
  );
