import type { App } from '../../apps/model.ts';
import type { AuthenticationMethod } from '../../factors/model.ts';
import { SECOND } from '../../kernel/time.ts';
import {
  type EndReason,
  SESSIONS_LISTED,
  type SessionChange,
  type SessionProfile,
  type SessionState,
} from '../../sessions/model.ts';
import type { Asked, SessionHandle } from '../../sessions/ports.ts';
import { localizedPath } from '../../ui/index.ts';
import type { DoorName, SignInRequest, Step, StoredSignInRequest } from '../model.ts';
import type { Door, Granted, HallPorts } from '../ports.ts';
import { isHead, nothingDone } from './head.ts';
import {
  type AppContext,
  clearRequestCookie,
  go,
  loadRequest,
  readVisit,
  requestCookie,
  type Visit,
} from './visit.tsx';

/** CFG-6: an app that sends the same person back this soon is looping. */
const BOUNCE_WINDOW_MS = 2 * SECOND;

type Question = Omit<StoredSignInRequest, 'id'>;

/** Where each step lives. A grant without an app means the person is at home. */
export function pathOf(step: Step): string {
  switch (step.kind) {
    case 'sign-in':
      return step.notice === 'none' ? '/' : '/?again=1';
    case 'create-account':
      return '/sign_up/enter_email';
    case 'suspended':
      return '/user_please_call';
    case 'account-reset':
      return '/account_reset/pending';
    case 'accept-rules':
      return '/rules_of_use';
    case 'second-factor':
      return '/login/two_factor';
    case 'set-up-factor':
      return '/authentication_methods_setup';
    case 'change-password':
      return '/manage/password?forced=1';
    case 'proofing':
      return '/verify';
    case 'consent':
      return '/sign_up/completed';
    case 'continue-as':
      return '/user_authorization_confirmation';
    case 'grant':
      return '/account';
  }
}

/** Asks the session; looks the connection up in the database when this session has not met the app yet. */
export async function askSession(
  hall: HallPorts,
  handle: SessionHandle,
  question: Question | null,
  app: App | null,
  now: number,
): Promise<Asked> {
  const door = question === null ? undefined : hall.doors[question.door];
  const asking = {
    now,
    arrivedAt: question?.arrivedAt ?? now,
    request: question?.request ?? null,
    code: question === null || app === null || door === undefined ? null : door.prepareCode(question, app),
  };
  const asked = await hall.sessions.ask(handle, asking);
  if (asked.kind !== 'unknown-app' || app === null) return asked;
  const link = await hall.connections.find(asked.account, app.uuid);
  return hall.sessions.ask(handle, { ...asking, link });
}

/**
 * An app's question at the door. A signed-in browser that has nothing left to be asked is answered on the spot, in one
 * session call; everybody else is sent into the house with the question stored. A HEAD got as far as to hear that the
 * question is sound.
 */
export async function arrive(
  c: AppContext,
  hall: HallPorts,
  app: App,
  incoming: {
    readonly door: DoorName;
    readonly request: SignInRequest;
    readonly slip: string;
    readonly fingerprint: string;
  },
): Promise<Response> {
  if (isHead(c)) return nothingDone();
  const now = c.get('now');
  const handle = hall.sessions.fromCookie(c.req.header('cookie') ?? null);
  const fresh: Question = { ...incoming, arrivedAt: now };
  // A forced re-authentication that comes round again (a language switch, the way back) is the same question, and
  // must not sign out twice (MFA-5).
  const visit = incoming.request.forceReauthentication ? readVisit(c, hall) : null;
  const known = visit !== null && visit.request !== null ? await loadRequest(visit) : null;
  const same = known !== null && known.fingerprint === incoming.fingerprint ? known : null;
  const question: Question = same ?? fresh;

  let over: EndReason | null = null;
  let step: Step =
    incoming.request.startWith === 'create-account'
      ? { kind: 'create-account' }
      : { kind: 'sign-in', notice: 'none' };
  if (handle !== null) {
    const asked = await askSession(hall, handle, question, app, now);
    if (asked.kind === 'granted')
      return answer(c, hall, question, app, { ...asked, handle }, same?.id ?? null);
    if (asked.kind === 'no-session') over = asked.why;
    if (asked.kind === 'step') {
      step = asked.step;
      if (step.kind === 'sign-in' && incoming.request.mayInteract) {
        if (
          asksEveryTime(incoming.request) &&
          asked.state.lastHandOffAt !== null &&
          now - asked.state.lastHandOffAt <= BOUNCE_WINDOW_MS
        ) {
          return go(readVisit(c, hall), '/bounced');
        }
        await endSession(hall, handle, now);
      }
    }
  }
  if (!incoming.request.mayInteract) {
    const reason =
      step.kind === 'sign-in' || step.kind === 'create-account'
        ? 'login'
        : step.kind === 'consent'
          ? 'consent'
          : 'interaction';
    return encode(c, hall, question, app, { kind: 'refused', reason });
  }
  const id = same?.id ?? (await hall.requests.store(question));
  const page = visit ?? readVisit(c, hall);
  page.cookies.push(requestCookie(hall, id, app.uuid));
  if (step.kind === 'sign-in' && handle !== null) page.cookies.push(hall.sessions.clearCookie());
  const path = over === null ? pathOf(step) : `/?timeout=${over}`;
  const target = step.kind === 'sign-in' || step.kind === 'create-account' ? withRequest(path, id) : path;
  // AUT-14: the language the app asks for travels in our path from here on, unless the address named one.
  const { locale } = incoming.request;
  return go(
    page,
    locale === null || c.get('localeInPath') !== undefined ? target : localizedPath(locale, target),
  );
}

/** Only such a request can go round in circles; one that asks for more freshness or another person is a step up. */
const asksEveryTime = (request: SignInRequest): boolean =>
  request.forceReauthentication || request.maxAgeSeconds === 0;

const withRequest = (path: string, id: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}request_id=${id}`;

/**
 * The one place that decides where a person goes next: the next step, the app, or their account page. Steps know
 * nothing of each other; each ends by sending the browser here.
 */
export async function proceed(visit: Visit): Promise<Response> {
  const { hall, now, c } = visit;
  const stored = await loadRequest(visit);
  const app = stored === null ? null : await hall.findApp(stored.request.app);
  if (stored !== null && (app === null || !app.active)) {
    visit.cookies.push(clearRequestCookie(hall));
    return go(visit, '/app_inactive');
  }
  if (visit.handle === null) return go(visit, stored === null ? '/' : withRequest('/', stored.id));
  const asked = await askSession(hall, visit.handle, stored, app, now);
  switch (asked.kind) {
    case 'no-session':
      visit.cookies.push(hall.sessions.clearCookie());
      return go(visit, signInAfter(asked.why ?? 'session', stored?.id ?? null));
    case 'granted':
      return app === null || stored === null
        ? go(visit, '/account')
        : answer(c, hall, stored, app, { ...asked, handle: visit.handle }, stored.id);
    case 'unknown-app':
      return go(visit, '/account');
    case 'step':
      if (asked.step.kind === 'sign-in') {
        await endSession(hall, visit.handle, now);
        visit.cookies.push(hall.sessions.clearCookie());
      }
      return go(visit, pathOf(asked.step));
  }
}

async function answer(
  c: AppContext,
  hall: HallPorts,
  question: Question,
  app: App,
  granted: Granted & { readonly firstVisit: boolean },
  storedId: string | null,
): Promise<Response> {
  const response = await encode(c, hall, question, app, { kind: 'granted', granted });
  if (granted.firstVisit) {
    hall.after(
      hall.connections.touch(granted.account, app.uuid, {
        kind: 'app_sign_in',
        at: c.get('now'),
        browser: null,
        app: app.uuid,
      }),
    );
  }
  if (storedId !== null) {
    hall.after(hall.requests.remove(storedId));
    response.headers.append('Set-Cookie', clearRequestCookie(hall));
  }
  return response;
}

/** Lets the door encode an answer; a question that no longer fits the registration goes nowhere but to our own page. */
export async function encode(
  c: AppContext,
  hall: HallPorts,
  question: Question,
  app: App,
  outcome: Parameters<Door['encode']>[0]['answer'],
): Promise<Response> {
  const door = hall.doors[question.door];
  const response = await door?.encode({
    stored: question,
    app,
    locale: c.get('locale'),
    now: c.get('now'),
    nonce: c.get('nonce'),
    answer: outcome,
  });
  return response ?? go(readVisit(c, hall), '/app_inactive');
}

/** Records a successful factor in the session and hands the browser its new secret (SE-5). */
export async function authenticated(
  visit: Visit,
  handle: SessionHandle,
  method: AuthenticationMethod,
  more: readonly SessionChange[] = [],
): Promise<{ readonly visit: Visit; readonly handle: SessionHandle; readonly state: SessionState } | null> {
  const rotated = await visit.hall.sessions.rotate(handle, visit.now, [
    { kind: 'authenticated', method, primary: false },
    ...more,
  ]);
  if (rotated === null) return null;
  visit.cookies.push(visit.hall.sessions.toCookie(rotated.handle));
  return { visit: { ...visit, handle: rotated.handle }, ...rotated };
}

/** Personal data of a session, from the session itself or, when it changed elsewhere, from the database. */
export async function profileOf(
  visit: Visit,
  handle: SessionHandle,
  state: SessionState,
): Promise<SessionProfile> {
  const held = await visit.hall.sessions.profile(handle, state);
  if (held !== null) return held;
  const loaded = await visit.hall.accounts.profile(state.account);
  const sealed = await visit.hall.sessions.sealProfile(handle, state, loaded);
  if (sealed !== null) await visit.hall.sessions.change(handle, visit.now, [{ kind: 'sealed', sealed }]);
  return loaded;
}

/** The address to show for a person: the one that signed in, else the first. */
export const shownEmail = (profile: SessionProfile, state: SessionState): string =>
  (profile.emails.find((email) => email.id === state.emailId) ?? profile.emails[0])?.address ?? '';

/** Tells every other live session of an account that something changed; its own session is told directly. */
export async function refreshOthers(
  visit: Visit,
  account: string,
  changes: readonly SessionChange[],
): Promise<void> {
  const { hall, handle, now } = visit;
  const live = await hall.accounts.sessionLocators(account);
  await Promise.all(
    live
      .filter(({ locator }) => locator !== handle?.locator)
      .map(({ locator }) => hall.sessions.refreshFor(locator, account, changes, now)),
  );
}

/** Ends a browser's session, and takes it off its account's list after the response. */
export async function endSession(hall: HallPorts, handle: SessionHandle, now: number): Promise<void> {
  await hall.sessions.end(handle, now);
  hall.after(hall.accounts.forgetSession(handle.locator));
}

/** The sign-in page with a word about the session before; the app's question stays. */
function signInAfter(why: EndReason | 'session' | null, requestId: string | null): string {
  const path = why === null ? '/' : `/?timeout=${why}`;
  return requestId === null ? path : withRequest(path, requestId);
}

/** Ends these sessions of an account and takes them off its list. */
export async function endListed(
  { accounts, sessions }: Pick<HallPorts, 'accounts' | 'sessions'>,
  account: string,
  locators: readonly string[],
  reason: EndReason,
): Promise<void> {
  if (locators.length === 0) return;
  await Promise.all(locators.map((locator) => sessions.endFor(locator, account, reason)));
  await accounts.forgetSessions(locators);
}

/** Rounds of ending sessions; each ends as many as one listing names. */
const MOST_ROUNDS = 4;

/**
 * Ends every session of an account but `except`; how many there were. Somebody who knows the password can begin
 * sessions without number, so one listing may not name them all: ended ones leave the list, and it is read again.
 */
export async function endSessionsOf(
  { accounts, sessions }: HallPorts,
  account: string,
  except: string | null,
  reason: EndReason = 'signed-out',
): Promise<number> {
  let ended = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const listed = await accounts.sessionLocators(account);
    const live = listed.map(({ locator }) => locator).filter((locator) => locator !== except);
    await endListed({ accounts, sessions }, account, live, reason);
    ended += live.length;
    if (listed.length < SESSIONS_LISTED) break;
  }
  return ended;
}

/** Ends every other live session of an account (SE-6, BT-5). */
export const endOthers = async (
  { hall, handle }: Visit,
  account: string,
  reason: EndReason = 'signed-out',
): Promise<void> => {
  await endSessionsOf(hall, account, handle?.locator ?? null, reason);
};

/**
 * Hands a browser the cookie it missed: somebody who clicked twice comes with the one from before the first click, whose
 * answer their browser threw away.
 */
function catchUp(visit: Visit, handle: SessionHandle, state: SessionState): void {
  const successor = visit.hall.sessions.successor(handle, state);
  if (successor !== null) visit.cookies.push(visit.hall.sessions.toCookie(successor));
}

/** A visit with a live, fully authenticated session. */
export interface SignedIn {
  readonly visit: Visit;
  readonly handle: SessionHandle;
  readonly state: SessionState;
}

/**
 * The live session of a page that needs complete sign-in, or the response that leads there: the hall decides which
 * step is missing. `also` are steps that may be missing still: those the page itself belongs to.
 */
export async function requireSignedIn(
  visit: Visit,
  also: readonly Step['kind'][] = [],
): Promise<SignedIn | Response> {
  const { hall, handle, now } = visit;
  if (handle === null) return go(visit, '/');
  const asked = await hall.sessions.ask(handle, { now, arrivedAt: now, request: null, code: null });
  if (asked.kind !== 'step') {
    visit.cookies.push(hall.sessions.clearCookie());
    return go(visit, signInAfter((asked.kind === 'no-session' ? asked.why : null) ?? 'session', null));
  }
  catchUp(visit, handle, asked.state);
  const { kind } = asked.step;
  return kind === 'grant' || also.includes(kind)
    ? { visit, handle, state: asked.state }
    : go(visit, pathOf(asked.step));
}

/** The session of somebody past the password, whatever else is still missing; null sends them to sign-in. */
export async function requirePassword(visit: Visit): Promise<SignedIn | Response> {
  const { hall, handle, now } = visit;
  const state = handle === null ? null : await hall.sessions.view(handle, now);
  if (handle === null || state === null) {
    const id = visit.request?.id ?? null;
    if (handle === null) return go(visit, signInAfter(null, id));
    visit.cookies.push(hall.sessions.clearCookie());
    const why = await hall.sessions.whyEnded(handle);
    return go(visit, signInAfter(why, id));
  }
  catchUp(visit, handle, state);
  return { visit, handle, state };
}
