import { describe, expect, it } from 'vitest';
import { passwordSha1 } from '../../../src/accounts/rules/breached-list.ts';
import { normalisePassword } from '../../../src/accounts/rules/password-text.ts';
import { recheckPassword } from '../../../src/signin/endpoints/recheck-password.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const PASSWORD = 'cafe\u0301 au lait';

/** What one sign-in finds, and the digests it asked about. */
async function recheck(
  account: { readonly passwordCheckedAt?: number | null; readonly required?: boolean } = {},
  list: ((sha1: string) => Promise<boolean>) | null = async () => true,
) {
  const asked: string[] = [];
  const logged: string[] = [];
  const found = await recheckPassword(
    {
      hall: {
        log: (_level, event) => void logged.push(event),
        recheckBreached:
          list === null
            ? null
            : (sha1) => {
                asked.push(sha1);
                return list(sha1);
              },
      },
      now: NOW,
    },
    {
      facts: { passwordChangeRequired: account.required ?? false },
      passwordCheckedAt: account.passwordCheckedAt ?? null,
    },
    PASSWORD,
  );
  return { found, asked, logged };
}

describe('PW-6, SU-8 the breach recheck at sign-in', () => {
  it('asks nobody unless an operator turned it on', async () => {
    expect((await recheck({}, null)).found).toBeNull();
  });

  it('looks for the password as the list writes it, and tells what was found', async () => {
    const normalised = normalisePassword(PASSWORD);
    const digest = normalised === null ? '' : passwordSha1(normalised);
    expect(await recheck()).toMatchObject({ found: true, asked: [digest] });
    expect((await recheck({}, async () => false)).found).toBe(false);
  });

  it.each([
    ['just looked for', NOW, null],
    ['looked for less than 30 days ago', NOW - 30 * DAY + 1, null],
    ['looked for 30 days ago', NOW - 30 * DAY, true],
  ])('a password %s', async (_what, passwordCheckedAt, found) => {
    expect((await recheck({ passwordCheckedAt })).found).toBe(found);
  });

  it('has nothing to add where the password must be changed anyway', async () => {
    expect((await recheck({ required: true })).asked).toEqual([]);
  });

  it('keeps nobody out while the list does not answer, and says so in the log', async () => {
    const silent = await recheck({}, async () => {
      throw new Error('no answer');
    });
    expect(silent).toMatchObject({ found: null, logged: ['breached_list_silent'] });
  });
});
