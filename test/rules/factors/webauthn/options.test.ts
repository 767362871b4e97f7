import { describe, expect, it } from 'vitest';
import {
  creationOptions,
  requestOptions,
  verificationFor,
} from '../../../../src/factors/webauthn/ceremony-options.ts';
import {
  CHALLENGE_LIFETIME_MS,
  isShared,
  newChallenge,
  readChallenge,
  writeChallenge,
} from '../../../../src/factors/webauthn/challenge.ts';
import {
  kindOfTransports,
  knownTransports,
  userHandleOf,
} from '../../../../src/factors/webauthn/credential.ts';
import { readPrfOutput } from '../../../../src/factors/webauthn/prf.ts';
import { readAssertion, readRegistration } from '../../../../src/factors/webauthn/read-response.ts';
import { relyingParty } from '../../../../src/factors/webauthn/relying-party.ts';
import { MINUTE } from '../../../../src/kernel/time.ts';
import { NOW, ORIGIN, registered } from './ceremonies.ts';

const ACCOUNT = '00000000-0000-4000-8000-000000000001';
const challenge = { bytes: new Uint8Array(32).fill(7), at: NOW };
const made = (kind: 'security_key' | 'platform_passkey') =>
  creationOptions({
    kind,
    party: relyingParty(ORIGIN),
    siteName: 'Gatehouse',
    challenge,
    userHandle: userHandleOf(ACCOUNT),
    userName: 'ann@example.com',
    held: [registered({ transports: 'usb,nfc' }).credential],
  });

describe('WA-1 what a new credential is to be', () => {
  it('asks a security key across devices, without verification or attestation', () => {
    expect(made('security_key')).toMatchObject({
      rp: { id: 'idp.test', name: 'Gatehouse' },
      timeout: 800_000,
      attestation: 'none',
      hints: ['security-key'],
      authenticatorSelection: { authenticatorAttachment: 'cross-platform', userVerification: 'discouraged' },
    });
  });

  it('asks face or touch for a discoverable credential of this device that verifies its user', () => {
    expect(made('platform_passkey').authenticatorSelection).toEqual({
      authenticatorAttachment: 'platform',
      residentKey: 'preferred',
      userVerification: 'required',
    });
    expect(verificationFor('platform_passkey')).toBe('required');
  });

  it('offers the algorithms in order, and excludes what the account has', () => {
    const options = made('security_key');
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-7, -35, -36, -37, -38, -39, -257, -8]);
    expect(options.excludeCredentials).toHaveLength(1);
    expect(options.excludeCredentials[0]?.transports).toEqual(['usb', 'nfc']);
  });

  it('asks only authenticators that verify their user for the bytes that may open verified data (BT-2)', () => {
    expect(made('platform_passkey').extensions?.prf.eval.first).toBeTruthy();
    expect('extensions' in made('security_key')).toBe(false);
    const party = relyingParty(ORIGIN);
    const asked = { party, challenge, credentials: [] } as const;
    const any = requestOptions({ ...asked, userVerification: 'required' });
    expect(any.extensions).toEqual(made('platform_passkey').extensions);
    expect('extensions' in requestOptions({ ...asked, userVerification: 'discouraged' })).toBe(false);
  });

  it.each([
    ['', null],
    ['AAAA', null],
    ['!'.repeat(43), null],
    ['A'.repeat(4000), null],
    ['A'.repeat(43), 32],
  ])('reads those bytes from a form: %s', (text, length) => {
    expect(readPrfOutput(new URLSearchParams({ prf_output: text }))?.length ?? null).toBe(length);
  });

  it('takes the host of the issuer without its port as relying party', () => {
    expect(relyingParty('http://localhost:8787')).toEqual({
      id: 'localhost',
      origin: 'http://localhost:8787',
    });
  });

  it('names nobody when any passkey will do', () => {
    const party = relyingParty(ORIGIN);
    const options = requestOptions({ party, challenge, credentials: [], userVerification: 'required' });
    expect(options).toMatchObject({ rpId: 'idp.test', allowCredentials: [], userVerification: 'required' });
  });
});

describe('WebAuthn section 5.4.3 user handles', () => {
  it('are stable, differ between accounts, and hold neither address nor account id', () => {
    const handle = userHandleOf(ACCOUNT);
    expect(userHandleOf(ACCOUNT)).toBe(handle);
    expect(Buffer.from(handle, 'base64url')).toHaveLength(32);
    expect(userHandleOf(ACCOUNT.replace(/1$/, '2'))).not.toBe(handle);
    expect(Buffer.from(handle, 'base64url').toString('latin1')).not.toContain(ACCOUNT);
  });
});

describe('WA-2 which kind a credential is', () => {
  it.each([
    ['usb', 'security_key'],
    ['nfc,usb', 'security_key'],
    ['', 'security_key'],
    ['telepathy', 'security_key'],
    ['internal', 'platform_passkey'],
    ['hybrid', 'platform_passkey'],
    ['usb,hybrid', 'platform_passkey'],
  ])('"%s" is a %s', (transports, kind) => {
    expect(kindOfTransports(knownTransports(transports.split(',')))).toBe(kind);
  });
});

describe('WA-1 challenges', () => {
  const random = (length: number) => new Uint8Array(length).fill(9);

  it('have 32 random bytes and survive being written down', () => {
    const fresh = newChallenge(random, NOW);
    expect(fresh.bytes).toHaveLength(32);
    expect(readChallenge(writeChallenge(fresh), NOW)).toEqual(fresh);
  });

  it('grow old', () => {
    const text = writeChallenge(newChallenge(random, NOW));
    expect(readChallenge(text, NOW + CHALLENGE_LIFETIME_MS)).not.toBeNull();
    expect(readChallenge(text, NOW + CHALLENGE_LIFETIME_MS + 1)).toBeNull();
  });

  it('are shared between tabs while they are young', () => {
    const fresh = newChallenge(random, NOW);
    expect(isShared(fresh, NOW + 5 * MINUTE)).toBe(true);
    expect(isShared(fresh, NOW + 5 * MINUTE + 1)).toBe(false);
  });

  it.each([null, '', 'x', '1.short', `${NOW}.${'A'.repeat(44)}`, `-1.${'A'.repeat(43)}`])(
    'are not read from %s',
    (text) => {
      expect(readChallenge(text, NOW)).toBeNull();
    },
  );
});

describe('WA-6 forms of a ceremony', () => {
  it('without the part of the browser are no answer', () => {
    expect(readRegistration(new URLSearchParams({ name: 'x' }))).toBeNull();
    expect(readAssertion(new URLSearchParams({ credential_id: 'AA', client_data_json: 'AA' }))).toBeNull();
  });

  it('with oversize or malformed fields are no answer', () => {
    const fields = { client_data_json: 'AA', attestation_object: 'AA' };
    expect(readRegistration(new URLSearchParams(fields))).not.toBeNull();
    expect(
      readRegistration(new URLSearchParams({ ...fields, attestation_object: 'A'.repeat(24_001) })),
    ).toBeNull();
    expect(readRegistration(new URLSearchParams({ ...fields, attestation_object: 'A+/=' }))).toBeNull();
  });
});
