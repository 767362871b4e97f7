import type { SignInAccount } from '../../accounts/model.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { SECOND } from '../../kernel/time.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { beginSession } from '../../signin/endpoints/begin-session.ts';
import {
  addressKey,
  adoptRequest,
  appOf,
  flashNext,
  go,
  pageOf,
  show,
  type Visit,
} from '../../signin/endpoints/visit.tsx';
import { formatDuration, translator } from '../../ui/index.ts';
import { PivSignInPage } from '../pages/piv-sign-in.tsx';
import { PIV_PROBLEMS } from '../pages/piv-words.ts';
import { type Card, isTokenError, type PivError } from '../piv/model.ts';
import type { CardPorts } from '../piv/ports.ts';
import { askForCard, isCardOffered, offerCardLater, takeCard } from './piv-presentation.ts';

const PATH = '/login/piv_cac';

/** PV-3: the page that signs in with a card alone; with a token, what became of the one that was presented. */
export const showPivSignIn: Act = async (arrived) => {
  const { hall, c } = arrived;
  if (hall.cards === null) return go(arrived, '/');
  const token = c.req.query('token');
  if (token !== undefined) return signInWithCard(arrived, hall.cards, token);
  const visit = await adoptRequest(arrived, c.req.query('request_id'));
  const app = await appOf(visit);
  const showing = { app, formTargets: [hall.cards.formTarget] };
  return show(visit, showing, <PivSignInPage page={pageOf(visit, { app })} unknown={isCardOffered(visit)} />);
};

/** Leads to the host that asks for the card. */
export const presentForSignIn: Act = (arrived) =>
  withForm(arrived, async (form) => {
    const visit = await adoptRequest(arrived, form.get('request_id'));
    const { cards } = visit.hall;
    return cards === null ? go(visit, '/') : askForCard(visit, cards, 'sign-in');
  });

/** Whose card it is: of a finished account. */
async function whose(
  { hall, now }: Visit,
  taken: Awaited<ReturnType<typeof takeCard>>,
): Promise<Result<{ readonly account: SignInAccount; readonly card: Card }, { readonly reason: PivError }>> {
  if (!taken.ok) return taken;
  const { card } = taken.value;
  const held = await hall.factors.findByCard(card.identity);
  const account = held === null ? null : await hall.accounts.findByUuid(held.account);
  const finished = account?.emails.some(({ confirmedAt }) => confirmedAt !== null) ?? false;
  const known = held !== null && finished && (await hall.factors.recordCardUse(held, card, now));
  return account === null || !known ? err({ reason: 'user.not_found' }) : ok({ account, card });
}

/**
 * PV-3: the card and its PIN are both factors. Tries count at the network's limit, but not made-up tokens, with which any
 * page could use up the limit of its visitors; a locked account stays locked (FC-2), and which accounts there are is told
 * to nobody without their card.
 */
async function signInWithCard(visit: Visit, cards: CardPorts, token: string): Promise<Response> {
  const { hall, c, now } = visit;
  const locale = c.get('locale');
  const t = translator(locale);
  const refuse = (text: string): Response => {
    flashNext(visit, { type: 'error', text });
    return go(visit, PATH);
  };
  const taken = await takeCard(visit, cards, 'sign-in', token);
  if (!taken.ok && isTokenError(taken.error.reason)) return refuse(t(PIV_PROBLEMS[taken.error.reason]));
  const spent = await hall.attempts.spend(`ip:${addressKey(c)}`, ['sign-in-ip'], now);
  if (!spent.allowed)
    return refuse(
      t('signin.errors.limited', { time: formatDuration(locale, (spent.retryAt - now) / SECOND) }),
    );
  const found = await whose(visit, taken);
  if (!found.ok) {
    const { reason } = found.error;
    if (reason === 'user.not_found') offerCardLater(visit, true);
    return refuse(t(PIV_PROBLEMS[reason]));
  }
  const { account, card } = found.value;
  const locked = await hall.attempts.lockedUntil(account.uuid, account.facts.secondFactorSucceededAt, now);
  if (locked !== null)
    return refuse(t('webauthn.sign_in.locked', { time: formatDuration(locale, (locked - now) / SECOND) }));
  const begun = await beginSession(visit, account, { remembered: false, announce: true, card });
  return begun ? go(visit, '/continue') : refuse(t('piv.error.not_found'));
}
