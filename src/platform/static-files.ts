/** Any host will do: the binding looks at the path only. */
const HOST = 'https://assets.local';

/** Reads our own static files by path (`/static/...`), those of the very deployment that asks. Rejects when it cannot. */
export const staticFiles =
  (assets: Fetcher) =>
  (path: string): Promise<Response> =>
    assets.fetch(`${HOST}${path}`);
