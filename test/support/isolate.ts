import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { createApp } from '../../src/app.ts';
import { ADMIN_TOKEN, ORIGIN, type Served } from './served.ts';
import { keepOutAnswer, keepOutRequest } from './traffic.ts';

/** The application in the isolate of the test itself, so that its stores and its log can be looked into. */
export function servedHere(env: Env): Served {
  const app = createApp(env);
  const fetch: Served['fetch'] = async (pathOrUrl, init = {}) => {
    const ctx = createExecutionContext();
    const url = pathOrUrl.startsWith('/') ? `${ORIGIN}${pathOrUrl}` : pathOrUrl;
    keepOutRequest(url, init.headers, init.body);
    const response = await app.fetch(new Request(url, { redirect: 'manual', ...init }), ctx);
    await waitOnExecutionContext(ctx);
    await keepOutAnswer(url, response);
    return response;
  };
  return {
    fetch,
    api: (method, path, body, headers) =>
      fetch(path, {
        method,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    now: () => Date.now(),
  };
}
