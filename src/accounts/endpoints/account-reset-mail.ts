import { canReach, capabilityOf } from '../../factors/phone/capabilities.ts';
import type { PhoneNotice } from '../../factors/phone/ports.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { notifyEach } from '../../signin/endpoints/disavow-link.ts';
import type { HallPorts } from '../../signin/ports.ts';
import type { SignInAccount } from '../model.ts';
import { RESET_LINK_MS, RESET_WAIT_MS } from '../rules/account-reset.ts';
import { NUMBERS } from '../rules/numbers.ts';

const recipientsOf = ({ emails }: SignInAccount) => emails.filter(({ confirmedAt }) => confirmedAt !== null);

/** Every address that may hear about the account. */
export const confirmedOf = (account: SignInAccount): readonly string[] =>
  recipientsOf(account).map(({ address }) => address);

/** AR-1, AR-3: a short word to every phone that gets texts. One that cannot be reached stops nothing. */
export async function textPhones(
  { phones, phoneService }: HallPorts,
  { uuid, facts }: Pick<SignInAccount, 'uuid' | 'facts'>,
  notice: PhoneNotice,
): Promise<void> {
  if (phoneService === null || !facts.methods.includes('phone')) return;
  for (const { number, country } of await phones.list(uuid)) {
    const capability = capabilityOf(country, phoneService.countries);
    if (capability === null || !canReach(capability, 'sms', true)) continue;
    const news = await phones.news(number);
    if (news === null || news.optedOutAt === null)
      await phoneService.sendNotice(number, notice, facts.emailLocale);
  }
}

/** AR-1: tells every address, with the link that stops it for as long as it can be stopped. */
export async function mailResetRequested(
  hall: HallPorts,
  account: SignInAccount,
  now: EpochMs,
): Promise<void> {
  const lifetimeMs = RESET_WAIT_MS + RESET_LINK_MS;
  const tokenFor = await hall.accounts.createLink({
    kind: 'cancel-reset',
    account: account.uuid,
    now,
    lifetimeMs,
  });
  const path = '/account_reset/cancel?token=';
  await notifyEach(hall, recipientsOf(account), account.facts.emailLocale, path, tokenFor, (cancelUrl) => ({
    kind: 'account-reset-requested',
    cancelUrl,
    at: now,
  }));
  await textPhones(hall, account, 'reset_requested');
}

/**
 * AR-2: mails the link that deletes, to every address. Suspended people cannot delete (DL-2). False when not one address
 * could be reached, so that it must be tried again.
 */
export async function mailResetLink(hall: HallPorts, uuid: string, now: EpochMs): Promise<boolean> {
  const account = await hall.accounts.findByUuid(uuid);
  if (account === null || account.facts.suspended) return true;
  const tokenFor = await hall.accounts.createLink({
    kind: 'delete-account',
    account: uuid,
    now,
    lifetimeMs: RESET_LINK_MS,
    replaceOlder: true,
  });
  const path = '/account_reset/delete_account?token=';
  const hours = NUMBERS['account_reset.link_ttl_h'];
  const { emailLocale } = account.facts;
  const reached = await notifyEach(hall, recipientsOf(account), emailLocale, path, tokenFor, (url) => ({
    kind: 'account-reset-ready',
    url,
    hours,
  }));
  return reached > 0;
}
