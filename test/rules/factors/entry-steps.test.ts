import { describe, expect, it } from 'vitest';
import { challengeKinds, withKind } from '../../../src/factors/endpoints/kinds.ts';
import { afterSetUp } from '../../../src/factors/endpoints/set-up.ts';

const DESK = { mobile: false, platformAuthenticatorHint: false };

describe('FC-3, AL-4 the methods to ask for', () => {
  it('puts the app before the backup codes', () => {
    expect(challengeKinds(['backup_codes', 'totp'], 'second-factor', DESK)).toEqual(['totp', 'backup_codes']);
  });

  it('asks for what there is when nothing meets the need, so that the person can show who they are', () => {
    expect(challengeKinds(['totp'], 'phishing-resistant', DESK)).toEqual(['totp']);
  });

  it('asks for a personal key after everything else', () => {
    expect(challengeKinds(['personal_key', 'totp'], 'second-factor', DESK)).toEqual(['totp', 'personal_key']);
  });
});

describe('MC-1, MC-4, MC-5 where to go after a method was added', () => {
  it('goes to the next set-up that was ticked', () => {
    expect(afterSetUp(['totp'], ['backup_codes'])).toBe('/authentication_methods_setup');
  });

  it('suggests a second method after the first', () => {
    expect(afterSetUp(['totp'], [])).toBe('/auth_method_confirmation');
  });

  it('asks whether the codes are saved when they are all there is', () => {
    expect(afterSetUp(['backup_codes'], [])).toBe('/confirm_backup_codes');
  });

  it('goes on with two', () => {
    expect(afterSetUp(['totp', 'backup_codes'], [])).toBe('/continue');
  });

  it('keeps kinds in the order of the model, each once', () => {
    expect(withKind(['backup_codes'], 'totp')).toEqual(['totp', 'backup_codes']);
    expect(withKind(['totp'], 'totp')).toEqual(['totp']);
  });
});
