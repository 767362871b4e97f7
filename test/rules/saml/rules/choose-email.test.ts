import { describe, expect, it } from 'vitest';
import { chooseEmail } from '../../../../src/saml/rules/choose-email.ts';

const EMAILS = [
  { id: 'work', address: 'pat@agency.gov', lastSignInAt: 100 },
  { id: 'home', address: 'pat@home.example', lastSignInAt: 300 },
  { id: 'spare', address: 'pat@spare.example', lastSignInAt: null },
];

describe('P9, CNS-4 the address an app is told', () => {
  it('is the one that signed in, whichever was registered first', () => {
    expect(chooseEmail(EMAILS, 'spare')).toBe('pat@spare.example');
  });

  it('is for the attribute the one shared with the app, which NameID does not follow', () => {
    expect(chooseEmail(EMAILS, 'work', 'spare')).toBe('pat@agency.gov');
  });

  it('is the one that signed in when the shared one is gone, or nothing was shared', () => {
    for (const shared of ['deleted', null])
      expect(chooseEmail(EMAILS, shared, 'spare')).toBe('pat@spare.example');
  });

  it('is the one last used to sign in when these are gone, and not the first of the list', () => {
    expect(chooseEmail(EMAILS, 'deleted')).toBe('pat@home.example');
    expect(chooseEmail(EMAILS, 'deleted', 'gone')).toBe('pat@home.example');
  });

  it('is none for an account without an address', () => {
    expect(chooseEmail([], 'work')).toBeNull();
  });
});
