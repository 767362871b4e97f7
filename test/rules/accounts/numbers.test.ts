import { describe, expect, it } from 'vitest';
import { NUMBERS } from '../../../src/accounts/rules/numbers.ts';
import { PASSWORD_MIN_SCORE } from '../../../src/accounts/rules/password-policy.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '../../../src/accounts/rules/password-text.ts';
import { REAUTHENTICATION_WINDOW_MS } from '../../../src/accounts/rules/reauthentication.ts';
import { REMEMBER_DEVICE_MS } from '../../../src/accounts/rules/remember-device.ts';
import { RULES_OF_USE_MAX_AGE_MS } from '../../../src/accounts/rules/rules-of-use.ts';
import { BACKUP_CODE_COUNT } from '../../../src/factors/backup-codes/backup-codes.ts';
import { FACTOR_CAPS } from '../../../src/factors/factor-menu.ts';
import { NICKNAME_MAX } from '../../../src/factors/nickname.ts';
import { ONE_TIME_CODE_DIGITS, ONE_TIME_CODE_LIFETIME_MS } from '../../../src/factors/one-time-code.ts';
import {
  MAX_SECOND_FACTOR_FAILURES,
  SECOND_FACTOR_LOCK_MS,
} from '../../../src/factors/second-factor-lock.ts';
import { HOUR, MINUTE, SECOND, YEAR } from '../../../src/kernel/time.ts';

describe('accounts section 1: rules use the numbers of the table', () => {
  it.each([
    ['password.min', PASSWORD_MIN],
    ['password.max', PASSWORD_MAX],
    ['password.min_score', PASSWORD_MIN_SCORE],
    ['reauth.window_s', REAUTHENTICATION_WINDOW_MS / SECOND],
    ['remember_device.h', REMEMBER_DEVICE_MS / HOUR],
    ['rules_of_use.max_age_y', RULES_OF_USE_MAX_AGE_MS / YEAR],
    ['backup_codes.count', BACKUP_CODE_COUNT],
    ['phones.max', FACTOR_CAPS.phone],
    ['totp.max', FACTOR_CAPS.totp],
    ['piv.max', FACTOR_CAPS.piv],
    ['nickname.max', NICKNAME_MAX],
    ['otp.digits', ONE_TIME_CODE_DIGITS],
    ['otp.ttl_min', ONE_TIME_CODE_LIFETIME_MS / MINUTE],
    ['mfa.max_failures', MAX_SECOND_FACTOR_FAILURES],
    ['mfa.lock_min', SECOND_FACTOR_LOCK_MS / MINUTE],
  ] as const)('%s is %d', (key, used) => {
    expect(used).toBe(NUMBERS[key]);
  });
});
