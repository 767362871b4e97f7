import type { AppEnv, RequestContext } from './http.ts';

/**
 * The context of a request that reaches its handler by one look-up instead of through the router: the requests of
 * every sign-in are few and their paths fixed, while choosing among all routes costs as much as a storage call.
 */
export function directContext(
  request: Request,
  url: string,
  variables: AppEnv['Variables'],
  notFound: (c: RequestContext) => Response,
): RequestContext {
  const { headers } = request;
  let query: URLSearchParams | null = null;
  const context: RequestContext = {
    get: (name) => variables[name],
    notFound: () => notFound(context),
    req: {
      raw: request,
      url,
      method: request.method,
      routePath: 'direct',
      header: (name) => headers.get(name) ?? undefined,
      query: (name) => {
        query ??= new URL(url).searchParams;
        return query.get(name) ?? undefined;
      },
      param: () => undefined,
      text: () => request.text(),
    },
  };
  return context;
}
