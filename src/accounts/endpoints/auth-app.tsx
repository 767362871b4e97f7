import type { FactorSummary } from '../../factors/model.ts';
import { checkNickname } from '../../factors/nickname.ts';
import { checkRemoval } from '../../factors/remove-factor.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import { disavowLink } from '../../signin/endpoints/disavow-link.ts';
import type { SignedIn } from '../../signin/endpoints/hall.ts';
import { flashNext, go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import type { AccountOverview } from '../model.ts';
import { AuthAppPage, KeepFactorPage, RemoveAuthAppPage } from '../pages/auth-app.tsx';
import { accountPage, addressesOf, changeEverywhere, eventOf, nothingHere, secured } from './signed-in.ts';

const METHODS = '/account/two_factor_authentication';

/** An app of this person's own, and everything held beside it. */
interface OwnApp {
  readonly factor: FactorSummary;
  readonly held: readonly FactorSummary[];
}

async function ownApp({ visit, state }: SignedIn): Promise<OwnApp | null> {
  const account = await visit.hall.accounts.overview(state.account);
  const factor = account?.factors.find(({ id, kind }) => kind === 'totp' && id === visit.c.req.param('id'));
  return account === null || factor === undefined ? null : { factor, held: heldBy(account) };
}

/** Backup codes count as one method when an account asks whether another is left (MM-2). */
const heldBy = ({
  factors,
  backupCodesLeft,
  backupCodesMadeAt,
  createdAt,
}: AccountOverview): readonly FactorSummary[] =>
  backupCodesLeft === 0
    ? factors
    : [
        ...factors,
        { id: 'backup_codes', kind: 'backup_codes', label: '', createdAt: backupCodesMadeAt ?? createdAt },
      ];

/** MM-1: an authentication app's name. */
export const showAuthApp = secured(async (found) => {
  const own = await ownApp(found);
  return own === null
    ? nothingHere(found)
    : accountPage(found, (page) => <AuthAppPage page={page} factor={own.factor} />);
});

/** MM-1: gives it another name. */
export const renameAuthApp = secured((found) =>
  withForm(found.visit, async (form) => {
    const { visit, state } = found;
    const t = translator(visit.c.get('locale'));
    const own = await ownApp(found);
    if (own === null) return nothingHere(found);
    const typed = form.get('name') ?? '';
    const taken = own.held
      .filter(({ id, kind }) => kind === 'totp' && id !== own.factor.id)
      .map(({ label }) => label);
    const checked = checkNickname(typed, taken);
    const renamed = checked.ok
      ? await visit.hall.factors.rename(state.account, own.factor.id, checked.value)
      : null;
    if (renamed?.ok) {
      flashNext(visit, { type: 'success', text: t('accounts.auth_app.renamed') });
      return go(visit, METHODS);
    }
    const reason = checked.ok ? 'taken' : checked.error.reason;
    const error = t(NAME_PROBLEMS[reason]);
    const name = typed.slice(0, 200);
    return accountPage(
      found,
      (page) => <AuthAppPage page={page} factor={own.factor} name={name} error={error} />,
      {
        status: 422,
      },
    );
  }),
);

const NAME_PROBLEMS = {
  missing: 'accounts.auth_app.name_missing',
  too_long: 'accounts.auth_app.name_too_long',
  taken: 'accounts.auth_app.name_taken',
} as const;

/** MM-2, MM-3: asks before it is removed, or says why it has to stay. */
export const showRemoveAuthApp = secured(async (found) => {
  const own = await ownApp(found);
  if (own === null) return nothingHere(found);
  const checked = checkRemoval(own.held, own.factor.id);
  if (!checked.ok) return keep(found, checked.error.reason);
  return accountPage(found, (page) => <RemoveAuthAppPage page={page} factor={own.factor} />);
});

/** MM-3: removes it, forgets remembered browsers, and tells every confirmed address. */
export const removeAuthApp = secured((found) =>
  withForm(found.visit, async () => {
    const { visit, state } = found;
    const own = await ownApp(found);
    if (own === null) return nothingHere(found);
    const checked = checkRemoval(own.held, own.factor.id);
    if (!checked.ok) return keep(found, checked.error.reason);
    const event = eventOf(found, 'authenticator_disabled');
    // Two removals at once: the database keeps the last factor even if both saw two.
    if (!(await visit.hall.factors.remove(state.account, own.factor.id, event)))
      return keep(found, 'last_factor');
    const methods = await visit.hall.factors.kinds(state.account);
    await changeEverywhere(found, [{ kind: 'facts', facts: { methods } }]);
    visit.hall.after(tellRemoved(found));
    flashNext(visit, {
      type: 'success',
      text: translator(visit.c.get('locale'))('accounts.remove_auth_app.done'),
    });
    return go(visit, METHODS);
  }),
);

async function tellRemoved(found: SignedIn): Promise<void> {
  const { visit, state } = found;
  const { hall, now } = visit;
  const locale = state.facts.emailLocale;
  const disavowUrl = await disavowLink(hall, state.account, locale, now);
  await hall.notify(await addressesOf(found), locale, {
    kind: 'factor-removed',
    factor: 'totp',
    disavowUrl,
    at: now,
  });
}

function keep(found: SignedIn, reason: 'unknown_factor' | 'last_factor' | 'only_platform_left') {
  if (reason === 'unknown_factor') return nothingHere(found);
  return accountPage(found, (page) => <KeepFactorPage page={page} reason={reason} />, { status: 409 });
}
