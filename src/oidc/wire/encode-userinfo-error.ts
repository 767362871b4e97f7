import { documentationSentence } from '../rules/messages.ts';
import type { UserinfoRefusal } from '../rules/read-bearer.ts';
import type { WireError } from './encode-token-error.ts';

const SENTENCES: Readonly<Record<UserinfoRefusal, string>> = {
  'no-auth-header': 'No Authorization header provided.',
  'malformed-auth-header': 'Malformed Authorization header.',
  'auth-header-contents-not-found':
    'Could not find authorization for the contents of the provided access_token or it may have expired.',
};

/** RFC 6750 section 3: no error code when no authentication was tried. */
const CHALLENGES: Readonly<Record<UserinfoRefusal, string>> = {
  'no-auth-header': 'Bearer realm="userinfo"',
  'malformed-auth-header': 'Bearer realm="userinfo", error="invalid_request"',
  'auth-header-contents-not-found': 'Bearer realm="userinfo", error="invalid_token"',
};

/** UIN-3: always 401, the sentence in `error`, and the challenge RFC 6750 asks for. */
export const encodeUserinfoError = (refusal: UserinfoRefusal, docsUrl: string): WireError => ({
  status: 401,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'www-authenticate': CHALLENGES[refusal],
  },
  body: JSON.stringify({ error: `${SENTENCES[refusal]} ${documentationSentence(docsUrl, refusal)}` }),
});
