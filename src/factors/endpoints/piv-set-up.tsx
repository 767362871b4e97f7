import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { hasRoomFor } from '../factor-menu.ts';
import { checkNickname, nameNobodyTook } from '../nickname.ts';
import { PivSetUpPage, type PivSetUpProps } from '../pages/piv.tsx';
import { PIV_PROBLEMS } from '../pages/piv-words.ts';
import type { Card, HeldCard } from '../piv/model.ts';
import type { CardPorts } from '../piv/ports.ts';
import { askForCard, factorIdOf, offerCardLater, takeCard } from './piv-presentation.ts';
import { eventOf, methodAdded, requireSetUp, tellAboutFactor } from './set-up.ts';

const PATH = '/piv_cac';

async function page(
  signedIn: SignedIn,
  cards: CardPorts,
  held: readonly HeldCard[],
  more: Pick<PivSetUpProps, 'name' | 'error'> & { readonly replaces: string | null },
): Promise<Response> {
  const { visit, state } = signedIn;
  const app = await appOf(visit);
  const replaced = held.find(({ factor }) => factor === more.replaces);
  const showing = {
    app,
    formTargets: [cards.formTarget],
    ...(more.error === undefined ? {} : { status: 422 as const }),
  };
  return show(
    visit,
    showing,
    <PivSetUpPage
      page={pageOf(visit, { app, state })}
      {...more}
      replaces={replaced === undefined ? null : { id: replaced.factor, name: replaced.name }}
    />,
  );
}

const asKinds = (held: readonly HeldCard[]) =>
  held.map(({ factor, name, createdAt }) => ({ id: factor, kind: 'piv' as const, label: name, createdAt }));

/** Room for one more card, or for one in the place of another of this account. */
const fits = (held: readonly HeldCard[], replaces: string | null): boolean =>
  hasRoomFor('piv', asKinds(held.filter(({ factor }) => factor !== replaces)));

/** PV-1, PV-2: the page that adds a card; with a token, what became of one that was presented. */
export const showPivSetUp: Act = async (visit) => {
  const { hall, c } = visit;
  const token = c.req.query('token');
  const signedIn = await requireSetUp(visit, PATH);
  if (signedIn instanceof Response) return signedIn;
  if (hall.cards === null) return go(visit, '/continue');
  if (token !== undefined) return addCard(signedIn, hall.cards, token);
  const held = await hall.factors.cards(signedIn.state.account);
  const replaces = factorIdOf(c.req.query('replaces') ?? null);
  if (!fits(held, replaces)) {
    flashNext(visit, { type: 'error', text: translator(c.get('locale'))('piv.set_up.limit') });
    return go(visit, '/authentication_methods_setup?choose=1');
  }
  return page(signedIn, hall.cards, held, { replaces });
};

/** Keeps the name and leads to the host that asks for the card. */
export const presentForSetUp: Act = (arrived) =>
  withForm(
    arrived,
    async (form, visit) => {
      const signedIn = await requireSetUp(visit, PATH);
      if (signedIn instanceof Response) return signedIn;
      const { hall, c } = visit;
      if (hall.cards === null) return go(visit, '/continue');
      const held = await hall.factors.cards(signedIn.state.account);
      const replaces = factorIdOf(form.get('replaces'));
      if (!fits(held, replaces)) return go(visit, PATH);
      const typed = form.get('name') ?? '';
      const others = held.filter(({ factor }) => factor !== replaces).map(({ name }) => name);
      const name = checkNickname(typed, others);
      if (name.ok) return askForCard(visit, hall.cards, 'set-up', { name: name.value, replaces });
      const error = translator(c.get('locale'))(`factors.nickname.${name.error.reason}`);
      return page(signedIn, hall.cards, held, { name: typed.slice(0, 200), error, replaces });
    },
    PATH,
  );

async function addCard(signedIn: SignedIn, cards: CardPorts, token: string): Promise<Response> {
  const { visit, state } = signedIn;
  const { hall, c } = visit;
  const t = translator(c.get('locale'));
  const taken = await takeCard(visit, cards, 'set-up', token);
  if (!taken.ok) {
    flashNext(visit, { type: 'error', text: t(PIV_PROBLEMS[taken.error.reason]) });
    return go(visit, PATH);
  }
  const { card, replaces } = taken.value;
  const before = replaces === null ? [] : await hall.factors.cards(state.account);
  const replaced = before.find(({ factor }) => factor === replaces);
  const names = before.filter(({ factor }) => factor !== replaces).map(({ name }) => name);
  const name = nameNobodyTook(taken.value.name, names);
  const event = eventOf(visit, 'piv_cac_enabled');
  const added = await hall.factors.addCard({
    account: state.account,
    name,
    card,
    replaces: replaced?.factor ?? null,
    event,
  });
  if (!added.ok) {
    const words = {
      card_taken: 'piv.error.taken',
      name_taken: 'factors.nickname.taken',
      limit: 'piv.set_up.limit',
    } as const;
    flashNext(visit, { type: 'error', text: t(words[added.error.reason]) });
    return go(visit, added.error.reason === 'limit' ? '/authentication_methods_setup?choose=1' : PATH);
  }
  if (replaced !== undefined) hall.after(tellAboutFactor(signedIn, 'factor-removed', 'piv', replaced.name));
  flashNext(visit, { type: 'success', text: t('piv.set_up.added', { name }) });
  offerCardLater(visit, false);
  return methodAdded(visit, signedIn, {
    kind: 'piv',
    factor: added.value.id,
    method: 'piv',
    name,
    changes: await cardInProfile(signedIn, card),
  });
}

/** PV-5: what apps with `x509` claims are told of the card goes into the session's own copy of personal data. */
export async function cardInProfile({ visit, handle, state }: SignedIn, { subject, issuer }: Card) {
  const profile = await profileOf(visit, handle, state);
  const sealed = await visit.hall.sessions.sealProfile(handle, state, {
    ...profile,
    x509: { subject, issuer },
  });
  return sealed === null ? [] : [{ kind: 'sealed' as const, sealed }];
}
