import type { Locale } from '../../kernel/locale.ts';
import { disavowUrl } from './disavow-link.ts';
import type { Visit } from './visit.tsx';

/** Marks a session from a browser this account has not used before, and names the notice that waits (SI-5). */
export const NEW_DEVICE = 'new-device';

/** Tells every confirmed address about a complete sign-in from a new browser (SI-5, NT-1). */
export async function tellNewDevice(
  { hall, now, browser }: Visit,
  addresses: readonly string[],
  locale: Locale,
  disavowToken: string,
): Promise<void> {
  await hall.notify(addresses, locale, {
    kind: 'new-device',
    complete: true,
    browser: browser.name,
    place: browser.place,
    at: now,
    disavowUrl: disavowUrl(hall, locale, disavowToken),
  });
}
