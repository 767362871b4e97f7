import type { Hono, MiddlewareHandler } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import type { SandboxPorts } from '../ports.ts';
import { accountsApi } from './accounts-api.ts';
import { PROBLEMS, refuse } from './api-body.ts';
import { clockApi } from './clock-api.ts';
import { messagesApi } from './messages-api.ts';

/**
 * The machine interface of test environments, mounted at `/api/sandbox/v1`: accounts, sent messages, the clock.
 * `admit` is the bearer check of the machine interfaces; nothing here runs before it.
 */
export function sandboxApi(ports: SandboxPorts, admit: MiddlewareHandler<AppEnv>): Hono<AppEnv> {
  const api = newRoutes();
  api.use('*', admit);
  api.route('/accounts', accountsApi(ports));
  api.route('/messages', messagesApi(ports.messages));
  api.route('/clock', clockApi(ports));
  api.all('*', (c) => refuse(c, PROBLEMS.notFound));
  return api;
}
