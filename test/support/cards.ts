import { request } from 'node:https';
import {
  type CardAuthority,
  type Credential,
  openCardAuthority,
} from '../../scripts/local/card-authority.ts';
import { type CardServers, serveAuthority, serveCards } from '../../scripts/local/card-proxy.ts';
import type { Browser } from './browser.ts';
import { startWorker, type TestWorker } from './worker.ts';

const HOST = 'card.idp.test';
const SECRET = 'the-word-of-the-local-edge';

/** What presents a client certificate: a certificate, its key, and authorities to send along, in PEM. */
export type Presented = Pick<Credential, 'certificatePem' | 'keyPem'> & { readonly chainPem?: string };

/** The Worker with a host for cards: a real handshake at a local edge in front of it, a made-up government behind. */
export interface CardWorld {
  readonly worker: TestWorker;
  readonly authority: CardAuthority;
  /** Takes lists and answers of the authority off the net. */
  readonly silence: () => Promise<void>;
  /** Follows a browser to the host for cards with this card in the reader, and back. */
  readonly present: (browser: Browser, card: Presented | null) => Promise<void>;
  /** Where the host for cards sends a browser that asks for this address. */
  readonly visit: (
    url: URL,
    card: Presented | null,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<CardAnswer>;
  readonly close: () => Promise<void>;
}

export interface CardAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly cookies: readonly string[];
}

/** Starts all of it; `vars` go to the Worker. */
export async function startCardWorld(vars: Readonly<Record<string, string>> = {}): Promise<CardWorld> {
  let known: CardAuthority | null = null;
  let worker: TestWorker | null = null;
  const now = (): number => worker?.now() ?? Date.now();
  const lists: CardServers = await serveAuthority(() => {
    if (known === null) throw new Error('the authority is not there yet');
    return known;
  }, 0);
  const url = `http://127.0.0.1:${lists.port}`;
  const authority = await openCardAuthority(null, { url, host: HOST, now });
  known = authority;
  const started = await startWorker({ ...authority.variables(`*.${HOST}`, SECRET), ...vars });
  worker = started;
  const edge = await serveCards(authority, 0, SECRET, async ({ host, path, method, headers, cf }) => {
    const answer = await started.fetch(`https://${host}${path}`, {
      method,
      headers: { ...headers, 'mf-cf-blob': JSON.stringify(cf) },
    });
    const told = new Headers();
    answer.headers.forEach((value, name) => {
      told.append(name, value);
    });
    return { status: answer.status, headers: told, body: await answer.text() };
  });
  const visit: CardWorld['visit'] = (address, card, headers = {}) =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: edge.port,
          servername: address.hostname,
          path: address.pathname + address.search,
          headers: { host: address.host, ...headers },
          ca: authority.root.certificatePem,
          ...(card === null
            ? {}
            : {
                cert: card.certificatePem + (card.chainPem ?? authority.issuing.certificatePem),
                key: card.keyPem,
              }),
          agent: false,
        },
        (answer) => {
          answer.resume();
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              location: answer.headers.location ?? null,
              cookies: answer.headers['set-cookie'] ?? [],
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  return {
    worker: started,
    authority,
    visit,
    silence: () => lists.close(),
    async present(browser, card) {
      const { url: at } = browser.view;
      if (!at.hostname.endsWith(`.${HOST}`))
        throw new Error(`the browser is not asked for a card: ${at.href}`);
      const { status, location } = await visit(at, card);
      if (status !== 303 || location === null) throw new Error(`the host for cards answered ${status}`);
      const back = new URL(location);
      await browser.open(back.pathname + back.search);
    },
    async close() {
      await Promise.all([edge.close(), lists.close(), started.close()]);
    },
  };
}
