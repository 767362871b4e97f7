import type { App } from '../../apps/model.ts';
import type { Locale } from '../../kernel/locale.ts';
import { type EpochMs, SECOND } from '../../kernel/time.ts';
import type { EndReason } from '../../sessions/model.ts';
import type { Asked, SessionHandle } from '../../sessions/ports.ts';
import { localizedPath } from '../../ui/index.ts';
import { authenticationSatisfies } from '../decide-next-step.ts';
import type { DoorName, SignInRequest, Step, StoredSignInRequest } from '../model.ts';
import type { Door, Granted, HallPorts } from '../ports.ts';
import { endSession } from './end-sessions.ts';
import { isHead, nothingDone } from './head.ts';
import { pathOf, signInAfter, withRequest } from './step-path.ts';
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

/** Asks the session; looks the connection up in the database when this session has not met the app yet. */
export async function askSession(
  hall: HallPorts,
  handle: SessionHandle,
  question: Question | null,
  app: App | null,
  page: { readonly now: EpochMs; readonly locale: Locale },
): Promise<Asked> {
  const { now, locale } = page;
  const door = question === null ? undefined : hall.doors[question.door];
  const asking = {
    now,
    arrivedAt: question?.arrivedAt ?? now,
    request: question?.request ?? null,
    locale,
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
  let isAuthenticated = false;
  let step: Step =
    incoming.request.startWith === 'create-account'
      ? { kind: 'create-account' }
      : { kind: 'sign-in', notice: 'none' };
  if (handle !== null) {
    const asked = await askSession(hall, handle, question, app, { now, locale: c.get('locale') });
    if (asked.kind === 'granted')
      return answer(c, hall, question, app, { ...asked, handle }, same?.id ?? null);
    if (asked.kind === 'no-session') over = asked.why;
    if (asked.kind === 'step') {
      step = asked.step;
      isAuthenticated = authenticationSatisfies(asked.state.events, 'second-factor', true);
      if (step.kind === 'sign-in' && incoming.request.mayInteract) {
        if (
          asksEveryTime(incoming.request) &&
          asked.state.lastHandOffAt !== null &&
          now - asked.state.lastHandOffAt <= BOUNCE_WINDOW_MS
        ) {
          const id = same?.id ?? (await hall.requests.store(question));
          return go(readVisit(c, hall), inLanguage(c, incoming.request, withRequest('/bounced', id)));
        }
        await endSession(hall, handle, now);
      }
    }
  }
  if (!incoming.request.mayInteract) {
    // OIDC Core section 3.1.2.6: before the second factor nobody is authenticated, whatever page would come next.
    const reason =
      !isAuthenticated || step.kind === 'sign-in'
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
  return go(page, inLanguage(c, incoming.request, target));
}

/** AUT-14: the language the app asks for travels in our path from its question on, unless the address named one. */
const inLanguage = (c: AppContext, { locale }: SignInRequest, path: string): string =>
  locale === null || c.get('localeInPath') !== undefined ? path : localizedPath(locale, path);

/** Only such a request can go round in circles; one that asks for more freshness or another person is a step up. */
const asksEveryTime = (request: SignInRequest): boolean =>
  request.forceReauthentication || request.maxAgeSeconds === 0;

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
  const asked = await askSession(hall, visit.handle, stored, app, { now, locale: c.get('locale') });
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
    c,
    stored: question,
    app,
    locale: c.get('locale'),
    now: c.get('now'),
    nonce: c.get('nonce'),
    answer: outcome,
  });
  return response ?? go(readVisit(c, hall), '/app_inactive');
}
