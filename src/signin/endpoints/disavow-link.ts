import { NUMBERS } from '../../accounts/rules/numbers.ts';
import type { Locale } from '../../kernel/locale.ts';
import { HOUR } from '../../kernel/time.ts';
import type { HallPorts } from '../ports.ts';
import { absoluteUrl } from './absolute-url.ts';

/** A mailed "this was not me" link (SI-6): whoever follows it sets a new password. */
export async function disavowLink(
  hall: HallPorts,
  account: string,
  locale: Locale,
  now: number,
  eventId?: number,
): Promise<string> {
  const token = await hall.accounts.createLink({
    kind: 'disavow',
    account,
    ...(eventId === undefined ? {} : { eventId }),
    now,
    lifetimeMs: NUMBERS['disavow_link.ttl_h'] * HOUR,
  });
  return disavowUrl(hall, locale, token);
}

/** The address of such a link. */
export const disavowUrl = (hall: HallPorts, locale: Locale, token: string): string =>
  absoluteUrl(hall, locale, `/events/disavow?disavowal_token=${token}`);
