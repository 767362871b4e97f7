import { describe, expect, it } from 'vitest';
import { isBanned } from '../../../src/sessions/bans.ts';
import { ALL_APPS, type Bans, type SessionState } from '../../../src/sessions/model.ts';
import { applyChange } from '../../../src/sessions/rules.ts';
import { sessionStart } from '../../support/sessions.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const link = { subject: 's', agreed: [], consentedAt: NOW, revoked: false, emailId: null } as const;
const visited = { link, visitedAt: NOW, continuedAt: null };

function aState(bans?: Bans): SessionState {
  const { profile: _, marks = [], ...start } = sessionStart(NOW);
  return {
    ...start,
    facts: { ...start.facts, ...(bans === undefined ? {} : { bans }) },
    digest: 'digest',
    previous: null,
    startedAt: NOW,
    lastSeenAt: NOW,
    authenticatedAt: NOW,
    apps: { a: visited, b: visited },
    wrappedKey: 'key',
    sealed: 'sealed',
    stale: false,
    drafts: {},
    setUps: [],
    logout: null,
    lastHandOffAt: null,
    reminded: marks,
  };
}

const told = (state: SessionState, bans: Bans): SessionState =>
  applyChange(state, { kind: 'bans', bans }, NOW);

describe('SP-2 whom a ban keeps out', () => {
  it('the account at that app, and nobody who has none', () => {
    expect(isBanned({ version: 1, apps: ['a'] }, 'a')).toBe(true);
    expect(isBanned({ version: 1, apps: ['a'] }, 'b')).toBe(false);
    expect(isBanned({ version: 2, apps: [] }, 'a')).toBe(false);
    expect(isBanned(undefined, 'a')).toBe(false);
  });

  it('the account at every app', () => {
    const bans = { version: 1, apps: [ALL_APPS] };
    expect(['a', 'b', 'one still to come'].filter((app) => !isBanned(bans, app))).toEqual([]);
  });
});

describe('SP-2 what a live session makes of the news', () => {
  it('keeps the bans, and forgets what it knew of apps that are closed now', () => {
    const state = told(aState(), { version: 1, apps: ['a'] });
    expect(state.facts.bans).toEqual({ version: 1, apps: ['a'] });
    expect(Object.keys(state.apps)).toEqual(['b']);
    expect(told(aState(), { version: 1, apps: [ALL_APPS] }).apps).toEqual({});
  });

  it('keeps the later of two changes, in whatever order it hears of them', () => {
    const ban = { version: 3, apps: ['a'] };
    const unban = { version: 4, apps: [] };
    expect(told(told(aState(), ban), unban).facts.bans).toEqual(unban);
    expect(told(told(aState(), unban), ban).facts.bans).toEqual(unban);
    expect(told(aState(unban), ban), 'nothing of an older message is taken').toEqual(aState(unban));
  });
});
