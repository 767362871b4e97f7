import type { AccountOverview } from '../../accounts/model.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import {
  profileOf,
  refreshOthers,
  requireSignedIn,
  type SignedIn,
  shownEmail,
} from '../../signin/endpoints/hall.ts';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import {
  appOf,
  flashNext,
  go,
  pageOf,
  type Showing,
  show,
  type Visit,
} from '../../signin/endpoints/visit.tsx';
import { type Page, translator } from '../../ui/index.ts';
import type { FactorSummary } from '../model.ts';
import { checkNickname } from '../nickname.ts';
import { KeepFactorPage } from '../pages/manage.tsx';
import { ManageWebauthnPage, RemoveWebauthnPage } from '../pages/webauthn-manage.tsx';
import { checkRemoval } from '../remove-factor.ts';
import type { HeldCredential } from '../webauthn/model.ts';
import { summaries } from './kinds.ts';
import { eventOf, tellAboutFactor } from './set-up.ts';
import { REMOVED_EVENT } from './webauthn-mismatch.tsx';

const METHODS = '/account/two_factor_authentication';

/** A credential of this person's own, and every method held. */
interface Own {
  readonly signedIn: SignedIn;
  readonly held: HeldCredential;
  readonly factor: FactorSummary;
  readonly methods: readonly FactorSummary[];
}

/** Backup codes count as one method when an account asks whether another is left (MM-2). */
const methodsOf = ({ factors, backupCodesLeft }: AccountOverview): readonly FactorSummary[] =>
  backupCodesLeft === 0 ? factors : [...factors, ...summaries(['backup_codes'])];

/** RA-1, and an ordinary 404 for what is not this person's own. */
const own =
  (act: (own: Own) => Promise<Response> | Response): Act =>
  async (visit: Visit) => {
    const signedIn = await requireSignedIn(visit);
    if (signedIn instanceof Response) return signedIn;
    const asked = requireRecentFactor(visit, signedIn, 'manage');
    if (asked !== null) return asked;
    const { hall, c } = visit;
    const { account } = signedIn.state;
    const id = c.req.param('id');
    const [overview, credentials] = await Promise.all([
      hall.accounts.overview(account),
      hall.factors.webauthnCredentials(account),
    ]);
    const held = credentials.find(({ factor }) => factor === id);
    const factor = overview?.factors.find((one) => one.id === id);
    if (overview === null || held === undefined || factor === undefined) return c.notFound();
    return act({ signedIn, held, factor, methods: methodsOf(overview) });
  };

async function page(
  { visit, handle, state }: SignedIn,
  draw: (page: Page) => { toString(): string | Promise<string> },
  status: NonNullable<Showing['status']> = 200,
): Promise<Response> {
  const [app, profile] = await Promise.all([appOf(visit), profileOf(visit, handle, state)]);
  const showing: Showing = { app, state, email: shownEmail(profile, state), status };
  return show(visit, showing, draw(pageOf(visit, showing)));
}

/** MM-1: a key or passkey, its name, and what is known of it. */
export const showManageWebauthn = own(({ signedIn, held, factor }) =>
  page(signedIn, (told) => <ManageWebauthnPage page={told} factor={factor} credential={held.credential} />),
);

const NAME_PROBLEMS = {
  missing: 'factors.nickname.missing',
  too_long: 'factors.nickname.too_long',
  taken: 'factors.nickname.taken',
} as const;

/** MM-1: gives it another name. */
export const renameWebauthn = own(({ signedIn, held, factor, methods }) =>
  withForm(signedIn.visit, async (form) => {
    const { visit, state } = signedIn;
    const t = translator(visit.c.get('locale'));
    const typed = form.get('name') ?? '';
    const taken = methods
      .filter(({ id, kind }) => kind === factor.kind && id !== factor.id)
      .map(({ label }) => label);
    const name = checkNickname(typed, taken);
    const renamed = name.ok ? await visit.hall.factors.rename(state.account, factor.id, name.value) : null;
    if (renamed?.ok) {
      flashNext(visit, { type: 'success', text: t('webauthn.manage.renamed') });
      return go(visit, METHODS);
    }
    const error = t(NAME_PROBLEMS[name.ok ? 'taken' : name.error.reason]);
    return page(
      signedIn,
      (told) => (
        <ManageWebauthnPage
          page={told}
          factor={factor}
          credential={held.credential}
          name={typed.slice(0, 200)}
          error={error}
        />
      ),
      422,
    );
  }),
);

/** MM-2, MM-3: asks before it is removed, or says why it has to stay. */
export const askRemoveWebauthn = own(({ signedIn, factor, methods }) => {
  const checked = checkRemoval(methods, factor.id);
  if (!checked.ok) {
    const { reason } = checked.error;
    return page(signedIn, (told) => <KeepFactorPage page={told} reason={reason} />, 409);
  }
  return page(signedIn, (told) => <RemoveWebauthnPage page={told} factor={factor} />);
});

/** MM-3: removes it, forgets remembered browsers, and tells every confirmed address. */
export const removeWebauthn = own(({ signedIn, held, factor, methods }) =>
  withForm(signedIn.visit, async () => {
    const { visit, handle, state } = signedIn;
    const { hall, now } = visit;
    const checked = checkRemoval(methods, factor.id);
    const event = eventOf(visit, REMOVED_EVENT[held.kind]);
    // Two removals at once: the database keeps the last method even if both saw two.
    const removed = checked.ok && (await hall.factors.remove(state.account, factor.id, event));
    if (!removed) {
      const reason = checked.ok ? 'last_factor' : checked.error.reason;
      return page(signedIn, (told) => <KeepFactorPage page={told} reason={reason} />, 409);
    }
    const facts = { kind: 'facts', facts: { methods: await hall.factors.kinds(state.account) } } as const;
    await hall.sessions.change(handle, now, [facts]);
    hall.after(refreshOthers(visit, state.account, [facts]));
    hall.after(tellAboutFactor(signedIn, 'factor-removed', held.kind, held.name));
    flashNext(visit, { type: 'success', text: translator(visit.c.get('locale'))('webauthn.remove.done') });
    return go(visit, METHODS);
  }),
);
