import { cookieName, readCookie } from '../../kernel/cookies.ts';
import type { Visit } from '../../signin/endpoints/visit.tsx';

/** What a session remembers once face or touch unlock was offered (MC-6, RT-2). */
export const PLATFORM_OFFER = 'platform-offer';

/** HD-3, MC-3: whether this browser's script noted that face, finger or screen lock work here. A hint, never trusted. */
export const platformHint = ({ c, hall }: Visit): boolean =>
  readCookie(c.req.header('cookie'), cookieName('gh_platform', hall.site.secureCookies)) === '1';
