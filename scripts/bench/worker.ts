/**
 * Gatehouse as the bench serves it: the Worker of src/, with every storage binding counted and the counts published
 * at `/bench/ops`. Nothing of this is in a deployed build.
 */
import { createApp, type GatehouseApp } from '../../src/app.ts';
import { Attempts as PlainAttempts } from '../../src/platform/objects/attempts.ts';
import { ReplayGuard as PlainReplayGuard } from '../../src/platform/objects/replay-guard.ts';
import { Session as PlainSession } from '../../src/platform/objects/session.ts';
import { StoredRequest as PlainStoredRequest } from '../../src/platform/objects/stored-request.ts';
import { countCommits, countEnv, noOps } from '../../test/support/counting.ts';

/** Worker and objects share one isolate here, so one counter serves them all. */
export const ops = noOps();

/** Counting costs a few microseconds a call; a run that compares CPU leaves it out. */
const counts = (env: Env): boolean => !('UNCOUNTED' in env);

export class Session extends PlainSession {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (counts(env)) this.ctx = countCommits(this.ctx, ops);
  }
}
export class StoredRequest extends PlainStoredRequest {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (counts(env)) this.ctx = countCommits(this.ctx, ops);
  }
}
export class Attempts extends PlainAttempts {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (counts(env)) this.ctx = countCommits(this.ctx, ops);
  }
}
export class ReplayGuard extends PlainReplayGuard {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (counts(env)) this.ctx = countCommits(this.ctx, ops);
  }
}

/** Whether the world is furnished: tables made, apps registered. */
let ready = false;

let wired: { readonly env: Env; readonly app: GatehouseApp } | null = null;

function appFor(env: Env): GatehouseApp {
  if (wired?.env !== env) wired = { env, app: createApp(counts(env) ? countEnv(env, ops) : env) };
  return wired.app;
}

/** Runs statements of the migrations: the bench has no other way into a database of the bare runtime. */
async function migrate(request: Request, env: Env): Promise<Response> {
  const statements: unknown = await request.json();
  if (!Array.isArray(statements)) return new Response(null, { status: 400 });
  await env.DB.batch(statements.map((text: unknown) => env.DB.prepare(String(text))));
  return new Response(null, { status: 204 });
}

export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    const at = request.url.indexOf('/bench/', 8);
    if (at !== -1) {
      const path = request.url.slice(at);
      if (path === '/bench/ops') return Response.json(ops);
      if (path === '/bench/empty') return new Response('{}');
      if (path === '/bench/migrate' && request.method === 'POST') return migrate(request, env);
      if (path === '/bench/ready' && request.method === 'POST') ready = true;
      if (path === '/bench/ready') return new Response(null, { status: ready ? 204 : 503 });
    }
    return appFor(env).fetch(request, ctx);
  },
} satisfies ExportedHandler<Env>;
