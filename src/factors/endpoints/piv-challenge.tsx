import type { SecondFactorRecord } from '../../accounts/ports/events.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { ownPath, RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { PivChallengePage, PivMismatchPage } from '../pages/piv.tsx';
import { PIV_PROBLEMS } from '../pages/piv-words.ts';
import type { PivError } from '../piv/model.ts';
import { SECOND_FACTOR_LOCK_MS } from '../second-factor-lock.ts';
import { requireChallenge } from './challenge.tsx';
import { factorPassed, successOf } from './factor-passed.ts';
import { lockedOut } from './locked-out.tsx';
import { askForCard, offerCardLater, type Presentation, readCardAnswer } from './piv-presentation.ts';
import { cardInProfile } from './piv-set-up.tsx';

const PATH = '/login/two_factor/piv_cac';
const MISMATCH = '/login/two_factor/piv_cac_mismatch';
const OPTIONS = '/login/two_factor/options';

/** PV-4: the page that asks for the card; with a token, what became of the one that was presented. */
export const showPivChallenge: Act = async (visit) => {
  const { hall, c } = visit;
  const token = c.req.query('token');
  if (token !== undefined && hall.cards !== null) return checkCardAnswer(visit, token);
  const challenge = await requireChallenge(visit);
  if (challenge instanceof Response) return challenge;
  const { app, kinds, state } = challenge;
  if (hall.cards === null || !kinds.includes('piv')) return go(visit, OPTIONS);
  const told = pageOf(visit, { app, state });
  const element = <PivChallengePage page={told} others={kinds.length > 1} />;
  return show(visit, { app, formTargets: [hall.cards.formTarget] }, element);
};

/** Leads to the host that asks for the card. */
export const presentForChallenge: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const challenge = await requireChallenge(visit);
    if (challenge instanceof Response) return challenge;
    const { cards } = visit.hall;
    return cards === null || !challenge.kinds.includes('piv')
      ? go(visit, OPTIONS)
      : askForCard(visit, cards, 'challenge');
  });

/** What a card at the second-factor step came to: its owner, or what was wrong. */
async function judge(
  signedIn: SignedIn,
  found: Presentation['found'],
): Promise<
  | {
      readonly changes: Awaited<ReturnType<typeof cardInProfile>>;
      readonly recorded: SecondFactorRecord;
    }
  | { readonly error: PivError }
> {
  const { visit, state } = signedIn;
  const { hall } = visit;
  if (!found.ok) return { error: found.error.reason };
  const { card } = found.value;
  const known = await hall.factors.findByCard(card.identity);
  if (known?.account.uuid !== state.account) return { error: 'user.piv_cac_mismatch' };
  const changes = await cardInProfile(signedIn, card);
  const recorded = await hall.factors.recordSecondCardUse(known.held, card, successOf(signedIn));
  return recorded === null ? { error: 'user.piv_cac_mismatch' } : { changes, recorded };
}

/**
 * FC-1: the try is counted before it is judged, like a code; success forgets all failures. A token that is not from our
 * own host, or was used before, is no try: any page can lead browsers here with one, and nothing is guessed with it.
 */
const checkCardAnswer = async (visit: SignedIn['visit'], token: string): Promise<Response> => {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { hall, now, browser, c } = visit;
  const { handle, state } = signedIn;
  const { methods, secondFactorSucceededAt } = state.facts;
  if (!methods.includes('piv')) return go(visit, '/continue');
  const refuse = (error: PivError): Response => {
    flashNext(visit, { type: 'error', text: translator(c.get('locale'))(PIV_PROBLEMS[error]) });
    return go(visit, PATH);
  };
  const read = await readCardAnswer(visit, 'challenge', token);
  if (!read.ok) return refuse(read.error.reason);
  const { proof, found } = read.value;
  const tried = await hall.attempts.useOnce(state.account, proof, 'try', secondFactorSucceededAt, now);
  if (tried.kind === 'used') return refuse('token.invalid');
  if (tried.kind === 'locked') return lockedOut(visit, handle, tried.until);
  const judged = await judge(signedIn, found);
  if ('error' in judged) {
    hall.after(
      hall.accounts.recordEvent(state.account, { kind: 'sign_in_unsuccessful_2fa', at: now, browser }),
    );
    if (tried.left === 0) return lockedOut(visit, handle, now + SECOND_FACTOR_LOCK_MS);
    if (judged.error === 'user.piv_cac_mismatch') return go(visit, MISMATCH);
    return refuse(judged.error);
  }
  const passed = await factorPassed(visit, signedIn, {
    method: 'piv',
    remember: null,
    changes: judged.changes,
    recorded: judged.recorded,
    next: ownPath(await hall.sessions.openDraft(handle, state, RETURN_DRAFT)) ?? '/continue',
  });
  return passed instanceof Response ? passed : passed.response;
};

/** PV-4: says that the card is not one of this account's. */
export const showPivMismatch: Act = async (visit) => {
  const challenge = await requireChallenge(visit);
  if (challenge instanceof Response) return challenge;
  const { app, state } = challenge;
  const told = pageOf(visit, { app: await appOf(visit), state });
  const others = state.facts.methods.some((kind) => kind !== 'piv');
  return show(visit, { app }, <PivMismatchPage page={told} others={others} />);
};

/** PV-4: notes that the card is to be added, and asks for another method first. */
export const addAfterMismatch: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const challenge = await requireChallenge(visit);
    if (challenge instanceof Response) return challenge;
    offerCardLater(visit, true);
    return go(visit, OPTIONS);
  });
