import type { SignInAccount } from '../../accounts/model.ts';
import type { FirstUse } from '../../accounts/ports/sign-in-records.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { SECOND } from '../../kernel/time.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { beginSession } from '../../signin/endpoints/begin-session.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { addressKey, adoptRequest, appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { formatDuration, translator } from '../../ui/index.ts';
import { PivSignInPage } from '../pages/piv-sign-in.tsx';
import { PIV_PROBLEMS } from '../pages/piv-words.ts';
import type { PivError } from '../piv/model.ts';
import {
  askForCard,
  isCardOffered,
  offerCardLater,
  type Presentation,
  readCardAnswer,
} from './piv-presentation.ts';

const PATH = '/login/piv_cac';

/** PV-3: the page that signs in with a card alone; with a token, what became of the one that was presented. */
export const showPivSignIn: Act = async (arrived) => {
  const { hall, c } = arrived;
  if (hall.cards === null) return go(arrived, '/');
  const token = c.req.query('token');
  if (token !== undefined) return signInWithCard(arrived, token);
  const visit = await adoptRequest(arrived, c.req.query('request_id'));
  const app = await appOf(visit);
  const showing = { app, formTargets: [hall.cards.formTarget] };
  return show(visit, showing, <PivSignInPage page={pageOf(visit, { app })} unknown={isCardOffered(visit)} />);
};

/** Leads to the host that asks for the card. */
export const presentForSignIn: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const { cards } = visit.hall;
    return cards === null ? go(visit, '/') : askForCard(visit, cards, 'sign-in');
  });

/** Whose card it is: of a finished account. */
async function whose(
  { hall }: Visit,
  found: Presentation['found'],
): Promise<
  Result<{ readonly account: SignInAccount; readonly use: FirstUse }, { readonly reason: PivError }>
> {
  if (!found.ok) return found;
  const { card } = found.value;
  const known = await hall.factors.findByCard(card.identity);
  const finished = known?.account.emails.some(({ confirmedAt }) => confirmedAt !== null) ?? false;
  return known === null || !finished
    ? err({ reason: 'user.not_found' })
    : ok({ account: known.account, use: { kind: 'card', held: known.held, card } });
}

/**
 * PV-3: the card and its PIN are both factors. Tries count at the network's limit, but not made-up tokens, with which any
 * page could use up the limit of its visitors; a locked account stays locked (FC-2), and which accounts there are is told
 * to nobody without their card.
 */
async function signInWithCard(visit: Visit, token: string): Promise<Response> {
  const { hall, c, now } = visit;
  const locale = c.get('locale');
  const t = translator(locale);
  const refuse = (text: string): Response => {
    flashNext(visit, { type: 'error', text });
    return go(visit, PATH);
  };
  const read = await readCardAnswer(visit, 'sign-in', token);
  if (!read.ok) return refuse(t(PIV_PROBLEMS[read.error.reason]));
  const { proof, found: presented } = read.value;
  const spent = await hall.attempts.spend(`ip:${addressKey(c)}`, ['sign-in-ip'], now);
  if (!spent.allowed)
    return refuse(
      t('signin.errors.limited', { time: formatDuration(locale, (spent.retryAt - now) / SECOND) }),
    );
  const found = await whose(visit, presented);
  if (!found.ok) {
    const { reason } = found.error;
    if (reason === 'user.not_found') offerCardLater(visit, true);
    return refuse(t(PIV_PROBLEMS[reason]));
  }
  const { account, use } = found.value;
  const { uuid, facts } = account;
  const first = await hall.attempts.useOnce(uuid, proof, 'sign-in', facts.secondFactorSucceededAt, now);
  if (first.kind === 'used') return refuse(t(PIV_PROBLEMS['token.invalid']));
  if (first.kind === 'locked')
    return refuse(
      t('webauthn.sign_in.locked', { time: formatDuration(locale, (first.until - now) / SECOND) }),
    );
  const next = await beginSession(visit, account, { remembered: false, announce: true, use });
  return next === null ? refuse(t('piv.error.not_found')) : go(visit, next);
}
