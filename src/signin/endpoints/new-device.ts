import type { TokenFor } from '../../accounts/ports/mailed-links.ts';
import type { Locale } from '../../kernel/locale.ts';
import { notifyWithDisavow, type Recipient } from './disavow-link.ts';
import type { Visit } from './visit.tsx';

/** Marks a session from a browser this account has not used before, and names the notice that waits (SI-5). */
export const NEW_DEVICE = 'new-device';

/** Tells every confirmed address about a complete sign-in from a new browser, and what it was made of (SI-5, NT-1). */
export async function tellNewDevice(
  { hall, now, browser }: Visit,
  to: readonly Recipient[],
  locale: Locale,
  disavowTokens: TokenFor,
  passwordAt: number | null,
): Promise<void> {
  await notifyWithDisavow(hall, to, locale, disavowTokens, (disavowUrl) => ({
    kind: 'new-device',
    complete: true,
    browser: browser.name,
    place: browser.place,
    passwordAt,
    at: now,
    disavowUrl,
  }));
}
