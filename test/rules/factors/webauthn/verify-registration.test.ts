import { describe, expect, it } from 'vitest';
import { readRegistration } from '../../../../src/factors/webauthn/read-response.ts';
import { relyingParty } from '../../../../src/factors/webauthn/relying-party.ts';
import { verifyRegistration } from '../../../../src/factors/webauthn/verify-registration.ts';
import {
  type Cbor,
  encodeCbor,
  FLAGS,
  SoftwareAuthenticator,
} from '../../../support/software-authenticator.ts';
import { ORIGIN, register, registered } from './ceremonies.ts';
import { hex, vector } from './vectors.ts';

const fresh = (): SoftwareAuthenticator => new SoftwareAuthenticator({ origin: ORIGIN });
const reasonOf = (result: ReturnType<typeof register>): string => (result.ok ? 'taken' : result.error.reason);

describe('WebAuthn Level 3 test vectors: registration', () => {
  it('takes the ES256 credential without attestation', () => {
    const { registration, rp_id, origin } = vector('none-es256');
    const result = verifyRegistration(
      {
        clientData: hex(registration.client_data_json),
        attestationObject: hex(registration.attestation_object),
        transports: [],
      },
      {
        party: { id: rp_id, origin },
        challenge: hex(registration.challenge),
        userVerification: 'discouraged',
      },
    );
    expect(result).toMatchObject({
      ok: true,
      value: {
        id: Buffer.from(registration.credential_id, 'hex').toString('base64url'),
        aaguid: Buffer.from(registration.aaguid, 'hex').toString('base64url'),
        signCount: 0,
        backupEligible: true,
        backedUp: true,
        userVerified: false,
      },
    });
  });
});

describe('WebAuthn section 7.1, WA-1, WA-4 registering', () => {
  it('keeps id, key, transports, counter and flags', () => {
    const authenticator = new SoftwareAuthenticator({
      origin: ORIGIN,
      transports: 'internal,hybrid,telepathy',
      flags: FLAGS.present | FLAGS.verified | FLAGS.eligible,
    });
    authenticator.signCount = 7;
    expect(register(authenticator)).toMatchObject({
      ok: true,
      value: {
        id: authenticator.id.toString('base64url'),
        publicKey: authenticator.publicKey().toString('base64url'),
        transports: ['hybrid', 'internal'],
        signCount: 7,
        userVerified: true,
        backupEligible: true,
        backedUp: false,
        lastChallengeAt: null,
        counterFellAt: null,
      },
    });
  });

  it.each([
    ['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }, 'wrong_challenge'],
    ['another origin', { origin: 'https://idp.test.evil.example' }, 'wrong_origin'],
    ['our host on another port', { origin: 'https://idp.test:8443' }, 'wrong_origin'],
    ['plain http', { origin: 'http://idp.test' }, 'wrong_origin'],
    ['a foreign frame', { crossOrigin: true }, 'wrong_origin'],
    ['a foreign top window', { topOrigin: 'https://evil.example' }, 'wrong_origin'],
    ['a sign-in answer', { type: 'webauthn.get' }, 'wrong_type'],
    ['another relying party', { rpId: 'evil.example' }, 'wrong_relying_party'],
    ['nobody present', { flags: FLAGS.verified }, 'user_not_present'],
    [
      'backed up without being eligible',
      { flags: FLAGS.present | FLAGS.backedUp },
      'malformed_authenticator_data',
    ],
  ] as const)('refuses %s', (_what, twist, reason) => {
    expect(reasonOf(register(fresh(), twist))).toBe(reason);
  });

  it('asks a face or a finger for verification, a security key not', () => {
    const unverified = { flags: FLAGS.present };
    expect(reasonOf(register(fresh(), unverified, { userVerification: 'required' }))).toBe(
      'user_not_verified',
    );
    expect(reasonOf(register(fresh(), unverified))).toBe('taken');
  });

  it('ignores attestation statements of any format (WA-1)', () => {
    const authenticator = fresh();
    const challenge = Buffer.alloc(32, 7);
    const fields = authenticator.register(challenge.toString('base64url'));
    const none = Buffer.from(fields.attestation_object ?? '', 'base64url');
    const authData = none.subarray(none.indexOf('authData') + 8 + 2);
    const statement = new Map<string, Cbor>([
      ['alg', -7],
      ['sig', Buffer.alloc(70, 1)],
      ['x5c', [Buffer.alloc(600, 2)]],
    ]);
    const object = encodeCbor(
      new Map<string, Cbor>([
        ['fmt', 'packed'],
        ['attStmt', statement],
        ['authData', authData],
      ]),
    );
    const response = readRegistration(
      new URLSearchParams({ ...fields, attestation_object: object.toString('base64url') }),
    );
    expect(response).not.toBeNull();
    if (response === null) return;
    const expected = { party: relyingParty(ORIGIN), challenge, userVerification: 'discouraged' } as const;
    expect(verifyRegistration(response, expected)).toMatchObject({ ok: true });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no map', encodeCbor('fmt')],
    ['no authenticator data', encodeCbor(new Map<string, Cbor>([['fmt', 'none']]))],
    [
      'text for bytes',
      encodeCbor(
        new Map<string, Cbor>([
          ['fmt', 'none'],
          ['authData', 'x'],
        ]),
      ),
    ],
    [
      'a trailing byte',
      Buffer.concat([
        encodeCbor(
          new Map<string, Cbor>([
            ['fmt', 'none'],
            ['authData', Buffer.alloc(37)],
          ]),
        ),
        Buffer.alloc(1),
      ]),
    ],
  ])('refuses an attestation object that is %s', (_what, attestationObject) => {
    const challenge = Buffer.alloc(32);
    const clientData = fresh().clientData('webauthn.create', challenge.toString('base64url'));
    const result = verifyRegistration(
      { clientData, attestationObject, transports: [] },
      { party: relyingParty(ORIGIN), challenge, userVerification: 'discouraged' },
    );
    expect(result).toEqual({ ok: false, error: { reason: 'malformed_attestation' } });
  });

  it('refuses authenticator data without a credential', () => {
    const challenge = Buffer.alloc(32);
    const authenticator = fresh();
    const authData = authenticator.authenticatorData({});
    const result = verifyRegistration(
      {
        clientData: authenticator.clientData('webauthn.create', challenge.toString('base64url')),
        attestationObject: encodeCbor(
          new Map<string, Cbor>([
            ['fmt', 'none'],
            ['authData', authData],
          ]),
        ),
        transports: [],
      },
      { party: relyingParty(ORIGIN), challenge, userVerification: 'discouraged' },
    );
    expect(result).toEqual({ ok: false, error: { reason: 'malformed_authenticator_data' } });
  });

  it('gives two credentials of one authenticator different ids', () => {
    expect(registered().credential.id).not.toBe(registered().credential.id);
  });
});
