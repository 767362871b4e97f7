import type { Locale } from './locale.ts';
import type { EpochMs } from './time.ts';

/** What middleware has established before any handler runs. */
export interface AppEnv {
  Variables: {
    requestId: string;
    now: EpochMs;
    locale: Locale;
    /** The locale segment of the path, when it had one. */
    localeInPath: Locale | undefined;
    /** Path without its locale segment. */
    path: string;
    nonce: string;
  };
}

/**
 * What handlers see of a request: the part of the router's context they use, so that requests that need no router can
 * do without one.
 */
export interface RequestContext {
  get<Name extends keyof AppEnv['Variables']>(name: Name): AppEnv['Variables'][Name];
  notFound(): Response | Promise<Response>;
  readonly req: {
    readonly raw: Request;
    readonly url: string;
    readonly method: string;
    readonly routePath: string;
    header(name: string): string | undefined;
    /** The first value of a query parameter. */
    query(name: string): string | undefined;
    param(name: string): string | undefined;
    text(): Promise<string>;
  };
}
