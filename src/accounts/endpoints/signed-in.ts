import type { Notice } from '../../notices/notice.ts';
import type { SessionChange } from '../../sessions/model.ts';
import type { Act } from '../../signin/endpoints/act.tsx';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import { refreshOthers } from '../../signin/endpoints/refresh-others.ts';
import { requireSignedIn, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf, shownEmail } from '../../signin/endpoints/session-profile.ts';
import { pageOf, type Showing, show } from '../../signin/endpoints/show-page.ts';
import { appOf } from '../../signin/endpoints/visit.tsx';
import type { Flash, Markup, Page } from '../../ui/index.ts';
import type { EventKind } from '../model.ts';
import type { NewEvent } from '../ports/events.ts';

/** An act of somebody whose sign-in is complete. */
export type SignedInAct = (signedIn: SignedIn) => Promise<Response> | Response;

/** Lets only complete sign-ins through; everybody else is led to the step that is missing. */
export const signedIn =
  (act: SignedInAct): Act =>
  async (visit) => {
    const found = await requireSignedIn(visit);
    return found instanceof Response ? found : act(found);
  };

/** Like `signedIn`, and for those, too, whose one missing step is a new password (PW-6). */
export const mayChangePassword =
  (act: SignedInAct): Act =>
  async (visit) => {
    const found = await requireSignedIn(visit, ['change-password']);
    return found instanceof Response ? found : act(found);
  };

/** Like `signedIn`, and a real second factor must have been used lately (RA-1). */
export const secured = (act: SignedInAct): Act =>
  signedIn((found) => requireRecentFactor(found.visit, found) ?? act(found));

interface Answer {
  readonly status?: NonNullable<Showing['status']>;
  readonly flashes?: readonly Flash[];
}

/** Draws one of the account's pages with everything the frame needs. */
export async function accountPage(
  found: SignedIn,
  draw: (page: Page, email: string) => Markup,
  answer: Answer = {},
): Promise<Response> {
  const { visit, handle, state } = found;
  const [app, profile] = await Promise.all([appOf(visit), profileOf(visit, handle, state)]);
  const email = shownEmail(profile, state);
  const showing: Showing = { app, state, email, ...answer };
  return show(visit, showing, draw(pageOf(visit, showing), email));
}

/** An ordinary 404: what is not this person's own is not there (ids in addresses tell nothing). */
export const nothingHere = ({ visit }: SignedIn): Response | Promise<Response> => visit.c.notFound();

/** An event of this browser, now. */
export const eventOf = (
  { visit, handle }: Pick<SignedIn, 'visit' | 'handle'>,
  kind: EventKind,
  app?: string,
): NewEvent => ({
  kind,
  at: visit.now,
  browser: visit.browser,
  session: handle.locator,
  ...(app === undefined ? {} : { app }),
});

/** Changes this session and every other live one of the account. */
export async function changeEverywhere(
  { visit, handle, state }: SignedIn,
  changes: readonly SessionChange[],
): Promise<void> {
  await Promise.all([
    visit.hall.sessions.change(handle, visit.now, changes),
    refreshOthers(visit, state.account, changes),
  ]);
}

/**
 * After addresses changed: puts the new ones into this session, and makes the others read them anew (a refresh
 * without changes marks what they hold as stale).
 */
export async function refreshProfile({ visit, handle, state }: SignedIn): Promise<void> {
  const profile = await visit.hall.accounts.profile(state.account);
  const sealed = await visit.hall.sessions.sealProfile(handle, state, profile);
  await Promise.all([
    sealed === null ? null : visit.hall.sessions.change(handle, visit.now, [{ kind: 'sealed', sealed }]),
    refreshOthers(visit, state.account, []),
  ]);
}

/** Confirmed addresses of the account, from the session where possible. */
export async function addressesOf({ visit, handle, state }: SignedIn): Promise<readonly string[]> {
  const { emails } = await profileOf(visit, handle, state);
  return emails.map(({ address }) => address);
}

/** Mails a notice in the account's language after the response has left (EM-4, UX-15). */
export function tell({ visit, state }: SignedIn, addresses: readonly string[], notice: Notice): void {
  visit.hall.after(visit.hall.notify(addresses, state.facts.emailLocale, notice));
}
