import { absoluteUrl } from '../../signin/endpoints/absolute-url.ts';
import type { Act } from '../../signin/endpoints/act.tsx';
import { withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { adoptRequest, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import type { OpenedLink } from '../model.ts';
import { ConfirmEmailPage } from '../pages/emails.tsx';
import { refreshProfile } from './signed-in.ts';

/** EM-1: a mailed link, good once and without a session. Opening it changes nothing yet. */
export const showConfirmEmail: Act = async (visit) => {
  const { hall, now, c } = visit;
  const token = c.req.query('confirmation_token') ?? '';
  const opened = await hall.accounts.openLink('add-email', token, now);
  if (!opened.ok) return refuse(visit, opened.error.reason);
  return show(visit, {}, <ConfirmEmailPage page={pageOf(visit, {})} token={token} />);
};

/** EM-1, EM-2: confirms the address, unless somebody else confirmed it meanwhile, and tells every confirmed address. */
export const confirmEmail: Act = (arrived) =>
  withForm(
    arrived,
    async (form, visit) => {
      const { hall, now } = visit;
      const token = form.get('confirmation_token') ?? '';
      const opened = await hall.accounts.openLink('add-email', token, now);
      if (!opened.ok) return refuse(visit, opened.error.reason);
      if (!(await hall.accounts.useLink('add-email', token, now))) return refuse(visit, 'used');
      return confirm(visit, opened.value);
    },
    '/account',
  );

async function confirm(arrived: Visit, { account, emailId, requestId }: OpenedLink): Promise<Response> {
  const visit = await adoptRequest(arrived, requestId);
  const { hall, now, c, handle } = visit;
  const owner = await hall.accounts.findByUuid(account);
  // An older link to an address that was confirmed meanwhile has nothing left to do.
  if (owner?.emails.some(({ id, confirmedAt }) => id === emailId && confirmedAt !== null))
    return refuse(visit, 'used');
  const confirmed = await hall.accounts.confirmEmail(account, emailId, now);
  if (!confirmed.ok) return refuse(visit, confirmed.error.reason);
  await hall.accounts.recordEvent(account, { kind: 'email_changed', at: now, browser: visit.browser });
  const profile = await hall.accounts.profile(account);
  const locale = owner?.facts.emailLocale ?? c.get('locale');
  const accountUrl = absoluteUrl(hall, locale, '/account');
  const addresses = profile.emails.map(({ address }) => address);
  hall.after(hall.notify(addresses, locale, { kind: 'email-added', accountUrl, at: now }));

  const state = handle === null ? null : await hall.sessions.view(handle, now);
  if (handle !== null && state?.account === account) await refreshProfile({ visit, handle, state });
  else await refreshAll(visit, account);
  flashNext(visit, { type: 'success', text: translator(c.get('locale'))('accounts.confirm_email.done') });
  if (state !== null) return go(visit, '/account');
  return go(visit, visit.request === null ? '/' : `/?request_id=${visit.request.id}`);
}

/** Sessions of an account that is not signed in here. */
async function refreshAll({ hall, now }: Visit, account: string): Promise<void> {
  const live = await hall.accounts.sessionLocators(account);
  await Promise.all(live.map(({ locator }) => hall.sessions.refreshFor(locator, account, [], now)));
}

const REASONS = {
  unknown: 'accounts.confirm_email.invalid',
  gone: 'accounts.confirm_email.invalid',
  used: 'accounts.confirm_email.used',
  expired: 'accounts.confirm_email.expired',
  address_taken: 'accounts.confirm_email.taken',
} as const;

/** Back to the account, or to sign-in, with the reason. */
function refuse(visit: Visit, reason: keyof typeof REASONS): Response {
  flashNext(visit, { type: 'error', text: translator(visit.c.get('locale'))(REASONS[reason]) });
  return go(visit, visit.handle === null ? '/' : '/account');
}
