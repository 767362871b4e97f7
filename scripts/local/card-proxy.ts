import { constants } from 'node:crypto';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer } from 'node:https';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { CardAuthority } from './card-authority.ts';

/** Passes a request on to the Worker. `cf` is what the edge would have said about its connection. */
export type PassOn = (request: {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cf: object;
}) => Promise<{ readonly status: number; readonly headers: Headers; readonly body: string }>;

const fieldOf = (der: Uint8Array): string => `:${Buffer.from(der).toString('base64')}:`;

/** The authorities a client sent along with its certificate, nearest first. */
function broughtBy(peer: DetailedPeerCertificate): readonly Buffer[] {
  const found: Buffer[] = [];
  const seen = new Set([peer.fingerprint256]);
  let next: DetailedPeerCertificate | undefined = peer.issuerCertificate;
  while (next?.raw !== undefined && !seen.has(next.fingerprint256) && found.length < 6) {
    seen.add(next.fingerprint256);
    found.push(next.raw);
    next = next.issuerCertificate;
  }
  return found;
}

/**
 * What Cloudflare says about the certificate of a connection (`request.cf.tlsClientAuth`), from Node's own TLS: whether
 * one was presented, whether it leads to an authority this host was told about, and the certificates themselves.
 */
export function tlsClientAuth(socket: TLSSocket): Readonly<Record<string, string | boolean>> {
  const peer = socket.getPeerCertificate(true);
  if (peer?.raw === undefined) {
    return {
      certPresented: '0',
      certVerified: 'NONE',
      certRevoked: '0',
      certRFC9440: '',
      certChainRFC9440: '',
    };
  }
  const error = String(socket.authorizationError ?? '');
  return {
    certPresented: '1',
    certVerified: socket.authorized ? 'SUCCESS' : `FAILED:${error}`,
    certRevoked: '0',
    certFingerprintSHA256: peer.fingerprint256.replaceAll(':', '').toLowerCase(),
    certNotBefore: peer.valid_from,
    certNotAfter: peer.valid_to,
    certRFC9440: fieldOf(peer.raw),
    certRFC9440TooLarge: false,
    certChainRFC9440: broughtBy(peer).map(fieldOf).join(', '),
    certChainRFC9440TooLarge: false,
  };
}

/** Servers of the local card world. Port 0 takes any free one. */
export interface CardServers {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const listening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
const closing = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });

/** Serves the authority's lists and answers over plain http on this machine. */
export async function serveAuthority(authority: () => CardAuthority, port: number): Promise<CardServers> {
  const server = createHttpServer((request, response) => {
    answerAuthority(authority(), request, response).catch(() => response.writeHead(500).end());
  });
  return { port: await listening(server, port), close: () => closing(server) };
}

async function answerAuthority(
  authority: CardAuthority,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const answers: Readonly<Record<string, () => Promise<Uint8Array | null>>> = {
    '/root.crl': authority.rootList,
    '/cards.crl': authority.list,
    '/ocsp': () => authority.answer(Buffer.concat(parts)),
  };
  const bytes = await answers[request.url ?? '']?.();
  if (bytes) response.writeHead(200).end(bytes);
  else response.writeHead(404).end();
}

/**
 * The edge of a laptop: ends TLS, asks for a client certificate without insisting on one, and passes requests on
 * together with what Cloudflare would say about it. Nothing that a client sends can take the place of that word.
 */
export async function serveCards(
  authority: CardAuthority,
  port: number,
  proxySecret: string,
  passOn: PassOn,
): Promise<CardServers> {
  const server = createServer(
    {
      cert: authority.server.certificatePem,
      key: authority.server.keyPem,
      ca: [authority.root.certificatePem, authority.issuing.certificatePem],
      requestCert: true,
      rejectUnauthorized: false,
      // A resumed session would keep the certificate of an earlier choice.
      secureOptions: constants.SSL_OP_NO_TICKET,
    },
    (request, response) => {
      forward(request, response, proxySecret, passOn).catch(() => response.writeHead(502).end());
    },
  );
  return { port: await listening(server, port), close: () => closing(server) };
}

/** Headers that would be believed if they came from outside: what the edge and the local runtime say of themselves. */
const RESERVED = /^(?:cf-|mf-|x-mf-|client-cert|connection$|host$|content-length$|transfer-encoding$)/;

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  proxySecret: string,
  passOn: PassOn,
): Promise<void> {
  const { socket } = request;
  if (!(socket instanceof TLSSocket)) throw new Error('this server speaks TLS only');
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      RESERVED.test(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
  const answer = await passOn({
    host: request.headers.host ?? '',
    path: request.url ?? '/',
    method: request.method ?? 'GET',
    headers,
    cf: { tlsClientAuth: tlsClientAuth(socket), cardProxy: proxySecret },
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
}
