/**
 * A service provider to learn from: it signs people in with Gatehouse over SAML 2.0, shows what it was told, keeps its
 * own session and signs out. Start it with `node server.ts`; README.md has the settings.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readChoices } from './choices.ts';
import { errorPage, failureToProofPage, postPage, startPage } from './pages.ts';
import { connect, describeFailure } from './provider.ts';
import { findSession, renewSession, type Session, sessionCookie } from './sessions.ts';
import { readSettings } from './settings.ts';
import { STYLE } from './style.ts';

/** A Response with an encrypted assertion is some ten kilobytes. */
const MOST_FORM_BYTES = 256 * 1024;

const settings = readSettings(process.env);
const { origin, issuer } = settings;
const provider = connect(settings);

const cookie = (session: Session): string => sessionCookie(session, origin.startsWith('https:'));
const show = (body: string, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });
const go = (location: string, session: Session): Response =>
  new Response(null, { status: 303, headers: { location, 'set-cookie': cookie(session) } });

type Route = (session: Session | null, form: URLSearchParams) => Promise<Response> | Response;

const routes: Readonly<Record<string, Route>> = {
  'GET /': (session) => {
    const notice = session?.notice ?? null;
    if (session !== null) session.notice = null;
    return show(startPage(session?.identity ?? null, issuer.href, notice));
  },

  'POST /sign-in': async (old, form) => {
    const choices = readChoices(form);
    const departure = await provider.begin(choices);
    const session = old ?? renewSession(null, {});
    session.pending = { id: departure.id, choices };
    if (departure.fields === null) return go(departure.url, session);
    return show(postPage(departure), 200, { 'set-cookie': cookie(session) });
  },

  // The Response, posted by the browser from the identity provider.
  'POST /acs': async (old, form) => {
    const pending = old?.pending ?? null;
    if (old === null || pending === null)
      throw new Error('This browser waits for no such answer, or had it already.');
    // An answer is looked at once, whatever comes of it.
    old.pending = null;
    const identity = await provider.finish(form.get('SAMLResponse') ?? '', pending.choices, pending.id);
    const notice = identity === null ? 'Nobody is signed in there, and nothing was to be asked.' : null;
    return go('/', renewSession(old, { identity, choices: pending.choices, notice }));
  },

  'POST /sign-out': async (old) => {
    const { identity = null, choices = null } = old ?? {};
    if (identity === null || choices === null) return go('/', renewSession(old, {}));
    const url = await provider.signOutUrl(identity, choices);
    // Our session is over at once, whatever becomes of the other one.
    return go(url, renewSession(old, { choices }));
  },

  // The LogoutResponse.
  'POST /logout': async (old, form) => {
    const isOver =
      old?.choices != null && (await provider.signedOut(form.get('SAMLResponse') ?? '', old.choices));
    const notice = isOver ? 'You signed out here and at the identity provider.' : 'You signed out here.';
    return go('/', renewSession(old, { notice }));
  },

  'GET /failure_to_proof': () => show(failureToProofPage),
  'GET /style.css': () => show(STYLE, 200, { 'content-type': 'text/css' }),

  'GET /api/health': async () => {
    const healthy = await provider.reachable();
    return Response.json({ healthy, issuer: issuer.href }, { status: healthy ? 200 : 503 });
  },
};

/** Forms of the identity provider's pages come to these two; all others are our own. */
const FROM_ELSEWHERE = new Set(['/acs', '/logout']);

/** The fields of a posted form; those of other sites and oversize ones are refused. */
async function readForm(request: IncomingMessage, path: string): Promise<URLSearchParams> {
  if (request.method !== 'POST') return new URLSearchParams();
  const from = request.headers.origin;
  const mayCome =
    from === undefined || from === origin || (FROM_ELSEWHERE.has(path) && from === issuer.origin);
  if (!mayCome) throw new Error('This form came from another site.');
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > MOST_FORM_BYTES) throw new Error('The form is too large.');
  }
  return new URLSearchParams(text);
}

/** Forms lead here and to the identity provider; nothing runs, nothing embeds us, nothing is cached. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${issuer.origin}; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

async function answer(request: IncomingMessage): Promise<Response> {
  try {
    const { pathname } = new URL(request.url ?? '/', origin);
    const route = routes[`${request.method} ${pathname}`];
    if (route === undefined) return show(errorPage('There is no such page.'), 404);
    return await route(findSession(request.headers.cookie), await readForm(request, pathname));
  } catch (failure) {
    return show(errorPage(describeFailure(failure)), 400);
  }
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = await answer(request);
  response.writeHead(reply.status, { ...HEADERS, ...Object.fromEntries(reply.headers) });
  response.end(await reply.text());
}

createServer((request, response) => void serve(request, response)).listen(settings.port, settings.host, () =>
  process.stdout.write(`Sample SAML app at ${origin}/ for ${issuer.href}\n`),
);
