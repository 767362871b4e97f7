import type { AppContext } from '../../signin/endpoints/visit.tsx';
import type { OidcPorts } from '../ports.ts';
import { readBearer, type UserinfoRefusal } from '../rules/read-bearer.ts';
import { userinfoClaims } from '../rules/userinfo.ts';
import { encodeUserinfoError } from '../wire/encode-userinfo-error.ts';
import { readPayload } from './door.ts';
import { releaseFacts } from './release.ts';
import { slowDown } from './slow-down.ts';

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  pragma: 'no-cache',
} as const;

/** OIDC Core section 5.3, oidc section 7: GET and POST, the token in the Authorization header only. One session call. */
export function userinfo(ports: OidcPorts): (c: AppContext) => Promise<Response> {
  const refuse = (refusal: UserinfoRefusal): Response => {
    const { status, headers, body } = encodeUserinfoError(refusal, ports.docsUrl);
    return new Response(body, { status, headers });
  };
  return async (c) => {
    const bearer = readBearer(c.req.header('authorization') ?? null);
    if (!bearer.ok) return refuse(bearer.error);
    const opened = await ports.hall.sessions.userinfo(bearer.value, c.get('now'));
    const slowed = slowDown(c, ports, opened?.release.app ?? null);
    if (slowed !== null) return slowed;
    if (opened === null) return refuse('auth-header-contents-not-found');
    // O29: an app that was switched off gets nothing more; at most 30 s old, from isolate memory.
    const app = await ports.findApp(opened.release.app);
    if (app === null || !app.active) return refuse('auth-header-contents-not-found');
    const payload = readPayload(opened.release.payload);
    return new Response(JSON.stringify(userinfoClaims(await releaseFacts(opened, payload, ports))), {
      headers: HEADERS,
    });
  };
}
