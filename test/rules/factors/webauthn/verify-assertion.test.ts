import { describe, expect, it } from 'vitest';
import { verifyAssertion } from '../../../../src/factors/webauthn/verify-assertion.ts';
import { verifyRegistration } from '../../../../src/factors/webauthn/verify-registration.ts';
import { ALGORITHM_NUMBERS, FLAGS } from '../../../support/software-authenticator.ts';
import { NOW, registered, use } from './ceremonies.ts';
import { hex, vector } from './vectors.ts';

const reasonOf = async (result: ReturnType<typeof use>): Promise<string> => {
  const settled = await result;
  return settled.ok ? 'taken' : settled.error.reason;
};

describe('WebAuthn Level 3 test vectors: authentication', () => {
  const { registration, authentication, rp_id, origin } = vector('none-es256');
  const party = { id: rp_id, origin };
  const credential = () => {
    const made = verifyRegistration(
      {
        clientData: hex(registration.client_data_json),
        attestationObject: hex(registration.attestation_object),
        transports: [],
      },
      { party, challenge: hex(registration.challenge), userVerification: 'discouraged' },
    );
    if (!made.ok) throw new Error(made.error.reason);
    return made.value;
  };
  const assertion = (signature: Uint8Array) =>
    verifyAssertion(
      {
        credentialId: hex(registration.credential_id),
        clientData: hex(authentication.client_data_json),
        authenticatorData: hex(authentication.authenticator_data),
        signature,
        userHandle: null,
      },
      credential(),
      {
        party,
        challenge: hex(authentication.challenge),
        challengeAt: NOW,
        userVerification: 'discouraged',
        userHandle: '',
        handleRequired: false,
        now: NOW,
      },
    );

  it('takes the ES256 assertion', async () => {
    expect(await assertion(hex(authentication.signature))).toMatchObject({ ok: true });
  });

  it('refuses it with any byte of the signature changed', async () => {
    for (const at of [5, 20, 37, 50, 71]) {
      const changed = hex(authentication.signature);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await assertion(changed)).toEqual({ ok: false, error: { reason: 'wrong_signature' } });
    }
  });
});

describe('WA-1 every offered algorithm', () => {
  it.each(ALGORITHM_NUMBERS.map((algorithm) => [algorithm]))('signs in with %i', async (algorithm) => {
    const held = registered({ algorithm });
    expect(await reasonOf(use(held))).toBe('taken');
    const stranger = registered({ algorithm });
    const forged = {
      authenticator: stranger.authenticator,
      credential: { ...held.credential, id: stranger.credential.id },
    };
    expect(await reasonOf(use(forged))).toBe('wrong_signature');
  });
});

describe('WebAuthn section 7.2 verifying an assertion', () => {
  it.each([
    ['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }, 'wrong_challenge'],
    ['another origin', { origin: 'https://evil.example' }, 'wrong_origin'],
    ['a foreign frame', { crossOrigin: true }, 'wrong_origin'],
    ['a set-up answer', { type: 'webauthn.create' }, 'wrong_type'],
    ['another relying party', { rpId: 'evil.example' }, 'wrong_relying_party'],
    ['nobody present', { flags: FLAGS.verified }, 'user_not_present'],
    ['a key that became copyable', { flags: FLAGS.present | FLAGS.eligible }, 'backup_eligibility_changed'],
  ] as const)('refuses %s', async (_what, twist, reason) => {
    expect(await reasonOf(use(registered(), twist))).toBe(reason);
  });

  it('asks for verification where it is required', async () => {
    const held = registered();
    expect(await reasonOf(use(held, { flags: FLAGS.present }, { userVerification: 'required' }))).toBe(
      'user_not_verified',
    );
    expect(await reasonOf(use(held, { flags: FLAGS.present }))).toBe('taken');
  });

  it('refuses the credential of somebody else', async () => {
    const { authenticator } = registered();
    const { credential } = registered();
    expect(await reasonOf(use({ authenticator, credential }))).toBe('wrong_credential');
  });

  it('holds the user handle to the account, and demands one where nobody was named', async () => {
    const named = registered({ userHandle: 'bWU' });
    expect(await reasonOf(use(named, {}, { userHandle: 'bWU', handleRequired: true }))).toBe('taken');
    expect(await reasonOf(use(named, {}, { userHandle: 'eW91' }))).toBe('wrong_user');
    const silent = registered();
    expect(await reasonOf(use(silent, {}, { userHandle: 'bWU', handleRequired: true }))).toBe('wrong_user');
    expect(await reasonOf(use(silent, {}, { userHandle: 'bWU' }))).toBe('taken');
  });

  it('takes each challenge of a credential once, and none older than the last', async () => {
    const held = registered();
    const first = await use(held);
    if (!first.ok) throw new Error(first.error.reason);
    const after = { ...held, credential: first.value };
    expect(await reasonOf(use(after))).toBe('challenge_used');
    expect(await reasonOf(use(after, {}, { challengeAt: NOW - 1 }))).toBe('challenge_used');
    expect(await reasonOf(use(after, {}, { challengeAt: NOW + 1 }))).toBe('taken');
  });
});

describe('BT-3 counters and copies', () => {
  const counted = async (before: number, sent: number) => {
    const held = registered();
    const result = await use(
      { ...held, credential: { ...held.credential, signCount: before } },
      { signCount: sent },
    );
    if (!result.ok) throw new Error(result.error.reason);
    return result.value;
  };

  it('keeps a growing counter', async () => {
    expect(await counted(4, 9)).toMatchObject({ signCount: 9, counterFellAt: null });
  });

  it('notes one that stands still or falls, signs in nevertheless, and keeps the greater', async () => {
    expect(await counted(4, 4)).toMatchObject({ signCount: 4, counterFellAt: NOW });
    expect(await counted(4, 3)).toMatchObject({ signCount: 4, counterFellAt: NOW });
    expect(await counted(4, 0)).toMatchObject({ signCount: 4, counterFellAt: NOW });
  });

  it('expects nothing of those that do not count', async () => {
    expect(await counted(0, 0)).toMatchObject({ signCount: 0, counterFellAt: null });
  });

  it('follows the backup state of a copyable key', async () => {
    const held = registered({ flags: FLAGS.present | FLAGS.eligible });
    const result = await use(held, { flags: FLAGS.present | FLAGS.eligible | FLAGS.backedUp });
    expect(result).toMatchObject({ ok: true, value: { backupEligible: true, backedUp: true } });
  });
});
