import { describe, expect, it } from 'vitest';
import { sharedEmail, sharesOneEmail } from '../../../src/consent/shared-email.ts';

const EMAILS = [
  { id: 'work', address: 'pat@agency.gov', lastSignInAt: 100 },
  { id: 'home', address: 'pat@home.example', lastSignInAt: 300 },
  { id: 'spare', address: 'pat@spare.example', lastSignInAt: null },
];

describe('CNS-4, EM-5 the address an app receives', () => {
  it('is the one the person chose', () => {
    expect(sharedEmail(EMAILS, 'spare', 'work', { emailId: 'home' })?.id).toBe('spare');
  });

  it('is else the one pinned at an earlier consent', () => {
    expect(sharedEmail(EMAILS, null, 'work', { emailId: 'home' })?.id).toBe('work');
  });

  it('is else the one that signed in', () => {
    expect(sharedEmail(EMAILS, null, null, { emailId: 'spare' })?.id).toBe('spare');
  });

  it('is the most recently used one when all of these are gone', () => {
    expect(sharedEmail(EMAILS, 'deleted', 'deleted', { emailId: 'deleted' })?.id).toBe('home');
  });

  it('is none for an account without a confirmed address', () => {
    expect(sharedEmail([], null, null, { emailId: 'x' })).toBeNull();
  });
});

describe('CNS-4 whether an address is pinned', () => {
  it.each([
    [['email'], true],
    [['email', 'all_emails'], false],
    [['all_emails'], false],
    [[], false],
  ] as const)('%o: %s', (attributes, pinned) => {
    expect(sharesOneEmail(attributes)).toBe(pinned);
  });
});
