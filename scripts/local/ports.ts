import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

const canListen = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/**
 * Whether nobody listens on a port of this machine, on IPv4 or IPv6: a stranger on `::1` would answer for
 * `localhost` as well. A machine without IPv6 counts as free there.
 */
export const isPortFree = async (port: number): Promise<boolean> =>
  (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));

/** Below the ports that systems give to whoever asks for any: what was free a moment ago stays so. */
const CHOICE = { from: 20_000, to: 29_000 } as const;

/** A free port; with `offsets`, one whose neighbours at these distances are free as well. */
export async function anyFreePort(offsets: readonly number[] = []): Promise<number> {
  for (;;) {
    const port = randomInt(CHOICE.from, CHOICE.to);
    const free = await Promise.all([0, ...offsets].map((offset) => isPortFree(port + offset)));
    if (!free.includes(false)) return port;
  }
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Waits until somebody listens on a port; false when `gone` says that nobody will, or after ten seconds. */
export async function waitUntilListening(port: number, gone: () => boolean): Promise<boolean> {
  const end = Date.now() + 10_000;
  while (!gone() && Date.now() < end) {
    if (await accepts(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
