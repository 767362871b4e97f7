import { HOUR, SECOND } from '../../kernel/time.ts';
import { absoluteUrl } from '../../signin/endpoints/absolute-url.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { formatDuration, translator } from '../../ui/index.ts';
import type { AccountEmail } from '../model.ts';
import { AddEmailPage, AddEmailSentPage } from '../pages/emails.tsx';
import { emailProblem } from '../pages/problems.ts';
import { acceptEmailAddress } from '../rules/email-acceptance.ts';
import { NUMBERS } from '../rules/numbers.ts';
import { accountPage, nothingHere, secured, signedIn } from './signed-in.ts';

const LINK_HOURS = NUMBERS['email_link.ttl_h'];
/** Nobody's address is longer; what is will not be echoed in full. */
const LONGEST_EMAIL = 254;

/** EM-1: asks for the address. */
export const showAddEmail = secured((found) => accountPage(found, (page) => <AddEmailPage page={page} />));

/** EM-1: notes the address as unconfirmed and mails its owner; the page that follows is the same for every outcome. */
export const addEmail = secured((found) =>
  withForm(found.visit, async (form) => {
    const { visit, state } = found;
    const { hall, now, c } = visit;
    const t = translator(c.get('locale'));
    const typed = (form.get('email') ?? '').slice(0, LONGEST_EMAIL);
    const refuse = (error: string, status: 422 | 429 = 422) =>
      accountPage(found, (page) => <AddEmailPage page={page} email={typed} error={error} />, { status });

    const sandbox = hall.site.environment === 'sandbox';
    // Before anything is looked up: whoever may ask without end has a resolver here (SU-2).
    const limited = await limitOf(found);
    if (limited !== null) return refuse(t('accounts.common.limited', { time: limited }), 429);
    const accepted = await acceptEmailAddress(typed, { sandbox, findMailRoute: hall.findMailRoute });
    if (!accepted.ok) return refuse(emailProblem(t, accepted.error));
    const added = await hall.accounts.addEmail(state.account, accepted.value.address, now);
    if (!added.ok) {
      return refuse(
        added.error.reason === 'limit'
          ? t('accounts.email.limit', { max: NUMBERS['emails.max'] })
          : t('accounts.email.already_yours'),
      );
    }
    hall.after(mailOwner(found, added.value));
    return go(visit, `/add/email/verify_email?id=${added.value.id}`);
  }),
);

/** EM-1: what to do now; only for an address of one's own that waits for its confirmation. */
export const showAddEmailSent = signedIn(async (found) => {
  const email = await waitingEmail(found, found.visit.c.req.query('id'));
  return email === null
    ? nothingHere(found)
    : accountPage(found, (page) => <AddEmailSentPage page={page} email={email} />);
});

/** EM-1: a fresh link to the same address. */
export const resendAddEmail = signedIn((found) =>
  withForm(
    found.visit,
    async (form) => {
      const { visit } = found;
      const t = translator(visit.c.get('locale'));
      const email = await waitingEmail(found, form.get('id'));
      if (email === null) return nothingHere(found);
      const limited = await limitOf(found);
      if (limited === null) {
        visit.hall.after(mailOwner(found, email));
        flashNext(visit, { type: 'success', text: t('accounts.email_sent.resent') });
      } else {
        flashNext(visit, { type: 'error', text: t('accounts.common.limited', { time: limited }) });
      }
      return go(visit, `/add/email/verify_email?id=${email.id}`);
    },
    '/account',
  ),
);

async function waitingEmail(
  { visit, state }: SignedIn,
  id: string | null | undefined,
): Promise<AccountEmail | null> {
  const account = await visit.hall.accounts.overview(state.account);
  return account?.emails.find((email) => email.id === id && email.confirmedAt === null) ?? null;
}

/** How long to wait when this person asked for too many links; null to go on. Counted per person, not per address. */
async function limitOf({ visit, state }: SignedIn): Promise<string | null> {
  const { hall, now, c } = visit;
  const spent = await hall.attempts.spend(`add-email:${state.account}`, ['register-email'], now);
  return spent.allowed ? null : formatDuration(c.get('locale'), (spent.retryAt - now) / SECOND);
}

/** The link, or the news that the address belongs to another account: only the mailbox learns the difference. */
async function mailOwner({ visit, handle, state }: SignedIn, email: AccountEmail): Promise<void> {
  const { hall, now } = visit;
  const owner = await hall.accounts.findByEmail(email.address);
  const held = owner?.emails.find(({ address }) => address === email.address);
  if (owner !== null && owner.uuid !== state.account && held !== undefined && held.confirmedAt !== null) {
    const locale = owner.facts.emailLocale;
    await hall.notify([email.address], locale, {
      kind: 'added-email-taken',
      signInUrl: absoluteUrl(hall, locale, '/'),
    });
    return;
  }
  const tokenFor = await hall.accounts.createLink({
    kind: 'add-email',
    account: state.account,
    emailId: email.id,
    session: handle.locator,
    ...(visit.request === null ? {} : { requestId: visit.request.id }),
    now,
    lifetimeMs: LINK_HOURS * HOUR,
  });
  const locale = state.facts.emailLocale;
  const url = absoluteUrl(hall, locale, `/add/email/confirm?confirmation_token=${tokenFor(email.id)}`);
  await hall.notify([email.address], locale, { kind: 'confirm-added-email', url, hours: LINK_HOURS });
}
