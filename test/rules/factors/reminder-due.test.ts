import { describe, expect, it } from 'vitest';
import {
  BACKUP_CODES,
  type ReminderFacts,
  reminderDue,
  SECOND_METHOD,
} from '../../../src/factors/reminder-due.ts';
import { DAY } from '../../../src/kernel/time.ts';

const NOW = Date.UTC(2026, 10, 22);
const facts = (more: Partial<ReminderFacts>): ReminderFacts => ({
  methods: ['totp'],
  createdAt: NOW - 31 * DAY,
  lastSignInAt: NOW - DAY,
  method: 'totp',
  declined: false,
  reminded: [],
  ...more,
});

describe('RT-1 (12) a second method', () => {
  it('is suggested to people with one, once the account is a month old', () => {
    expect(reminderDue(facts({}), NOW)).toBe(SECOND_METHOD);
    expect(reminderDue(facts({ createdAt: NOW - 30 * DAY }), NOW)).toBeNull();
    expect(reminderDue(facts({ createdAt: undefined }), NOW)).toBeNull();
    expect(reminderDue(facts({ methods: ['totp', 'phone'] }), NOW)).toBeNull();
  });

  it('is not suggested twice in a session, nor to somebody who declined (RT-2)', () => {
    expect(reminderDue(facts({ reminded: [SECOND_METHOD] }), NOW)).toBeNull();
    expect(reminderDue(facts({ declined: true }), NOW)).toBeNull();
  });
});

describe('RT-1 (13) backup codes', () => {
  const holder = (more: Partial<ReminderFacts>) =>
    facts({ methods: ['totp', 'backup_codes'], lastSignInAt: NOW - 151 * DAY, ...more });

  it('are asked after when their owner was away for five months and used something else', () => {
    expect(reminderDue(holder({}), NOW)).toBe(BACKUP_CODES);
    expect(reminderDue(holder({ lastSignInAt: NOW - 150 * DAY }), NOW)).toBeNull();
    expect(reminderDue(holder({ lastSignInAt: null }), NOW)).toBeNull();
    expect(reminderDue(holder({ method: 'backup_code' }), NOW)).toBeNull();
    expect(reminderDue(holder({ methods: ['totp', 'phone'] }), NOW)).toBeNull();
    expect(reminderDue(holder({ reminded: [BACKUP_CODES] }), NOW)).toBeNull();
  });
});
