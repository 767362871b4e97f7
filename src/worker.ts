import { createApp, type GatehouseApp } from './app.ts';
import { Attempts } from './platform/objects/attempts.ts';
import { ReplayGuard } from './platform/objects/replay-guard.ts';
import { Session } from './platform/objects/session.ts';
import { StoredRequest } from './platform/objects/stored-request.ts';

export { Attempts, ReplayGuard, Session, StoredRequest };

/** One application per isolate and environment object: wiring costs nothing after the first request. */
let wired: { readonly env: Env; readonly app: GatehouseApp } | null = null;

function appFor(env: Env): GatehouseApp {
  if (wired?.env !== env) wired = { env, app: createApp(env) };
  return wired.app;
}

export default {
  fetch: (request: Request, env: Env, ctx: ExecutionContext) => appFor(env).fetch(request, ctx),
  scheduled: (controller: ScheduledController, env: Env) => appFor(env).scheduled(controller.scheduledTime),
} satisfies ExportedHandler<Env>;
