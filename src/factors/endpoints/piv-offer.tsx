import { readUserAgent } from '../../accounts/rules/user-agent.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import {
  isPastFactor,
  requirePassword,
  requireSignedIn,
  type SignedIn,
} from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { isGovernmentAddress } from '../factor-menu.ts';
import { AddCardPromptPage, PivRecommendedPage } from '../pages/piv.tsx';
import { PIV_MAX } from '../piv/model.ts';
import { factorIdOf, isCardOffered, offerCardLater } from './piv-presentation.ts';

/** What a session remembers once a card was recommended (RT-2). */
export const CARD_OFFER = 'card-offer';

const SET_UP = '/piv_cac';

/** MC-3: a card needs a reader, which phones lack, and a host that asks for it. */
export const cardsWork = ({ hall, c }: Visit): boolean =>
  hall.cards !== null && !readUserAgent(c.req.header('user-agent')).mobile;

/** MC-1: whether a card is a thing to recommend: to somebody of the government who has added none. */
async function suitsCard({ visit, handle, state }: SignedIn): Promise<boolean> {
  if (!cardsWork(visit) || state.facts.methods.includes('piv')) return false;
  const { emails } = await profileOf(visit, handle, state);
  return emails.some(({ address }) => isGovernmentAddress(address));
}

/** RT-1 (11), RT-2: the same, once a session, until its owner declines (DM-1). */
export const recommendsCard = async (signedIn: SignedIn): Promise<boolean> =>
  !signedIn.state.reminded.includes(CARD_OFFER) &&
  (signedIn.state.facts.cardDeclinedAt ?? null) === null &&
  (await suitsCard(signedIn));

/** Which of the two offers comes before going on after a second factor, if any (RT-1, 8 and 11). */
export async function cardOfferPath(signedIn: SignedIn): Promise<string | null> {
  if (cardsWork(signedIn.visit) && isCardOffered(signedIn.visit)) return '/login/add_piv_cac/prompt';
  return (await recommendsCard(signedIn)) ? '/login/piv_cac_recommended' : null;
}

/** MC-1: recommends the card to people of the government and the military; anybody else is sent on. */
export const showPivRecommended: Act = async (visit) => {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { state } = signedIn;
  if (!(await suitsCard(signedIn))) return go(visit, '/continue');
  const app = await appOf(visit);
  return show(visit, { app }, <PivRecommendedPage page={pageOf(visit, { app, state })} />);
};

/** The answer to the recommendation: it is not shown again in this session, nor to somebody who declined it. */
export const answerPivRecommended: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const signedIn = await requirePassword(visit);
    if (signedIn instanceof Response) return signedIn;
    const { state, handle } = signedIn;
    const { hall, now } = visit;
    const adds = form.get('choice') === 'add';
    // The password of somebody who has methods decides nothing for good.
    const declines = !adds && (state.facts.methods.length === 0 || isPastFactor(signedIn));
    if (declines) await hall.accounts.decline(state.account, 'card', now);
    await hall.sessions.change(handle, now, [
      { kind: 'reminded', what: CARD_OFFER },
      ...(declines ? [{ kind: 'facts' as const, facts: { cardDeclinedAt: now } }] : []),
    ]);
    if (adds) return go(visit, SET_UP);
    return go(visit, state.facts.methods.length === 0 ? '/authentication_methods_setup' : '/continue');
  });

/** RT-1 (8), PV-4: asks what is to become of the card that was not known. */
export const showAddCardPrompt: Act = async (visit) => {
  const signedIn = await requireSignedIn(visit);
  if (signedIn instanceof Response) return signedIn;
  const { state } = signedIn;
  if (!cardsWork(visit)) return go(visit, '/continue');
  const [app, held] = await Promise.all([appOf(visit), visit.hall.factors.cards(state.account)]);
  const told = pageOf(visit, { app, state });
  return show(visit, { app }, <AddCardPromptPage page={told} held={held} room={held.length < PIV_MAX} />);
};

/** Leads to the set-up of the card, in the place of another if that was chosen, or on. */
export const answerAddCardPrompt: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const signedIn = await requireSignedIn(visit);
    if (signedIn instanceof Response) return signedIn;
    offerCardLater(visit, false);
    const choice = form.get('choice');
    if (choice === 'add') return go(visit, SET_UP);
    const replaces = factorIdOf(choice);
    return go(visit, replaces === null ? '/continue' : `${SET_UP}?replaces=${replaces}`);
  });
