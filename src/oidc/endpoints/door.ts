import type { App } from '../../apps/model.ts';
import type { Door, ToEncode } from '../../signin/ports.ts';
import type { AcrAnswer, ValidAuthorizationRequest } from '../rules/check-authorization-request.ts';
import type { Scope } from '../rules/scopes.ts';
import { redemptionConditions } from '../rules/token-request.ts';
import { checkReturn } from '../rules/trusted-return.ts';
import { encodeAuthorizationRefusal, encodeAuthorizationSuccess } from '../wire/encode-authorization.ts';

/** What this door needs to answer later. The hall stores it unread. */
export interface Slip {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly scopes: readonly Scope[];
  readonly acr: AcrAnswer;
  readonly codeChallenge: string | null;
  /** AUT-16; absent where none was sent. */
  readonly tag?: string;
}

/** What a code and its access token hold: enough to answer without the app's registration. */
export interface GrantPayload {
  readonly clientId: string;
  readonly nonce: string;
  readonly scopes: readonly Scope[];
  readonly acr: AcrAnswer;
  readonly appIal: 1 | 2;
  readonly slim: boolean;
  readonly legacyErrors: boolean;
}

/** The slip of a checked request. */
export const writeSlip = (valid: ValidAuthorizationRequest): string => {
  const slip: Slip = {
    redirectUri: valid.return.redirectUri,
    state: valid.return.state,
    nonce: valid.nonce,
    scopes: valid.scopes,
    acr: valid.acr,
    codeChallenge: valid.codeChallenge,
    ...(valid.tag === null ? {} : { tag: valid.tag }),
  };
  return JSON.stringify(slip);
};

// Slips and payloads are written by this file alone and kept where nobody else writes.
export function readSlip(text: string): Slip {
  if (lastSlip?.text !== text) lastSlip = { text, slip: JSON.parse(text) as Slip };
  return lastSlip.slip;
}
/** A request that is answered at once reads its slip twice. */
let lastSlip: { readonly text: string; readonly slip: Slip } | null = null;

export const readPayload = (text: string): GrantPayload => JSON.parse(text) as GrantPayload;

/** The OpenID Connect door. */
export const oidcDoor = (issuer: string): Door => ({
  prepareCode(stored, app) {
    const slip = readSlip(stored.slip);
    const payload: GrantPayload = {
      clientId: app.issuer,
      nonce: slip.nonce,
      scopes: slip.scopes,
      acr: slip.acr,
      appIal: app.ial,
      slim: app.slim_id_token,
      legacyErrors: app.legacy_token_errors,
    };
    return { payload: JSON.stringify(payload), conditions: redemptionConditions(app, slip.codeChallenge) };
  },
  answersToDevice: (stored) => !/^https?:/i.test(readSlip(stored.slip).redirectUri),
  async encode({ stored, app, answer }: ToEncode) {
    // Registrations change while a person signs in: the return address is trusted anew (RED-1).
    const target = location(
      app,
      readSlip(stored.slip),
      issuer,
      answerFor(stored.request.subjectHint, answer),
    );
    return target === null
      ? null
      : new Response(null, {
          status: 302,
          headers: { location: target, 'cache-control': 'no-store', pragma: 'no-cache' },
        });
  },
});

/** OIDC Core section 3.1.2.1: a hint that names one person is never answered with another, whoever signed in meanwhile. */
const answerFor = (subjectHint: string | null, answer: ToEncode['answer']): ToEncode['answer'] =>
  answer.kind === 'granted' && subjectHint !== null && answer.granted.facts.subject !== subjectHint
    ? { kind: 'refused', reason: 'login' }
    : answer;

function location(app: App, slip: Slip, issuer: string, answer: ToEncode['answer']): string | null {
  const to = checkReturn(app, slip.redirectUri, slip.state);
  if (!to.ok) return null;
  if (answer.kind === 'refused') return encodeAuthorizationRefusal(to.value, answer.reason, issuer);
  return answer.granted.code === null
    ? null
    : encodeAuthorizationSuccess(to.value, answer.granted.code, issuer);
}
