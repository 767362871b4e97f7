import type { TokenFor } from '../../accounts/ports/mailed-links.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import type { Locale } from '../../kernel/locale.ts';
import { HOUR } from '../../kernel/time.ts';
import type { Notice } from '../../notices/notice.ts';
import type { HallPorts } from '../ports.ts';
import { absoluteUrl } from './absolute-url.ts';

/** An address that hears about its account. */
export interface Recipient {
  readonly id: string;
  readonly address: string;
}

/** Makes the mailed "this was not me" links of an account (SI-6): whoever follows one sets a new password. */
export const disavowTokens = (
  hall: HallPorts,
  account: string,
  now: number,
  eventId?: number,
): Promise<TokenFor> =>
  hall.accounts.createLink({
    kind: 'disavow',
    account,
    ...(eventId === undefined ? {} : { eventId }),
    now,
    lifetimeMs: NUMBERS['disavow_link.ttl_h'] * HOUR,
  });

/** Tells every address something, each with a link of its own; how many were reached. `path` ends where the token begins. */
export async function notifyEach(
  hall: HallPorts,
  to: readonly Recipient[],
  locale: Locale,
  path: string,
  tokenFor: TokenFor,
  noticeWith: (url: string) => Notice,
): Promise<number> {
  const reached = await Promise.all(
    to.map(({ id, address }) =>
      hall.notify([address], locale, noticeWith(absoluteUrl(hall, locale, `${path}${tokenFor(id)}`))),
    ),
  );
  return reached.reduce((sum, one) => sum + one, 0);
}

/** The same with a link that disavows. */
export const notifyWithDisavow = (
  hall: HallPorts,
  to: readonly Recipient[],
  locale: Locale,
  tokenFor: TokenFor,
  noticeWith: (disavowUrl: string) => Notice,
): Promise<number> => notifyEach(hall, to, locale, '/events/disavow?disavowal_token=', tokenFor, noticeWith);
