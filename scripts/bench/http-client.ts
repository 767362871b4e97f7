import { Agent, request as httpRequest } from 'node:http';
import { Stop } from '../support/stop.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

export interface Ask {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpClient {
  readonly base: string;
  readonly ask: (what: Ask) => Promise<Answer>;
  readonly close: () => void;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
const PATIENCE_MS = 30_000;

/** A client for one server on this machine; any other address is refused: this program makes load. */
export function httpClient(base: string, connections: number): HttpClient {
  const url = new URL(base);
  if (url.protocol !== 'http:' || !LOOPBACK.has(url.hostname))
    throw new Stop(`${base} is not on this machine`);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  const { hostname, port } = url;
  const once = ({ method = 'GET', path, headers = {}, body }: Ask): Promise<Answer | 'stale'> =>
    new Promise((resolve, reject) => {
      const length: Record<string, string> =
        body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const options = {
        agent,
        hostname,
        port,
        method,
        path,
        headers: { ...headers, ...length },
        timeout: PATIENCE_MS,
      };
      const sent = httpRequest(options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.on('error', reject);
      });
      sent.on('timeout', () => sent.destroy(new Error(`${path} was not answered within ${PATIENCE_MS} ms`)));
      sent.on('error', (error) => {
        const reset = 'code' in error && error.code === 'ECONNRESET';
        if (sent.reusedSocket && reset) resolve('stale');
        else reject(error);
      });
      sent.end(body);
    });
  /** The server may close a connection that idled just when it is used again: the request never arrived. */
  const ask = async (what: Ask): Promise<Answer> => {
    for (;;) {
      const answer = await once(what);
      if (answer !== 'stale') return answer;
    }
  };
  return { base: url.origin, ask, close: () => agent.destroy() };
}

/** One header of an answer; the first of several. */
export const headerOf = (answer: Answer, name: string): string | null => {
  const value = answer.headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? null);
};
