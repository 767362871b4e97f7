import { describe, expect, it } from 'vitest';
import { NUMBERS } from '../../../src/accounts/rules/numbers.ts';
import {
  BACKUP_CODES,
  type ReminderFacts,
  reminderDue,
  SECOND_METHOD,
} from '../../../src/factors/reminder-due.ts';
import { DAY } from '../../../src/kernel/time.ts';

const NOW = Date.UTC(2026, 10, 22);
const MANY = NUMBERS['second_mfa_reminder.sign_ins'];
const OLD = NUMBERS['second_mfa_reminder.account_age_d'] * DAY;
const LONG = NUMBERS['backup_reminder.months'] * 30 * DAY;
const facts = (more: Partial<ReminderFacts>): ReminderFacts => ({
  methods: ['totp'],
  methodCount: 1,
  createdAt: NOW - OLD - 1,
  signIns: 0,
  secondMethodDeclinedAt: null,
  lastSignInAt: NOW - DAY,
  method: 'totp',
  reminded: [],
  ...more,
});
/** A session that began before these were noted. */
const unknowing = ({ createdAt: _, signIns: __, ...rest }: ReminderFacts): ReminderFacts => rest;
const young = (more: Partial<ReminderFacts>): ReminderFacts => facts({ createdAt: NOW - 2 * DAY, ...more });

describe('RT-1 (12) a second method', () => {
  it('is suggested to people with one, once the account is a month old', () => {
    expect(reminderDue(facts({}), NOW)).toBe(SECOND_METHOD);
    expect(reminderDue(facts({ createdAt: NOW - OLD }), NOW)).toBeNull();
    expect(reminderDue(unknowing(facts({})), NOW)).toBeNull();
  });

  it('is suggested at the tenth sign-in, however young the account', () => {
    expect(reminderDue(young({ signIns: MANY - 2 }), NOW)).toBeNull();
    expect(reminderDue(young({ signIns: MANY - 1 }), NOW)).toBe(SECOND_METHOD);
    expect(reminderDue(young({ signIns: 90 }), NOW)).toBe(SECOND_METHOD);
    expect(reminderDue(unknowing(young({ signIns: 90 })), NOW)).toBeNull();
  });

  it('may count all sign-ins of an account that is not old yet: they are within the window', () => {
    expect(NUMBERS['second_mfa_reminder.sign_ins_within_d']).toBeGreaterThanOrEqual(
      NUMBERS['second_mfa_reminder.account_age_d'],
    );
  });

  it('is not suggested to people who have two, of one kind or of several', () => {
    expect(reminderDue(facts({ methods: ['totp', 'phone'], methodCount: 2 }), NOW)).toBeNull();
    expect(reminderDue(facts({ methods: ['security_key'], methodCount: 2, signIns: 50 }), NOW)).toBeNull();
    expect(reminderDue(facts({ methods: ['security_key'], methodCount: 1 }), NOW)).toBe(SECOND_METHOD);
  });

  it('is not suggested twice in a session, nor to somebody who declined (RT-2)', () => {
    expect(reminderDue(facts({ reminded: [SECOND_METHOD] }), NOW)).toBeNull();
    expect(reminderDue(facts({ secondMethodDeclinedAt: NOW - DAY }), NOW)).toBeNull();
    expect(reminderDue(young({ signIns: 20, secondMethodDeclinedAt: NOW - DAY }), NOW)).toBeNull();
  });
});

describe('RT-1 (13) backup codes', () => {
  const holder = (more: Partial<ReminderFacts>) =>
    facts({ methods: ['totp', 'backup_codes'], methodCount: 2, lastSignInAt: NOW - LONG - 1, ...more });

  it('are asked after when their owner was away for five months and used something else', () => {
    expect(reminderDue(holder({}), NOW)).toBe(BACKUP_CODES);
    expect(reminderDue(holder({ method: 'platform_passkey' }), NOW)).toBe(BACKUP_CODES);
    expect(reminderDue(holder({ lastSignInAt: NOW - LONG }), NOW)).toBeNull();
    expect(reminderDue(holder({ lastSignInAt: null }), NOW)).toBeNull();
    expect(reminderDue(holder({ method: 'backup_code' }), NOW)).toBeNull();
    expect(reminderDue(holder({ methods: ['totp', 'phone'] }), NOW)).toBeNull();
    expect(reminderDue(holder({ reminded: [BACKUP_CODES] }), NOW)).toBeNull();
  });
});
