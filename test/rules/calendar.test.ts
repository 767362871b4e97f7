import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SignInAccount } from '../../src/accounts/model.ts';
import { calendar } from '../../src/calendar.ts';
import { DAY, MINUTE } from '../../src/kernel/time.ts';
import type { Notice } from '../../src/notices/notice.ts';
import type { HallPorts } from '../../src/signin/ports.ts';
import { aWorld, NOW } from './pages/a-hall.ts';

afterEach(() => vi.restoreAllMocks());

const unexpected = async (): Promise<never> => {
  throw new Error('not expected here');
};

/** The calendar of a deployment that has only these notices due. */
function withNotices(
  accounts: Partial<HallPorts['accounts']>,
  told: Notice[],
  reach: (to: readonly string[]) => number = (to) => to.length,
  more: Partial<Parameters<typeof calendar>[0]> = {},
) {
  const { hall } = aWorld();
  return calendar({
    hall: {
      ...hall,
      accounts: { ...hall.accounts, takeDueResets: async () => [], ...accounts },
      notify: async (to, _locale, notice) => {
        told.push(notice);
        return reach(to);
      },
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
    tellPartners: async () => {},
    compareAssertions: async () => [],
    prune: async () => {},
    pruneInbox: null,
    ...more,
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
  passwordCheckedAt: null,
  reset: null,
  profile: null,
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
        createLink: async () => () => 'token',
      },
      told,
    );
    await run(NOW);
    expect(told.map(({ kind }) => kind)).toEqual(['new-device']);
  });
});

describe('AR-2 the link that deletes an account', () => {
  it.each([
    ['no address could be reached', () => 0, 'put back'],
    ['one of its addresses was reached', () => 1, 'mailed'],
  ])('is known to be mailed or tried again: %s', async (_case, reach, expected) => {
    const told: Notice[] = [];
    const noted: string[] = [];
    const note = (what: string) => async (uuid: string, at: number) => {
      noted.push(`${what} ${uuid} ${at === NOW} after ${told.length} mail`);
    };
    const { run } = withNotices(
      {
        takeDueNotices: async () => [],
        takeDueResets: async () => ['ana'],
        putBackReset: note('put back'),
        resetMailed: note('mailed'),
        findByUuid: async (uuid) => anAccount(uuid),
        createLink: async () => () => 'token',
      },
      told,
      reach,
    );
    await run(NOW);
    expect(told.map(({ kind }) => kind)).toEqual(['account-reset-ready']);
    expect(noted).toEqual([`${expected} ana true after 1 mail`]);
  });

  it('is tried again when it could not even be made, and the others go out', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const told: Notice[] = [];
    const putBack: string[] = [];
    const { run } = withNotices(
      {
        takeDueNotices: async () => [],
        takeDueResets: async () => ['broken', 'whole'],
        putBackReset: async (uuid) => void putBack.push(uuid),
        resetMailed: async () => {},
        findByUuid: async (uuid) => (uuid === 'broken' ? unexpected() : anAccount(uuid)),
        createLink: async () => () => 'token',
      },
      told,
    );
    await run(NOW);
    expect(told.map(({ kind }) => kind)).toEqual(['account-reset-ready']);
    expect(putBack).toEqual(['broken']);
  });
});

describe('PI-31 values under an older root', () => {
  it.each([
    [{ moved: 0, failed: 0 }, [], []],
    [{ moved: 7, failed: 0 }, [{ event: 'sealed_values_moved', count: 7 }], []],
    [
      { moved: 3, failed: 2 },
      [{ event: 'sealed_values_moved', count: 3 }],
      [{ event: 'sealed_values_unreadable', count: 2 }],
    ],
  ])('move, and the log tells how many: %j', async (result, infos, errors) => {
    const lines = (level: 'log' | 'error') => {
      const spy = vi.spyOn(console, level).mockReturnValue();
      return () =>
        spy.mock.calls.map(([line]) => {
          const { event, count } = JSON.parse(String(line));
          return { event, count };
        });
    };
    const [info, error] = [lines('log'), lines('error')];
    const asked: number[] = [];
    const reseal = async (now: number) => {
      asked.push(now);
      return result;
    };
    const { run } = withNotices({ takeDueNotices: async () => [] }, [], undefined, { reseal });
    await run(NOW);
    expect(asked).toEqual([NOW]);
    expect(info()).toEqual(infos);
    expect(error()).toEqual(errors);
  });
});

describe('V23 the daily check of assertions against sign-ins', () => {
  it('is an alarm when a day had more of one than of the other', async () => {
    const [info, error] = (['log', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockReturnValue(),
    );
    const start = Date.UTC(2027, 1, 11);
    const compareAssertions = async () => [
      { start, assertions: 7, signIns: 7 },
      { start: start + DAY, assertions: 8, signIns: 7 },
      { start: start + 2 * DAY, assertions: 7, signIns: 8 },
    ];
    const { run } = withNotices({ takeDueNotices: async () => [] }, [], undefined, { compareAssertions });
    await run(NOW);
    const told = (spy: typeof info) => spy?.mock.calls.map(([line]) => JSON.parse(String(line)));
    const line = { event: 'saml_assertions_counted' };
    expect(told(info)).toMatchObject([{ ...line, what: '2027-02-11', count: 7, expected: 7 }]);
    expect(told(error)).toMatchObject([
      { ...line, what: '2027-02-12', count: 8, expected: 7 },
      { ...line, what: '2027-02-13', count: 7, expected: 8 },
    ]);
  });
});

describe("a laptop's clock that jumps", () => {
  /** The moments of whole runs, told by what they prune, and of the days in between, told by the keys. */
  const walked = () => {
    const days: number[] = [];
    const runs: number[] = [];
    const ring = {
      keepCalendar: async (at: number) => {
        days.push(at);
        return [];
      },
      signing: unexpected,
      published: unexpected,
      list: unexpected,
      rotate: unexpected,
      activate: unexpected,
      retire: unexpected,
    };
    const prune = async (at: number): Promise<void> => {
      runs.push(at);
    };
    const quiet = { takeDueNotices: async () => [] };
    return { days, runs, ...withNotices(quiet, [], undefined, { ring, prune }) };
  };

  it('meets every day in between', async () => {
    const { walk, days } = walked();
    await walk(NOW, NOW + 3 * DAY);
    expect(days).toEqual([NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY]);
  });

  it('wakes nobody sooner than the scheduler would, and not later', async () => {
    const { walk, runs } = walked();
    const at = (minutes: number) => NOW + minutes * MINUTE;
    await walk(at(0), at(1));
    await walk(at(1), at(2));
    await walk(at(2), at(5));
    expect(runs).toEqual([at(1)]);
    await walk(at(5), at(6));
    await walk(at(6), at(30));
    expect(runs).toEqual([at(1), at(6), at(30)]);
  });
});
