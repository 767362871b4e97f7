import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { MINUTE } from '../../kernel/time.ts';
import { absoluteUrl } from '../../signin/endpoints/absolute-url.ts';
import { type Act, visiting, withForm } from '../../signin/endpoints/act.tsx';
import { appHelp } from '../../signin/endpoints/app-help.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { addressKey, adoptRequest, appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import type { HallPorts } from '../../signin/ports.ts';
import { ErrorPage } from '../../ui/error-page.tsx';
import { HelpText, translator } from '../../ui/index.ts';
import { RequestResetPage, ResetMailedPage } from '../pages/password-reset.tsx';
import { emailProblem } from '../pages/problems.ts';
import { EMAIL_MAX, readEmailAddress } from '../rules/email-address.ts';
import { NUMBERS } from '../rules/numbers.ts';
import { keepAddress, keptAddress } from './entered-address.ts';
import { setNewPassword, showNewPassword } from './set-new-password.tsx';

const LINK_MINUTES = NUMBERS['password_reset_link.ttl_min'];

async function page(visit: Visit, shown: { email?: string; error?: string }): Promise<Response> {
  const app = await appOf(visit);
  const help = <HelpText nodes={appHelp(visit, app, 'forgot_password')} />;
  const element = <RequestResetPage page={pageOf(visit, { app })} help={help} {...shown} />;
  return show(visit, shown.error === undefined ? { app } : { app, status: 422 }, element);
}

/** The page for a network that asked too often, whomever it asked about; null lets the request through. */
async function limited(visit: Visit): Promise<Response | null> {
  const { hall, c, now } = visit;
  const network = addressKey(c);
  const spent = await hall.attempts.spend(`ip:${network}`, ['reset-ip'], now, network);
  if (spent.allowed) return null;
  const app = await appOf(visit);
  const page = pageOf(visit, { app });
  const element = <ErrorPage page={page} kind="too-many" requestId={c.get('requestId')} />;
  return show(visit, { app, status: 429 }, element);
}

/** PW-1: asks for the address. */
const showRequest: Act = async (arrived) =>
  page(await adoptRequest(arrived, arrived.c.req.query('request_id')), {});

/** PW-1: answers alike for every well-formed address (AE-1); only its mailbox learns the difference. */
const requestReset: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const { hall, c } = visit;
    const typed = (form.get('email') ?? '').slice(0, EMAIL_MAX * 2);
    const address = readEmailAddress(typed);
    if (!address.ok) {
      return page(visit, { email: typed, error: emailProblem(translator(c.get('locale')), address.error) });
    }
    const refused = await limited(visit);
    if (refused !== null) return refused;
    await keepAddress(visit, 'reset', {
      email: address.value,
      locale: c.get('locale'),
      mailIsGoogle: false,
    });
    hall.after(mailReset(visit, address.value));
    return go(visit, '/forgot_password');
  });

/** "Check your email", with the address. */
const showMailed: Act = async (visit) => {
  const entered = await keptAddress(visit, 'reset');
  if (entered === null) return go(visit, '/users/password/new');
  const app = await appOf(visit);
  return show(visit, { app }, <ResetMailedPage page={pageOf(visit, { app })} email={entered.email} />);
};

/** Sends again, within the same limit. */
const resend: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const entered = await keptAddress(visit, 'reset');
    if (entered === null) return go(visit, '/users/password/new');
    const refused = await limited(visit);
    if (refused !== null) return refused;
    visit.hall.after(mailReset(visit, entered.email));
    flashNext(visit, {
      type: 'success',
      text: translator(visit.c.get('locale'))('entry.sign_up.check_resent'),
    });
    return go(visit, '/forgot_password');
  });

/** PW-1, PW-2: a link to a confirmed address, else a word about why there is none; nothing beyond the limit. */
async function mailReset(visit: Visit, address: string): Promise<void> {
  const { hall, now, request, c } = visit;
  const spent = await hall.attempts.spend(`reset:${address}`, ['reset-email'], now);
  if (!spent.allowed) return;
  const found = await hall.accounts.findByEmail(address);
  const confirmed =
    found?.emails.some(({ id, confirmedAt }) => id === found.emailId && confirmedAt !== null) ?? false;
  if (found === null || !confirmed || found.password === null) {
    const locale = c.get('locale');
    const ticket = request === null ? '' : `?request_id=${request.id}`;
    const signUpUrl = absoluteUrl(hall, locale, `/sign_up/enter_email${ticket}`);
    await hall.notify([address], locale, { kind: 'reset-unknown-account', signUpUrl, address });
    return;
  }
  const locale = found.facts.emailLocale;
  if (found.facts.suspended) {
    await hall.notify([address], locale, { kind: 'reset-suspended' });
    return;
  }
  const tokenFor = await hall.accounts.createLink({
    kind: 'reset-password',
    account: found.uuid,
    emailId: found.emailId,
    ...(request === null ? {} : { requestId: request.id }),
    now,
    lifetimeMs: LINK_MINUTES * MINUTE,
    replaceOlder: true,
  });
  const token = tokenFor(found.emailId);
  const url = absoluteUrl(hall, locale, `/users/password/edit?reset_password_token=${token}`);
  await hall.notify([address], locale, { kind: 'reset-password', url, minutes: LINK_MINUTES });
}

/** Forgotten passwords, and accounts somebody else got into (accounts sections 6 and 9). */
export function passwordResetRoutes(hall: HallPorts): Hono<AppEnv> {
  const act = visiting(hall);
  const routes = newRoutes();
  routes.get('/users/password/new', act(showRequest)).post('/users/password/new', act(requestReset));
  routes.get('/forgot_password', act(showMailed)).post('/forgot_password', act(resend));
  routes
    .get('/users/password/edit', act(showNewPassword('reset')))
    .post('/users/password/edit', act(setNewPassword('reset')));
  routes
    .get('/events/disavow', act(showNewPassword('disavow')))
    .post('/events/disavow', act(setNewPassword('disavow')));
  return routes;
}
