import type { RefusalReason } from '../../signin/model.ts';
import type { Message } from '../rules/messages.ts';
import type { TrustedReturn } from '../rules/trusted-return.ts';
import { addQuery } from './add-query.ts';

/**
 * OIDC Core section 3.1.2.6 for requests that forbid interaction; `access_denied` is the person's own choice (ERR-3).
 * Old relying parties know only `invalid_request` and `access_denied` (ERR-2), and meet the others only after asking
 * for `prompt=none`.
 */
const ERRORS: Readonly<Record<RefusalReason, string>> = {
  cancelled: 'access_denied',
  login: 'login_required',
  interaction: 'interaction_required',
  consent: 'consent_required',
};

/** ERR-8, RFC 9207 section 2: where to send the browser with its code. `issuer` is the discovery value. */
export const encodeAuthorizationSuccess = (to: TrustedReturn, code: string, issuer: string): string =>
  addQuery(
    to.redirectUri,
    to.iss
      ? [
          ['code', code],
          ['iss', issuer],
          ['state', to.state],
        ]
      : [
          ['code', code],
          ['state', to.state],
        ],
  );

/** ERR-2: every message, joined by a space. `state` is always there, empty when none was sent (FLR-9). */
export const encodeInvalidRequest = (
  to: TrustedReturn,
  messages: readonly Message[],
  issuer: string,
): string => encodeError(to, 'invalid_request', messages.map(({ text }) => text).join(' '), issuer);

/** The hall's refusal, without a description (ERR-3). */
export const encodeAuthorizationRefusal = (
  to: TrustedReturn,
  reason: RefusalReason,
  issuer: string,
): string => encodeError(to, ERRORS[reason], null, issuer);

function encodeError(to: TrustedReturn, error: string, description: string | null, issuer: string): string {
  const added: [string, string][] = [['error', error]];
  if (description !== null) added.push(['error_description', description]);
  if (to.iss) added.push(['iss', issuer]);
  added.push(['state', to.state]);
  return addQuery(to.redirectUri, added);
}
