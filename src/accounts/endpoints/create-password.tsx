import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { beginSession } from '../../signin/endpoints/begin-session.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { adoptRequest, appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import type { OpenedLink, SignInAccount } from '../model.ts';
import type { PasswordErrors } from '../pages/new-password-fields.tsx';
import { CreatePasswordPage } from '../pages/sign-up.tsx';
import { forgetAddress } from './entered-address.ts';
import { passwordErrors, readNewPassword } from './new-password.ts';

/** A mailed sign-up link that still works, with the unfinished account behind it. */
interface Unfinished {
  readonly visit: Visit;
  readonly account: SignInAccount;
  readonly emailId: string;
  readonly email: string;
}

/** SU-5: a link that does not work leads back to the start, one that did its work to sign-in. */
async function openSignUp(arrived: Visit, token: string): Promise<Unfinished | Response> {
  const { hall, now, c } = arrived;
  const t = translator(c.get('locale'));
  const opened = await hall.accounts.openLink('sign-up', token, now);
  if (!opened.ok && opened.error.reason !== 'used') {
    flashNext(arrived, { type: 'error', text: t('entry.sign_up.link_bad') });
    return go(arrived, '/sign_up/enter_email');
  }
  const link: OpenedLink | null = opened.ok ? opened.value : null;
  const visit = await adoptRequest(arrived, link?.requestId);
  const account = link === null ? null : await hall.accounts.findByUuid(link.account);
  const email = account?.emails.find(({ id }) => id === link?.emailId);
  if (account === null || email === undefined || account.password !== null) {
    flashNext(visit, { type: 'info', text: t('entry.sign_up.already_confirmed') });
    return go(visit, visit.request === null ? '/' : `/?request_id=${visit.request.id}`);
  }
  return { visit, account, emailId: email.id, email: email.address };
}

/** SU-5: the mailed link. Opening it changes nothing; it takes up the app's question in this browser. */
export const confirmLink: Act = async (arrived) => {
  const token = arrived.c.req.query('confirmation_token') ?? '';
  const found = await openSignUp(arrived, token);
  if (found instanceof Response) return found;
  return go(found.visit, `/sign_up/enter_password?confirmation_token=${encodeURIComponent(token)}`);
};

async function page({ visit, email }: Unfinished, token: string, errors?: PasswordErrors): Promise<Response> {
  const app = await appOf(visit);
  const told = pageOf(visit, { app });
  const element = <CreatePasswordPage page={told} email={email} token={token} {...(errors && { errors })} />;
  return show(visit, errors === undefined ? { app } : { app, status: 422 }, element);
}

/** SU-6: asks for the password. */
export const showCreatePassword: Act = async (arrived) => {
  const token = arrived.c.req.query('confirmation_token') ?? '';
  const found = await openSignUp(arrived, token);
  return found instanceof Response ? found : page(found, token);
};

/** SU-6, SU-9: the password makes the account and confirms the address; the person is signed in and goes on. */
export const createPassword: Act = (arrived) =>
  withForm(
    arrived,
    async (form, adopted) => {
      const token = form.get('confirmation_token') ?? '';
      const found = await openSignUp(adopted, token);
      if (found instanceof Response) return found;
      const { visit, account, emailId, email } = found;
      const { hall, now, browser, c } = visit;
      const t = translator(c.get('locale'));
      const password = await readNewPassword(visit, form, [email]);
      if (!password.ok) return page(found, token, passwordErrors(t, password.error));

      const { record } = await hall.passwords.make(account.uuid, password.value);
      // Two submissions of one link race here; only the first may go on.
      const first = await hall.accounts.useLink('sign-up', token, now);
      const event = { kind: 'account_created', at: now, browser } as const;
      const completed = first
        ? await hall.accounts.completeSignUp({ uuid: account.uuid, emailId, password: record, event })
        : null;
      if (completed === null || !completed.ok) {
        flashNext(visit, { type: 'info', text: t('entry.sign_up.already_confirmed') });
        return go(visit, '/');
      }
      forgetAddress(visit, 'sign-up');
      const confirmed = account.emails.map((known) =>
        known.id === emailId ? { ...known, confirmedAt: now } : known,
      );
      const begun = await beginSession(
        visit,
        { ...account, password: record, emailId, emails: confirmed },
        { remembered: false, announce: false },
      );
      return go(visit, begun ?? '/');
    },
    '/sign_up/enter_email',
  );
