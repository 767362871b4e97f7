import { randomBytes } from 'node:crypto';
import type { WebauthnCredential } from '../../../../src/factors/webauthn/model.ts';
import { readAssertion, readRegistration } from '../../../../src/factors/webauthn/read-response.ts';
import { relyingParty } from '../../../../src/factors/webauthn/relying-party.ts';
import {
  type AssertionExpectation,
  verifyAssertion,
} from '../../../../src/factors/webauthn/verify-assertion.ts';
import {
  type RegistrationExpectation,
  verifyRegistration,
} from '../../../../src/factors/webauthn/verify-registration.ts';
import {
  type CeremonyFields,
  SoftwareAuthenticator,
  type Twist,
} from '../../../support/software-authenticator.ts';

export const ORIGIN = 'https://idp.test';
export const NOW = Date.UTC(2026, 10, 22, 12);
const party = relyingParty(ORIGIN);

export const formOf = (fields: CeremonyFields): URLSearchParams => new URLSearchParams(fields);

/** Registers a credential of an authenticator under a fresh challenge, with what is to be different. */
export function register(
  authenticator: SoftwareAuthenticator,
  twist: Twist = {},
  expected: Partial<RegistrationExpectation> = {},
) {
  const challenge = randomBytes(32);
  const response = readRegistration(formOf(authenticator.register(challenge.toString('base64url'), twist)));
  if (response === null) throw new Error('the form was not read');
  return verifyRegistration(response, { party, challenge, userVerification: 'discouraged', ...expected });
}

/** A registered credential with its authenticator. */
export function registered(options: Partial<ConstructorParameters<typeof SoftwareAuthenticator>[0]> = {}) {
  const authenticator = new SoftwareAuthenticator({ origin: ORIGIN, ...options });
  const result = register(authenticator);
  if (!result.ok) throw new Error(`not registered: ${result.error.reason}`);
  return { authenticator, credential: result.value };
}

/** Uses a credential under a fresh challenge, with what is to be different. */
export function use(
  { authenticator, credential }: { authenticator: SoftwareAuthenticator; credential: WebauthnCredential },
  twist: Twist = {},
  expected: Partial<AssertionExpectation> = {},
) {
  const challenge = randomBytes(32);
  const response = readAssertion(formOf(authenticator.assert(challenge.toString('base64url'), twist)));
  if (response === null) throw new Error('the form was not read');
  return verifyAssertion(response, credential, {
    party,
    challenge,
    challengeAt: NOW,
    userVerification: 'discouraged',
    userHandle: '',
    handleRequired: false,
    now: NOW,
    ...expected,
  });
}
