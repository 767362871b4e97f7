import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AppEnv } from '../../http.ts';
import { equalSecrets, sha256 } from '../../kernel/crypto.ts';
import { type Problem, type ProblemField, problemResponse } from '../../kernel/problem.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

type ApiContext = Context<AppEnv>;
type Kind = Pick<Problem, 'status' | 'title' | 'id'>;

/** The problems every machine interface of ours knows; ids are stable (portal-and-operations M4). */
export const PROBLEMS = {
  unreadable: { status: 400, id: 'unreadable-body', title: 'The body cannot be read.' },
  badQuery: { status: 400, id: 'bad-query', title: 'A query parameter is not possible.' },
  badKey: { status: 400, id: 'bad-idempotency-key', title: 'The idempotency key is not possible.' },
  unauthorized: { status: 401, id: 'unauthorized', title: 'A valid bearer token is required.' },
  notFound: { status: 404, id: 'not-found', title: 'There is nothing here.' },
  taken: { status: 409, id: 'issuer-taken', title: 'The issuer belongs to another app.' },
  running: { status: 409, id: 'request-running', title: 'A request with this key is still running.' },
  stale: { status: 412, id: 'stale', title: 'It was changed by somebody else meanwhile.' },
  tooLarge: { status: 413, id: 'too-large', title: 'The body is too large.' },
  wrongType: { status: 415, id: 'wrong-type', title: 'This media type is not understood here.' },
  keyReused: { status: 422, id: 'idempotency-key-reused', title: 'The key belongs to another request.' },
  invalid: { status: 422, id: 'invalid-fields', title: 'Some fields are not possible.' },
} as const satisfies Record<string, Kind>;

/** Answers with a problem; `errors` says which fields. */
export const refuse = (
  c: ApiContext,
  kind: Kind,
  more: Pick<Problem, 'detail' | 'errors' | 'headers'> = {},
): Response => problemResponse({ ...kind, ...more, requestId: c.get('requestId') });

/** 422 with the fields at fault. */
export const refuseFields = (c: ApiContext, errors: readonly ProblemField[]): Response =>
  refuse(c, PROBLEMS.invalid, { errors });

/**
 * Admits bearers of one token (RFC 6750 sections 2.1 and 3). Digests are compared, so neither content nor length of
 * the token shows in the time; an empty token admits nobody. Answers are never cached.
 */
export const requireBearer =
  (token: string): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const given = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    if (token === '' || given === undefined || !equalSecrets(sha256(given), sha256(token))) {
      const error = given === undefined ? '' : ', error="invalid_token"';
      return refuse(c, PROBLEMS.unauthorized, {
        headers: { 'WWW-Authenticate': `Bearer realm="api"${error}` },
      });
    }
    await next();
    c.res.headers.set('Cache-Control', 'no-store');
    return undefined;
  };

/** Refuses bodies over `maxBytes`, declared or streamed. */
export const limitBody = (maxBytes: number): MiddlewareHandler<AppEnv> =>
  bodyLimit({
    maxSize: maxBytes,
    onError: (c) => problemResponse({ ...PROBLEMS.tooLarge, requestId: c.get('requestId') }),
  });

const isJson = (type: string): boolean => /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);

/** The JSON body of a request, or the refusal to answer with: 415 for another type, 400 for text that is not JSON. */
export async function readJson(c: ApiContext): Promise<Result<unknown, Response>> {
  if (!isJson(c.req.header('Content-Type') ?? '')) return err(refuse(c, PROBLEMS.wrongType));
  const text = await c.req.text();
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch {
    return err(refuse(c, PROBLEMS.unreadable, { detail: 'The body is not JSON.' }));
  }
}

/** Announces the next page of a list (RFC 8288 `Link` with `rel="next"`): the same question from `cursor` on. */
export function linkNext(c: ApiContext, cursor: string | null): void {
  if (cursor === null) return;
  const url = new URL(c.req.url);
  url.searchParams.set('cursor', cursor);
  c.header('Link', `<${url.pathname}${url.search}>; rel="next"`);
}
