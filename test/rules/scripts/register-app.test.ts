import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { registerApp } from '../../../scripts/local/sample-apps.ts';
import { explainHealth, waitUntilHealthy } from '../../../scripts/local/wait-until-healthy.ts';

let server: Server | null = null;
afterEach(() => server?.close());

/** A server that answers each request from the queue and remembers what was asked. */
async function answering(...answers: readonly { status: number; body: unknown }[]) {
  const asked: string[] = [];
  const queue = [...answers];
  server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''} ${body}`.trim());
      const next = queue.length > 1 ? queue.shift() : queue[0];
      response.writeHead(next?.status ?? 500, { 'content-type': 'application/json' });
      response.end(JSON.stringify(next?.body));
    });
  });
  const started = server;
  await new Promise<void>((done) => started.listen(0, '127.0.0.1', done));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return { base: `http://127.0.0.1:${address.port}`, asked };
}

async function text(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const app = { issuer: 'urn:x:y', friendly_name: 'X' };

describe('registering a sample app', () => {
  it('creates it with the bearer token', async () => {
    const { base, asked } = await answering({ status: 201, body: { uuid: 'u' } });
    expect(await registerApp(base, 'secret', app)).toEqual({ issuer: 'urn:x:y', outcome: 'created' });
    expect(asked).toEqual([`POST /api/admin/v1/apps Bearer secret ${JSON.stringify(app)}`]);
  });

  it('leaves an equal registration alone', async () => {
    const { base, asked } = await answering(
      { status: 409, body: {} },
      { status: 200, body: { apps: [{ uuid: 'u', ...app }] } },
    );
    expect((await registerApp(base, 't', app)).outcome).toBe('unchanged');
    expect(asked[1]).toContain('GET /api/admin/v1/apps?issuer=urn%3Ax%3Ay');
  });

  it('brings a different one in line, without touching its issuer', async () => {
    const old = { uuid: 'u', etag: 'e1', issuer: 'urn:x:y', friendly_name: 'Old' };
    const { base, asked } = await answering(
      { status: 409, body: {} },
      { status: 200, body: [old] },
      { status: 200, body: {} },
    );
    expect((await registerApp(base, 't', app)).outcome).toBe('updated');
    expect(asked[2]).toBe('PATCH /api/admin/v1/apps/u Bearer t {"friendly_name":"X"}');
  });

  it('tells what the server said when it refuses', async () => {
    const { base } = await answering({ status: 422, body: { title: 'no' } });
    expect(await registerApp(base, 't', app)).toEqual({
      issuer: 'urn:x:y',
      outcome: 'refused',
      said: '422 {"title":"no"}',
    });
  });
});

describe('waiting for the Worker', () => {
  const limits = { startMilliseconds: 5000, answerMilliseconds: 200 };

  it('goes on at the first healthy answer', async () => {
    const { base } = await answering(
      { status: 503, body: { healthy: false } },
      { status: 200, body: { healthy: true } },
    );
    expect(await waitUntilHealthy(`${base}/api/health`, () => false, limits)).toEqual({ healthy: true });
  });

  it('does not take a 200 without the word for healthy', async () => {
    const { base } = await answering({ status: 200, body: { ok: 1 } });
    expect((await waitUntilHealthy(base, () => false, limits)).healthy).toBe(false);
  });

  it('KY-8: gives up on a Worker that refuses its keys, and repeats what it said', async () => {
    const { base } = await answering({
      status: 500,
      body: { healthy: false, why: 'local keys do not match .dev.vars' },
    });
    const health = await waitUntilHealthy(base, () => false, limits);
    expect(health).toEqual({ healthy: false, said: expect.stringContaining('local keys do not match') });
  });

  it('KY-8: says plainly that a world belongs to other secrets', () => {
    const said = '500 {"healthy":false,"statuses":{"database":{"healthy":true},"keys":{"healthy":false}}}';
    expect(explainHealth(said, '.wrangler/state')).toMatch(/\.wrangler\/state does not match \.dev\.vars/);
    expect(explainHealth('500 {"statuses":{"database":{"healthy":false}}}', 'x')).toContain('500');
    expect(explainHealth(null, 'x')).toContain('did not answer');
  });

  it('stops asking when the server has ended', async () => {
    expect(await waitUntilHealthy('http://127.0.0.1:9/', () => true, limits)).toEqual({
      healthy: false,
      said: null,
    });
  });
});
