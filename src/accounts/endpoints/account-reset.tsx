import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { type Act, visiting, withForm } from '../../signin/endpoints/act.tsx';
import { standing } from '../../signin/endpoints/current-step.ts';
import { eraseAccount } from '../../signin/endpoints/erase-account.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import type { HallPorts } from '../../signin/ports.ts';
import { type Page, translator } from '../../ui/index.ts';
import type { SignInAccount } from '../model.ts';
import {
  AccountDeletedPage,
  CancelResetPage,
  DeleteByLinkPage,
  PendingResetPage,
  RecoveryOptionsPage,
  RequestResetPage,
  ResetRequestedPage,
} from '../pages/account-reset.tsx';
import { isLiveReset, RESET_NOTICED, RESET_WAIT_MS } from '../rules/account-reset.ts';
import { confirmedOf, mailResetRequested, textPhones } from './account-reset-mail.ts';

const LIMITS = ['account-reset', 'account-reset-day'] as const;

type PlainPage = (props: { page: Page }) => ReturnType<typeof RecoveryOptionsPage>;

/**
 * Somebody whose password was right and who is asked for a second factor: the only one who may be locked out. A browser
 * that is remembered is not asked at sign-in, but before anything that matters (RA-1).
 */
async function requireLockedOut(visit: Visit): Promise<SignedIn | Response> {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { state, handle } = signedIn;
  const again = (await visit.hall.sessions.openDraft(handle, state, RETURN_DRAFT)) !== null;
  if (again && !state.facts.suspended) return signedIn;
  const { step } = await standing(signedIn);
  return step.kind === 'second-factor' ? signedIn : go(visit, '/continue');
}

const lockedOutPage =
  (PagePart: PlainPage): Act =>
  async (visit) => {
    const signedIn = await requireLockedOut(visit);
    if (signedIn instanceof Response) return signedIn;
    const app = await appOf(visit);
    return show(visit, { app }, <PagePart page={pageOf(visit, { app, state: signedIn.state })} />);
  };

/** AR-1: begins the waiting and tells every address. Beyond the limit, or again, nothing happens and nothing shows (TR-22). */
const request: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const signedIn = await requireLockedOut(visit);
    if (signedIn instanceof Response) return signedIn;
    const { hall, now } = visit;
    const { account } = signedIn.state;
    const spent = await hall.attempts.spend(`account-reset:${account}`, LIMITS, now);
    const found = spent.allowed ? await hall.accounts.findByUuid(account) : null;
    if (found !== null && (await hall.accounts.requestReset(account, now))) {
      hall.after(mailResetRequested(hall, found, now));
    }
    return go(visit, '/account_reset/confirm_request');
  });

/** AR-3: what stands between the password and everything else while the account waits. */
const showPending: Act = async (visit) => {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { hall, now } = visit;
  const account = await hall.accounts.findByUuid(signedIn.state.account);
  const reset = account?.reset ?? null;
  if (reset === null || !isLiveReset(reset, now)) return noticed(visit, signedIn);
  const app = await appOf(visit);
  const page = pageOf(visit, { app, state: signedIn.state });
  const endsAt = reset.requestedAt + RESET_WAIT_MS;
  return show(
    visit,
    { app },
    <PendingResetPage page={page} requestedAt={reset.requestedAt} endsAt={endsAt} />,
  );
};

const answerPending: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const signedIn = await requirePassword(visit);
    if (signedIn instanceof Response) return signedIn;
    if (form.get('choice') === 'cancel') await cancelFor(visit, signedIn.state.account);
    return noticed(visit, signedIn);
  });

async function noticed(visit: Visit, { handle }: SignedIn): Promise<Response> {
  await visit.hall.sessions.change(handle, visit.now, [{ kind: 'reminded', what: RESET_NOTICED }]);
  return go(visit, '/continue');
}

/** AR-3: cancels and tells every address; the next page says that the account stays. */
async function cancelFor(visit: Visit, uuid: string): Promise<void> {
  const { hall, now } = visit;
  const account = await hall.accounts.findByUuid(uuid);
  if (account !== null && (await hall.accounts.cancelReset(uuid, now))) {
    const locale = account.facts.emailLocale;
    hall.after(hall.notify(confirmedOf(account), locale, { kind: 'account-reset-cancelled', at: now }));
    hall.after(textPhones(hall, account, 'reset_cancelled'));
  }
  flash(visit, 'success', 'reset.cancelled');
}

/** The account behind a mailed link, or the way to sign-in with the reason. */
async function openedBy(
  visit: Visit,
  kind: 'cancel-reset' | 'delete-account',
  token: string,
): Promise<SignInAccount | Response> {
  const { hall, now } = visit;
  const opened = await hall.accounts.openLink(kind, token, now);
  const account = opened.ok ? await hall.accounts.findByUuid(opened.value.account) : null;
  const usable = account !== null && account.reset !== null && isLiveReset(account.reset, now);
  // Suspended people cannot delete (DL-2), but whoever owns an address may always object.
  if (usable && (kind === 'cancel-reset' || !account.facts.suspended)) return account;
  flash(visit, 'error', kind === 'cancel-reset' ? 'reset.cancel.over' : 'reset.delete.over');
  return go(visit, '/');
}

function flash(
  visit: Visit,
  type: 'success' | 'error',
  key: 'reset.cancelled' | 'reset.cancel.over' | 'reset.delete.over',
): void {
  flashNext(visit, { type, text: translator(visit.c.get('locale'))(key) });
}

/** AR-3: a link in a mail, without a session. Opening it changes nothing yet. */
const showCancel: Act = async (visit) => {
  const token = visit.c.req.query('token') ?? '';
  const account = await openedBy(visit, 'cancel-reset', token);
  if (account instanceof Response) return account;
  return show(visit, {}, <CancelResetPage page={pageOf(visit, {})} token={token} />);
};

const cancel: Act = (arrived) =>
  withForm(
    arrived,
    async (form, visit) => {
      const account = await openedBy(visit, 'cancel-reset', form.get('token') ?? '');
      if (account instanceof Response) return account;
      await cancelFor(visit, account.uuid);
      return go(visit, '/');
    },
    '/',
  );

/** AR-2: the mailed link asks once more. */
const showDelete: Act = async (visit) => {
  const token = visit.c.req.query('token') ?? '';
  const account = await openedBy(visit, 'delete-account', token);
  if (account instanceof Response) return account;
  return show(visit, {}, <DeleteByLinkPage page={pageOf(visit, {})} token={token} />);
};

/** AR-2, DL-1, DL-2: ends every session, erases, tells every address. */
const deleteByLink: Act = (arrived) =>
  withForm(
    arrived,
    async (form, visit) => {
      const { hall, now } = visit;
      const token = form.get('token') ?? '';
      const account = await openedBy(visit, 'delete-account', token);
      if (account instanceof Response) return account;
      const { uuid } = account;
      // The link is used up by what it is for: were it marked before, a failure in between would leave no second try.
      if (!(await eraseAccount(hall, uuid, now, null, { kind: 'delete-account', token }))) {
        flash(visit, 'error', 'reset.delete.over');
        return go(visit, '/');
      }
      hall.after(
        hall.notify(confirmedOf(account), account.facts.emailLocale, { kind: 'account-deleted', at: now }),
      );
      return go(visit, '/account_reset/confirm_delete_account');
    },
    '/',
  );

const showDeleted: Act = (visit) => show(visit, {}, <AccountDeletedPage page={pageOf(visit, {})} />);

/** The way out for people who lost every second factor (accounts section 10.1). */
export function accountResetRoutes(hall: HallPorts): Hono<AppEnv> {
  const act = visiting(hall);
  const routes = newRoutes();
  routes.get('/account_reset/recovery_options', act(lockedOutPage(RecoveryOptionsPage)));
  routes
    .get('/account_reset/request', act(lockedOutPage(RequestResetPage)))
    .post('/account_reset/request', act(request));
  routes.get('/account_reset/confirm_request', act(lockedOutPage(ResetRequestedPage)));
  routes.get('/account_reset/pending', act(showPending)).post('/account_reset/pending', act(answerPending));
  routes.get('/account_reset/cancel', act(showCancel)).post('/account_reset/cancel', act(cancel));
  routes
    .get('/account_reset/delete_account', act(showDelete))
    .post('/account_reset/delete_account', act(deleteByLink));
  routes.get('/account_reset/confirm_delete_account', act(showDeleted));
  return routes;
}
