import { eq } from 'drizzle-orm';
import { accounts } from '../../accounts/tables.ts';
import type { PickDatabase } from './database.ts';

/** How an account came to be: test accounts may be removed by their makers, people's own may not. */
export const originsIn =
  (pick: PickDatabase) =>
  async (account: string): Promise<'sign-up' | 'sandbox' | null> => {
    const [row] = await pick({ account })
      .select({ origin: accounts.origin })
      .from(accounts)
      .where(eq(accounts.uuid, account))
      .limit(1);
    return row?.origin ?? null;
  };
