import { request } from 'node:http';
import type { PassOn } from './card-proxy.ts';

/** Passes requests to `wrangler dev` on this port; the local runtime takes `request.cf` from this header (and no cloud does). */
export const passToWorker =
  (port: number): PassOn =>
  ({ host, path, method, headers, cf }) =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method,
          headers: { ...headers, host, 'accept-encoding': 'identity', 'mf-cf-blob': JSON.stringify(cf) },
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            const told = new Headers();
            for (const [name, value] of Object.entries(answer.headers)) {
              if (value !== undefined && !/^(?:connection|transfer-encoding|keep-alive)$/.test(name))
                told.set(name, String(value));
            }
            resolve({
              status: answer.statusCode ?? 502,
              headers: told,
              body: Buffer.concat(parts).toString('utf8'),
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end();
    });
