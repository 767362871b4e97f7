import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { endSessionsOf } from '../../signin/endpoints/end-sessions.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { adoptRequest, appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import type { OpenedLink, SignInAccount } from '../model.ts';
import type { PasswordErrors } from '../pages/new-password-fields.tsx';
import { NewPasswordPage } from '../pages/password-reset.tsx';
import { passwordErrors, readNewPassword, tellPasswordChanged } from './new-password.ts';

export type Purpose = 'reset' | 'disavow';

const LINKS = { reset: 'reset-password', disavow: 'disavow' } as const;
const FIELDS = { reset: 'reset_password_token', disavow: 'disavowal_token' } as const;

/** A mailed link that still works, with the account behind it. */
interface Holder {
  readonly visit: Visit;
  readonly link: OpenedLink;
  readonly account: SignInAccount;
  readonly addresses: readonly string[];
}

/** PW-2, SI-6: used, expired and unknown links are one: back to the request page with an error. */
async function openHolder(arrived: Visit, purpose: Purpose, token: string): Promise<Holder | Response> {
  const { hall, now } = arrived;
  const opened = await hall.accounts.openLink(LINKS[purpose], token, now);
  const account = opened.ok ? await hall.accounts.findByUuid(opened.value.account) : null;
  if (!opened.ok || account === null || account.password === null) return refuse(arrived);
  const visit = await adoptRequest(arrived, opened.value.requestId);
  const addresses = account.emails.flatMap(({ address, confirmedAt }) =>
    confirmedAt === null ? [] : [address],
  );
  return { visit, link: opened.value, account, addresses };
}

function refuse(visit: Visit): Response {
  flashNext(visit, { type: 'error', text: translator(visit.c.get('locale'))('entry.reset.link_bad') });
  return go(visit, '/users/password/new');
}

async function page(
  holder: Holder,
  purpose: Purpose,
  token: string,
  errors?: PasswordErrors,
): Promise<Response> {
  const { visit, link, account, addresses } = holder;
  const email = account.emails.find(({ id }) => id === link.emailId)?.address ?? addresses[0] ?? '';
  const app = await appOf(visit);
  const element = (
    <NewPasswordPage
      page={pageOf(visit, { app })}
      purpose={purpose}
      email={email}
      token={token}
      locks={(account.profile ?? null) !== null && account.profile?.deactivation === null}
      {...(errors && { errors })}
    />
  );
  return show(visit, errors === undefined ? { app } : { app, status: 422 }, element);
}

/** PW-3, SI-6: asks for the new password. */
export const showNewPassword =
  (purpose: Purpose): Act =>
  async (visit) => {
    const token = visit.c.req.query(FIELDS[purpose]) ?? '';
    const holder = await openHolder(visit, purpose, token);
    return holder instanceof Response ? holder : page(holder, purpose, token);
  };

/**
 * PW-3, SI-6: stores the password once, ends every session of the account (SE-6, BT-5), forgets remembered browsers
 * (RD-3, in `changePassword`), tells every confirmed address. Nobody is signed in by it.
 */
export const setNewPassword =
  (purpose: Purpose): Act =>
  (arrived) =>
    withForm(
      arrived,
      async (form, adopted) => {
        const token = form.get(FIELDS[purpose]) ?? '';
        const holder = await openHolder(adopted, purpose, token);
        if (holder instanceof Response) return holder;
        const { visit, account, link, addresses } = holder;
        const { hall, now, browser, c } = visit;
        const t = translator(c.get('locale'));
        const password = await readNewPassword(visit, form, addresses, account);
        if (!password.ok) return page(holder, purpose, token, passwordErrors(t, password.error));

        const { record } = await hall.passwords.make(account.uuid, password.value);
        if (!(await hall.accounts.useLink(LINKS[purpose], token, now))) return refuse(visit);
        // Before as well as after: who is in now must not get a word in between (PW-5).
        await endSessionsOf(hall, account.uuid, null, 'password');
        await hall.accounts.changePassword(account.uuid, record, {
          kind: 'password_changed',
          at: now,
          browser,
        });
        if (purpose === 'disavow' && link.eventId !== null) {
          await hall.accounts.disavowEvent(account.uuid, link.eventId, now);
        }
        await endAll(visit, account.uuid);
        const confirmed = account.emails.filter(({ confirmedAt }) => confirmedAt !== null);
        hall.after(tellPasswordChanged(visit, account.uuid, account.facts.emailLocale, confirmed));
        flashNext(visit, { type: 'success', text: t('entry.reset.done') });
        return go(visit, visit.request === null ? '/' : `/?request_id=${visit.request.id}`);
      },
      '/users/password/new',
    );

/** Ends every session of the account, the one of this browser included if it is one of them. */
async function endAll(visit: Visit, account: string): Promise<void> {
  const { hall, handle, now } = visit;
  await endSessionsOf(hall, account, null, 'password');
  const own = handle === null ? null : await hall.sessions.view(handle, now);
  if (handle === null || own === null || own.account === account) {
    if (handle !== null && own !== null) await hall.sessions.end(handle, now);
    if (handle !== null) visit.cookies.push(hall.sessions.clearCookie());
  }
}
