import { describe, expect, it } from 'vitest';
import { allowsRememberedDevice } from '../../../src/assurance/remembered-device.ts';
import { type AuthenticationMethod, FACTOR_KINDS, type FactorKind } from '../../../src/factors/model.ts';
import { toSignInRequest } from '../../../src/oidc/rules/to-sign-in-request.ts';
import { resolveAuthnContext } from '../../../src/saml/rules/authn-context.ts';
import { decideNextStep } from '../../../src/signin/decide-next-step.ts';
import type { SignInRequest } from '../../../src/signin/model.ts';
import { anApp, valid } from '../oidc/an-app.ts';
import { aSamlApp } from '../saml/a-request.ts';
import { aRequest, aSession, aSituation, SIGNED_IN_AT } from './a-situation.ts';

/*
 * Every set of factors a person may hold, at every AAL value, with every default an app may have, after every kind of
 * evidence a session may carry, through both doors. What is expected is written down here a second time, from the
 * words of the specification and not from the code (oidc ACR-4, ACR-8, MFA-1 to MFA-3; accounts AL-1 to AL-4, RD-4,
 * MC-2).
 */

const AUTH_ONLY = 'urn:acr.login.gov:auth-only';
const P = 'http://idmanagement.gov/ns/assurance';

type Demand = 'any' | 'aal2' | 'phishing-resistant' | 'card';

/** ACR-4: what each value demands. */
const DEMANDS: readonly (readonly [string | null, Demand | 'default'])[] = [
  [null, 'default'],
  ['urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo', 'any'],
  [`${P}/aal/2`, 'aal2'],
  [`${P}/aal/2?phishing_resistant=true`, 'phishing-resistant'],
  [`${P}/aal/3`, 'phishing-resistant'],
  [`${P}/aal/2?hspd12=true`, 'card'],
  [`${P}/aal/3?hspd12=true`, 'card'],
];

/** ACR-8: what an app's default demands of requests that name no value. */
const DEFAULTS: readonly (readonly [2 | 3 | null, Demand])[] = [
  [null, 'any'],
  [2, 'aal2'],
  [3, 'phishing-resistant'],
];

const QUALIFYING: Readonly<Record<Demand, readonly FactorKind[]>> = {
  any: FACTOR_KINDS,
  aal2: FACTOR_KINDS,
  'phishing-resistant': ['security_key', 'platform_passkey', 'piv'],
  card: ['piv'],
};

/** The authentication events using a factor of this kind leaves behind. */
const LEAVES: Readonly<Record<FactorKind, readonly AuthenticationMethod[]>> = {
  totp: ['totp'],
  backup_codes: ['backup_code'],
  phone: ['sms', 'voice'],
  security_key: ['security_key'],
  platform_passkey: ['platform_passkey'],
  piv: ['piv'],
  personal_key: ['personal_key'],
};

const SETS: readonly (readonly FactorKind[])[] = Array.from(
  { length: 2 ** FACTOR_KINDS.length - 1 },
  (_, n) => FACTOR_KINDS.filter((_kind, bit) => ((n + 1) >> bit) & 1),
);

type Evidence = 'password' | 'remembered' | FactorKind;
type Outcome =
  | { readonly kind: 'grant' }
  | { readonly kind: 'second-factor'; readonly allowed: readonly FactorKind[] }
  | { readonly kind: 'set-up-factor'; readonly allowed: readonly FactorKind[] | null };

/** What the specification says happens. `strictApp`: the app's own default is AAL2 or more (RD-4). */
function expected(
  held: readonly FactorKind[],
  evidence: Evidence,
  demand: Demand,
  strictApp: boolean,
): Outcome {
  const qualifying = QUALIFYING[demand];
  const used = evidence === 'password' || evidence === 'remembered' ? null : evidence;
  const stoodIn = evidence === 'remembered' && demand === 'any' && !strictApp;
  const satisfied = stoodIn || (used !== null && qualifying.includes(used));
  if (!satisfied) {
    const able = held.filter((kind) => qualifying.includes(kind));
    if (able.length > 0) return { kind: 'second-factor', allowed: able };
    if (used === null) return { kind: 'second-factor', allowed: held };
    return { kind: 'set-up-factor', allowed: qualifying };
  }
  // MC-2: face or touch unlock alone is not enough to go on with.
  return held.length === 1 && held[0] === 'platform_passkey'
    ? { kind: 'set-up-factor', allowed: null }
    : { kind: 'grant' };
}

/** The hall's question as each door puts it. */
const DOORS: Readonly<
  Record<'oidc' | 'saml', (value: string | null, fallback: 2 | 3 | null) => SignInRequest>
> = {
  oidc: (value, fallback) => {
    const acr_values = value === null ? AUTH_ONLY : `${value} ${AUTH_ONLY}`;
    return toSignInRequest(valid({ acr_values }, anApp({ default_aal: fallback })), null);
  },
  saml: (value, fallback) => {
    const app = aSamlApp({ default_aal: fallback });
    const context = resolveAuthnContext(app, value === null ? [AUTH_ONLY] : [AUTH_ONLY, value], 'exact');
    if (!context.ok) throw new Error(context.error);
    const { need } = context.value;
    return aRequest({ need, rememberedDeviceAllowed: allowsRememberedDevice(need, app) });
  },
};

/** Every way a session may look after this evidence; a factor may also have been used before a weaker one (MFA-3). */
function eventsAfter(evidence: Evidence): readonly (readonly AuthenticationMethod[])[] {
  if (evidence === 'password') return [['password']];
  if (evidence === 'remembered') return [['password', 'remember_device']];
  return LEAVES[evidence].flatMap((method): readonly (readonly AuthenticationMethod[])[] => [
    ['password', method],
    ['password', method, 'remember_device'],
    ['password', 'remember_device', method],
  ]);
}

for (const [door, ask] of Object.entries(DOORS)) {
  describe(`AL-1 to AL-4 every set of factors at the ${door} door`, () => {
    for (const [value, named] of DEMANDS) {
      for (const [fallback, byDefault] of DEFAULTS) {
        it(`with ${value ?? 'no AAL value'} and default_aal ${fallback ?? 'unset'}`, () => {
          const request = { ...ask(value, fallback), app: 'app-1', attributes: [], mayInteract: true };
          const demand = named === 'default' ? byDefault : named;
          let cases = 0;
          for (const held of SETS) {
            for (const evidence of ['password', 'remembered', ...held] as const) {
              const wanted = expected(held, evidence, demand, fallback !== null);
              for (const methods of eventsAfter(evidence)) {
                const events = methods.map((method, at) => ({ method, at: SIGNED_IN_AT + at }));
                const session = aSession({ events }, { methods: held });
                const where = `holding ${held.join(' ')}, after ${methods.join(' ')}`;
                expect(decideNextStep(aSituation({ request, session })), where).toEqual(wanted);
                cases += 1;
              }
            }
          }
          expect(cases).toBeGreaterThan(SETS.length * 2);
        });
      }
    }
  });
}

describe('AL-1 aal/1 at the saml door', () => {
  it('counts as a value: it overrides the default and asks for nothing extra', () => {
    expect(DOORS.saml(`${P}/aal/1`, 3).need.authentication).toBe('second-factor');
  });
});
