import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SignInAccount } from '../../src/accounts/model.ts';
import { calendar } from '../../src/calendar.ts';
import type { Notice } from '../../src/notices/notice.ts';
import type { HallPorts } from '../../src/signin/ports.ts';
import { aWorld, NOW } from './pages/a-hall.ts';

afterEach(() => vi.restoreAllMocks());

const unexpected = async (): Promise<never> => {
  throw new Error('not expected here');
};

/** The calendar of a deployment that has only these notices due. */
function withNotices(accounts: Partial<HallPorts['accounts']>, told: Notice[]) {
  const { hall } = aWorld();
  return calendar({
    hall: {
      ...hall,
      accounts: { ...hall.accounts, takeDueResets: async () => [], ...accounts },
      notify: async (_to, _locale, notice) => void told.push(notice),
    },
    ring: {
      keepCalendar: async () => [],
      signing: unexpected,
      published: unexpected,
      list: unexpected,
      rotate: unexpected,
      activate: unexpected,
      retire: unexpected,
    },
    years: {
      keepCalendar: async () => [],
      serving: unexpected,
      all: unexpected,
      metadata: unexpected,
      list: unexpected,
      stage: unexpected,
      open: unexpected,
      close: unexpected,
      replace: unexpected,
      hold: unexpected,
    },
    prune: async () => {},
    pruneInbox: null,
  });
}

const facts = {
  methods: [],
  rulesAcceptedAt: NOW,
  suspended: false,
  passwordChangeRequired: false,
  identityHeld: 'none',
  verifiedAt: null,
  secondFactorSucceededAt: null,
  emailLocale: 'en',
} as const;

const anAccount = (uuid: string): SignInAccount => ({
  uuid,
  password: 'record',
  facts,
  emails: [{ id: 'e', address: `${uuid}@mailbox.test`, confirmedAt: NOW, lastSignInAt: null }],
  emailId: 'e',
  rememberRevokedAt: null,
  reset: null,
});

describe('SI-5 notices that waited', () => {
  it('go out also when one before them fails', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const told: Notice[] = [];
    const due = ['broken', 'whole'].map((account) => ({ account, kind: 'new-device', eventId: null }));
    const { run } = withNotices(
      {
        takeDueNotices: async () => due,
        findByUuid: async (uuid) => (uuid === 'broken' ? unexpected() : anAccount(uuid)),
        history: async () => [],
        createLink: async () => 'token',
      },
      told,
    );
    await run(NOW);
    expect(told.map(({ kind }) => kind)).toEqual(['new-device']);
  });
});
