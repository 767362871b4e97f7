/**
 * A relying party to learn from: it signs people in with Gatehouse over OpenID Connect, shows what it was told, keeps
 * its own session and signs out. Start it with `node server.ts`; README.md has the settings.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readChoices } from './choices.ts';
import { elsewherePage, errorPage, failureToProofPage, postPage, startPage } from './pages.ts';
import { connect, describeFailure, randomText } from './provider.ts';
import { findSession, renewSession, type Session, sessionCookie } from './sessions.ts';
import { readSettings } from './settings.ts';
import { STYLE } from './style.ts';

const MOST_FORM_BYTES = 16 * 1024;

const settings = await readSettings(process.env);
const { origin, issuer, key } = settings;
const provider = connect(settings);

const cookie = (session: Session): string => sessionCookie(session, origin.startsWith('https:'));
const show = (body: string, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });
const go = (location: string, session: Session): Response =>
  new Response(null, { status: 303, headers: { location, 'set-cookie': cookie(session) } });

type Route = (session: Session | null, url: URL, form: URLSearchParams) => Promise<Response> | Response;

const routes: Readonly<Record<string, Route>> = {
  'GET /': (session, url) => {
    const signedOut = session?.signingOut != null && url.searchParams.get('state') === session.signingOut;
    return show(startPage(session?.identity ?? null, issuer.href, key !== null, signedOut));
  },

  'POST /sign-in': async (old, _, form) => {
    const choices = readChoices(form);
    const { url, pending } = await provider.begin(choices);
    const session = old ?? renewSession(null, {});
    session.pending = pending;
    if (choices.method === 'GET') return go(url.href, session);
    return show(postPage(url), 200, { 'set-cookie': cookie(session) });
  },

  'GET /callback': async (old, url) => {
    const pending = old?.pending ?? null;
    if (old === null || pending === null || pending.state !== url.searchParams.get('state')) {
      return show(
        errorPage('unknown_state', 'This browser waits for no such answer, or had it already.'),
        400,
      );
    }
    // An answer is looked at once, whatever comes of it.
    old.pending = null;
    const session = renewSession(old, { identity: await provider.finish(url, pending) });
    const unregistered = `http://127.0.0.1:${settings.port}/elsewhere`;
    return go(pending.choices.leaveRegisteredHosts ? unregistered : '/', session);
  },

  'POST /sign-out': async (old) => {
    const state = randomText(32);
    const url = await provider.signOutUrl(old?.identity?.authentication ?? 'pkce', state);
    // Our session is over at once; ending the one at the identity provider is the person's choice there.
    return go(url.href, renewSession(old, { signingOut: state }));
  },

  'GET /failure_to_proof': () => show(failureToProofPage),
  'GET /elsewhere': () => show(elsewherePage),
  'GET /style.css': () => show(STYLE, 200, { 'content-type': 'text/css' }),

  'GET /api/health': async () => {
    const reachable = await provider.reachable();
    const discovery = { issuer: issuer.href, reachable };
    const body = { healthy: reachable, discovery, key: { sha256: key?.fingerprint ?? null } };
    return Response.json(body, { status: reachable ? 200 : 503 });
  },
};

/** The fields of a posted form; those of other sites and oversize ones are refused. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.method !== 'POST') return new URLSearchParams();
  const from = request.headers.origin;
  if (from !== undefined && from !== origin) throw new Error('This form came from another site.');
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
    const url = new URL(request.url ?? '/', origin);
    const route = routes[`${request.method} ${url.pathname}`];
    if (route === undefined) return show(errorPage('not_found', 'There is no such page.'), 404);
    return await route(findSession(request.headers.cookie), url, await readForm(request));
  } catch (failure) {
    const { error, description } = describeFailure(failure);
    return show(errorPage(error, description), 400);
  }
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = await answer(request);
  response.writeHead(reply.status, { ...HEADERS, ...Object.fromEntries(reply.headers) });
  response.end(await reply.text());
}

createServer((request, response) => void serve(request, response)).listen(settings.port, settings.host, () =>
  process.stdout.write(`Sample app at ${origin}/ for ${issuer.href}\n`),
);
