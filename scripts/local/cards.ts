import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type CardAuthority, openCardAuthority } from './card-authority.ts';
import { type CardServers, serveAuthority, serveCards } from './card-proxy.ts';
import { CARD_LISTS_OFFSET, CARD_OFFSET } from './options.ts';
import { passToWorker } from './pass-to-worker.ts';
import { isPortFree } from './ports.ts';

/**
 * By number, which every program finds without a resolver, and one for all visits: browsers ask about its home-made
 * certificate once.
 */
const HOST = '127.0.0.1';

/** Where the authority of a world is kept. Its certificates name the port of its lists, so each port has its own. */
export const cardFolder = (state: string, port: number): string => join(state, 'cards', String(port));

/** Opens the authority of a world that listens on this port; it is made at the first call. */
export const localCardAuthority = (state: string, port: number): Promise<CardAuthority> =>
  openCardAuthority(cardFolder(state, port), {
    url: `http://127.0.0.1:${port + CARD_LISTS_OFFSET}`,
    host: HOST,
    now: Date.now,
  });

export interface LocalCards {
  /** What the Worker has to be told. */
  readonly variables: Readonly<Record<string, string>>;
  /** For people: where cards are presented and how to get one. */
  readonly place: string;
  readonly close: () => Promise<void>;
}

/** Starts the host for cards of a laptop and the authority's lists; null when a port is taken. */
export async function openLocalCards(state: string, port: number): Promise<LocalCards | null> {
  const [hostPort, listPort] = [port + CARD_OFFSET, port + CARD_LISTS_OFFSET];
  if (!(await isPortFree(hostPort)) || !(await isPortFree(listPort))) return null;
  const authority = await localCardAuthority(state, port);
  // Known to the proxy and its Worker alone, and new at each start.
  const secret = randomBytes(24).toString('base64url');
  const servers: readonly CardServers[] = [
    await serveAuthority(() => authority, listPort),
    await serveCards(authority, hostPort, secret, passToWorker(port)),
  ];
  return {
    variables: authority.variables(`${HOST}:${hostPort}`, secret),
    place: `https://${HOST}:${hostPort} (cards: node scripts/cards.ts)`,
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
