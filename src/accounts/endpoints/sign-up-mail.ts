import { HOUR } from '../../kernel/time.ts';
import { absoluteUrl } from '../../signin/endpoints/absolute-url.ts';
import type { Visit } from '../../signin/endpoints/visit.tsx';
import { baseAddress } from '../rules/base-address.ts';
import { readEmailAddress } from '../rules/email-address.ts';
import { NUMBERS } from '../rules/numbers.ts';
import type { EnteredAddress } from './entered-address.ts';

const LINK_HOURS = NUMBERS['email_link.ttl_h'];

/**
 * Mails what fits the address (SU-3): a confirmation link to a new or unfinished account, a word to an existing one,
 * a notice to a suspended one and to whoever comes back as its mailbox (SU-4), nothing beyond the limit. Runs after the response, which is the same in every case and
 * takes the same time (AE-1).
 */
export async function mailSignUp(
  visit: Visit,
  { email: address, locale: emailLocale, mailIsGoogle }: EnteredAddress,
): Promise<void> {
  const { hall, now, request } = visit;
  const spent = await hall.attempts.spend(`register:${address}`, ['register-email'], now);
  if (!spent.allowed) return;

  const found = await hall.accounts.findByEmail(address);
  const confirmed =
    found?.emails.some(({ id, confirmedAt }) => id === found.emailId && confirmedAt !== null) ?? false;
  const ticket = request === null ? '' : `?request_id=${request.id}`;
  if (found !== null && confirmed) {
    const locale = found.facts.emailLocale;
    await hall.notify(
      [address],
      locale,
      found.facts.suspended
        ? { kind: 'sign-up-suspended' }
        : {
            kind: 'already-registered',
            signInUrl: absoluteUrl(hall, locale, `/${ticket}`),
            resetUrl: absoluteUrl(hall, locale, `/users/password/new${ticket}`),
          },
    );
    return;
  }
  // An unfinished account is continued. An address that waits on a finished account for confirmation proves nothing
  // about who asks here: whoever confirms first has it.
  const read = readEmailAddress(address);
  if (read.ok && (await hall.accounts.isBlocked(baseAddress(read.value, mailIsGoogle)))) {
    await hall.notify([address], emailLocale, { kind: 'sign-up-suspended' });
    return;
  }
  const unfinished =
    found !== null && found.password === null ? { uuid: found.uuid, emailId: found.emailId } : null;
  // SU-1: the language asked for last is the account's.
  if (unfinished !== null && found?.facts.emailLocale !== emailLocale)
    await hall.accounts.setEmailLocale(unfinished.uuid, emailLocale);
  const { uuid, emailId } =
    unfinished ??
    (await hall.accounts.create({ address, emailLocale, rulesAcceptedAt: now, origin: 'sign-up', now }));
  const tokenFor = await hall.accounts.createLink({
    kind: 'sign-up',
    account: uuid,
    emailId,
    ...(request === null ? {} : { requestId: request.id }),
    now,
    lifetimeMs: LINK_HOURS * HOUR,
  });
  const url = absoluteUrl(
    hall,
    emailLocale,
    `/sign_up/email/confirm?confirmation_token=${tokenFor(emailId)}`,
  );
  await hall.notify([address], emailLocale, { kind: 'confirm-sign-up', url, hours: LINK_HOURS });
}
