import { sha256Base64Url } from '../../kernel/crypto.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import { endOthers } from '../../signin/endpoints/end-sessions.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { EndOthersPage, EndSessionPage, SessionsPage, type ShownSession } from '../pages/sessions.tsx';
import { accountPage, eventOf, nothingHere, signedIn } from './signed-in.ts';

const SESSIONS = '/account/sessions';
/** Sessions asked whether they still live; each is one call. */
const MOST_SESSIONS = 25;
const DEVICES_KNOWN = 50;

type Listed = ShownSession & { readonly locator: string };

/** A session's address in our paths: nothing that leads back to the session object. */
const idOf = (locator: string): string => sha256Base64Url(`session-list|${locator}`).slice(0, 22);

/** The live sessions of the account, this one first, then by last use. */
export async function liveSessions({ visit, handle, state }: SignedIn): Promise<readonly Listed[]> {
  const { hall, now } = visit;
  const [locators, devices] = await Promise.all([
    hall.accounts.sessionLocators(state.account),
    hall.accounts.devices(state.account, DEVICES_KNOWN),
  ]);
  const places = new Map(devices.map(({ id, place }) => [id, place]));
  const own: Listed = {
    id: idOf(handle.locator),
    locator: handle.locator,
    browser: visit.browser.name || null,
    place: visit.browser.place,
    startedAt: state.startedAt,
    lastSeenAt: now,
    current: true,
  };
  const others = await Promise.all(
    locators
      .filter(({ locator }) => locator !== handle.locator)
      .slice(0, MOST_SESSIONS)
      .map(async ({ locator, deviceId, browser }): Promise<Listed | null> => {
        const summary = await hall.sessions.summary(locator, state.account, now);
        if (summary === null) return null;
        const place = deviceId === null ? null : (places.get(deviceId) ?? null);
        return { id: idOf(locator), locator, browser, place, ...summary, current: false };
      }),
  );
  const alive = others.filter((session) => session !== null).sort((a, b) => b.lastSeenAt - a.lastSeenAt);
  return [own, ...alive];
}

async function otherSession(found: SignedIn): Promise<Listed | null> {
  const id = found.visit.c.req.param('id');
  return (await liveSessions(found)).find((session) => session.id === id && !session.current) ?? null;
}

/** BT-9: where this account is signed in. */
export const showSessions = signedIn(async (found) => {
  const sessions = await liveSessions(found);
  return accountPage(found, (page) => <SessionsPage page={page} sessions={sessions} />);
});

/** Asks before one other browser is signed out. */
export const showEndSession = signedIn(async (found) => {
  const session = await otherSession(found);
  return session === null
    ? nothingHere(found)
    : accountPage(found, (page) => <EndSessionPage page={page} session={session} />);
});

/** Ends one other session, with every code and token it issued. Needs no second factor: it only takes away. */
export const endSession = signedIn((found) =>
  withForm(
    found.visit,
    async () => {
      const { visit, state } = found;
      const { hall, c } = visit;
      const session = await otherSession(found);
      if (session === null) return nothingHere(found);
      await hall.sessions.endFor(session.locator, state.account, 'signed-out');
      await hall.accounts.forgetSession(session.locator);
      await hall.accounts.recordEvent(state.account, eventOf(found, 'session_ended_remotely'));
      flashNext(visit, { type: 'success', text: translator(c.get('locale'))('accounts.end_session.done') });
      return go(visit, SESSIONS);
    },
    SESSIONS,
  ),
);

/** Asks before all other browsers are signed out. */
export const showEndOthers = signedIn((found) => accountPage(found, (page) => <EndOthersPage page={page} />));

/** Ends every session but this one. */
export const endOtherSessions = signedIn((found) =>
  withForm(found.visit, async () => {
    const { visit, state } = found;
    await endOthers(visit, state.account);
    await visit.hall.accounts.recordEvent(state.account, eventOf(found, 'session_ended_remotely'));
    flashNext(visit, {
      type: 'success',
      text: translator(visit.c.get('locale'))('accounts.end_others.done'),
    });
    return go(visit, SESSIONS);
  }),
);
