import { waitUntil } from 'cloudflare:workers';
import type { Hono } from 'hono';
import { isLive } from './apps/environment.ts';
import { readConfig } from './config.ts';
import { establish } from './edge.tsx';
import { answerCardHost } from './factors/endpoints/piv-host.ts';
import { houseRoutes } from './house-routes.ts';
import type { AppEnv } from './http.ts';
import { oidcDirect, oidcPublished } from './oidc/routes.tsx';
import { now } from './platform/clock.ts';
import { floodBrake } from './platform/flood-brake.ts';
import { samlDirect, samlDispatch, samlPublished } from './saml/routes.tsx';
import { wirePorts } from './wire-ports.ts';

export interface GatehouseApp {
  readonly fetch: (request: Request, ctx: ExecutionContext) => Response | Promise<Response>;
  readonly scheduled: (at: number) => Promise<void>;
}

/** The whole house: every room's routes over the wired ports. */
export function createApp(env: Env): GatehouseApp {
  const config = readConfig({ ...env });
  const ports = wirePorts(env, config, waitUntil);
  const { hall, oidc, saml, words, clock } = ports;
  const answerSaml = samlDispatch(saml);
  const direct = oidcDirect(oidc);
  // Made for the first request that needs it: a cold isolate answers what is asked most without.
  let house: Hono<AppEnv> | null = null;
  const atHouse: GatehouseApp['fetch'] = (request, ctx) => {
    house ??= houseRoutes(env, config, ports, { direct, answerSaml });
    return house.fetch(request, env, ctx);
  };

  // A laptop's movable clock has to be looked up first, so there every request takes the long way.
  const quick: Parameters<typeof establish.direct>[0] =
    clock === null
      ? {
          routes: new Map([...direct, ...samlDirect(answerSaml)]),
          published: new Map([...oidcPublished(oidc), ...samlPublished(saml)]),
        }
      : { routes: new Map(), published: new Map() };
  const answerDirectly = establish.direct(quick, hall, words, now);
  const answerCard =
    config.cards === null
      ? () => null
      : establish.cardHost(config.cards.host, answerCardHost(hall), hall, words, now, async () =>
          clock?.load(),
        );
  const answer: GatehouseApp['fetch'] = (request, ctx) =>
    answerCard(request) ?? answerDirectly(request) ?? atHouse(request, ctx);
  // On a laptop and in a sandbox everybody shares few addresses, and a partner's test suite signs in all day.
  const flooded = isLive(config.environment) ? establish.flooded(floodBrake(env.RL), hall, words, now) : null;
  return {
    fetch:
      flooded === null ? answer : async (request, ctx) => (await flooded(request)) ?? answer(request, ctx),
    scheduled: (at) => ports.jobs.run(at),
  };
}
