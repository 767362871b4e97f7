import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import {
  profileOf,
  refreshOthers,
  requireSignedIn,
  type SignedIn,
  shownEmail,
} from '../../signin/endpoints/hall.ts';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import { appOf, flashNext, go, pageOf, type Showing, show } from '../../signin/endpoints/visit.tsx';
import { type Page, translator } from '../../ui/index.ts';
import type { FactorSummary } from '../model.ts';
import { checkNickname } from '../nickname.ts';
import { KeepFactorPage } from '../pages/manage.tsx';
import { ManageCardPage, RemoveCardPage } from '../pages/piv-manage.tsx';
import type { HeldCard } from '../piv/model.ts';
import { checkRemoval } from '../remove-factor.ts';
import { summaries } from './kinds.ts';
import { eventOf, tellAboutFactor } from './set-up.ts';

const METHODS = '/account/two_factor_authentication';

/** A card of this person's own, and every method held. */
interface Own {
  readonly signedIn: SignedIn;
  readonly card: HeldCard;
  readonly methods: readonly FactorSummary[];
}

/** RA-1, and an ordinary 404 for what is not this person's own. */
const own =
  (act: (own: Own) => Promise<Response> | Response): Act =>
  async (visit) => {
    const signedIn = await requireSignedIn(visit);
    if (signedIn instanceof Response) return signedIn;
    const asked = requireRecentFactor(visit, signedIn, 'manage');
    if (asked !== null) return asked;
    const { hall, c } = visit;
    const { account } = signedIn.state;
    const [overview, cards] = await Promise.all([
      hall.accounts.overview(account),
      hall.factors.cards(account),
    ]);
    const card = cards.find(({ factor }) => factor === c.req.param('id'));
    if (overview === null || card === undefined) return c.notFound();
    const codes = overview.backupCodesLeft === 0 ? [] : summaries(['backup_codes']);
    return act({ signedIn, card, methods: [...overview.factors, ...codes] });
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

/** MM-1: a card, its name, and whose it says it is. */
export const showManageCard = own(({ signedIn, card }) =>
  page(signedIn, (told) => <ManageCardPage page={told} card={card} />),
);

const NAME_PROBLEMS = {
  missing: 'factors.nickname.missing',
  too_long: 'factors.nickname.too_long',
  taken: 'factors.nickname.taken',
} as const;

/** MM-1: gives it another name. */
export const renameCard = own(({ signedIn, card, methods }) =>
  withForm(signedIn.visit, async (form) => {
    const { visit, state } = signedIn;
    const t = translator(visit.c.get('locale'));
    const typed = form.get('name') ?? '';
    const taken = methods
      .filter(({ id, kind }) => kind === 'piv' && id !== card.factor)
      .map(({ label }) => label);
    const name = checkNickname(typed, taken);
    const renamed = name.ok ? await visit.hall.factors.rename(state.account, card.factor, name.value) : null;
    if (renamed?.ok) {
      flashNext(visit, { type: 'success', text: t('webauthn.manage.renamed') });
      return go(visit, METHODS);
    }
    const error = t(NAME_PROBLEMS[name.ok ? 'taken' : name.error.reason]);
    return page(
      signedIn,
      (told) => <ManageCardPage page={told} card={card} name={typed.slice(0, 200)} error={error} />,
      422,
    );
  }),
);

/** MM-2, MM-3: asks before it is removed, or says why it has to stay. */
export const askRemoveCard = own(({ signedIn, card, methods }) => {
  const checked = checkRemoval(methods, card.factor);
  if (checked.ok) return page(signedIn, (told) => <RemoveCardPage page={told} card={card} />);
  const { reason } = checked.error;
  return page(signedIn, (told) => <KeepFactorPage page={told} reason={reason} />, 409);
});

/** MM-3: removes it, forgets remembered browsers, and tells every confirmed address. */
export const removeCard = own(({ signedIn, card, methods }) =>
  withForm(signedIn.visit, async () => {
    const { visit, handle, state } = signedIn;
    const { hall, now } = visit;
    const checked = checkRemoval(methods, card.factor);
    const event = eventOf(visit, 'piv_cac_disabled');
    // Two removals at once: the database keeps the last method even if both saw two.
    const removed = checked.ok && (await hall.factors.remove(state.account, card.factor, event));
    if (!removed) {
      const reason = checked.ok ? 'last_factor' : checked.error.reason;
      return page(signedIn, (told) => <KeepFactorPage page={told} reason={reason} />, 409);
    }
    const facts = { kind: 'facts', facts: { methods: await hall.factors.kinds(state.account) } } as const;
    await hall.sessions.change(handle, now, [facts]);
    hall.after(refreshOthers(visit, state.account, [facts]));
    hall.after(tellAboutFactor(signedIn, 'factor-removed', 'piv', card.name));
    flashNext(visit, { type: 'success', text: translator(visit.c.get('locale'))('piv.remove.done') });
    return go(visit, METHODS);
  }),
);
