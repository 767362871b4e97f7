import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { securityHeaders } from '../../../src/ui/index.ts';
import { watchContext } from '../support/watch-context.ts';
import { gallery, NONCE } from './gallery.tsx';

const assets = resolve(import.meta.dirname, '../../../dist/assets');

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.woff2': 'font/woff2',
};

const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#b3501f"/></svg>';

/** What the session endpoint of the site answers and what it was asked. */
export type SessionDouble = { live: boolean; endsAt: number; asked: string[]; csrf: string | undefined };

/** The example pages on a free port, with the real assets and headers and a session endpoint that does as told. */
export const serveGallery = async (): Promise<{
  origin: string;
  session: SessionDouble;
  close: () => void;
}> => {
  if (!existsSync(join(assets, '_headers'))) throw new Error('dist/assets is missing: run `npm run build`');
  const session: SessionDouble = { live: true, endsAt: 0, asked: [], csrf: undefined };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gallery.test');
    const page = gallery[pathname];
    const file = join(assets, pathname);
    if (pathname === '/api/internal/sessions') {
      session.asked.push(request.method ?? '');
      if (request.method === 'PUT') {
        session.csrf = request.headers['x-csrf-token']?.toString();
        session.endsAt = Date.now() + 900_000;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ live: session.live, timeout: new Date(session.endsAt).toISOString() }));
    } else if (pathname === '/post') {
      // Slow enough for a second click.
      setTimeout(
        () => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>done</title>'),
        1000,
      );
    } else if (pathname === '/logo.svg') {
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(logo);
    } else if (page !== undefined) {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        ...securityHeaders({ nonce: NONCE }),
      });
      response.end(page);
    } else if (pathname.startsWith('/static/') && existsSync(file)) {
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
      response.end(readFileSync(file));
    } else {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, session, close: () => server.close() };
};

/** A Chromium of its own, with a fresh profile; `CHROMIUM` names another binary. */
export const openBrowser = async (
  options: { javaScriptEnabled?: boolean } = {},
): Promise<{ context: BrowserContext; close: () => Promise<void> }> => {
  const profile = mkdtempSync(join(tmpdir(), 'gatehouse-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    ...options,
  });
  watchContext(context);
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
};
