import { eq, sql } from 'drizzle-orm';
import type { SignInAccount } from '../../accounts/model.ts';
import { accounts, emails } from '../../accounts/tables.ts';
import type { FactorKind } from '../../factors/model.ts';
import { lazy } from '../../kernel/lazy.ts';
import { isLocale } from '../../kernel/locale.ts';
import type { SealedProfile } from '../../proofing/model.ts';
import type { AccountFacts } from '../../sessions/model.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { addressesWith } from './addresses.ts';
import { readBans } from './bans.ts';
import type { Database } from './database.ts';
import { kindsOf } from './held-kinds.ts';
import { profileJson, readProfile } from './profiles.ts';

/** Columns that bring along what else sign-in needs, so that a single statement is enough. */
export const accountColumns = lazy(() => ({
  /** Rows of `emails` as JSON. */
  emails: sql<string>`(SELECT json_group_array(json_array(m.id, m.address, m.confirmed_at, m.last_sign_in_at)) FROM emails m WHERE m.account = ${accounts.uuid})`,
  kinds: sql<string | null>`(SELECT group_concat(f.kind) FROM factors f WHERE f.account = ${accounts.uuid})`,
  hasCodes: sql<number>`EXISTS (SELECT 1 FROM backup_codes b WHERE b.account = ${accounts.uuid} AND b.used_at IS NULL)`,
  reset: sql<
    string | null
  >`(SELECT json_array(r.requested_at, r.granted_at) FROM account_resets r WHERE r.account = ${accounts.uuid})`,
}));

function readReset(json: string | null): SignInAccount['reset'] {
  if (json === null) return null;
  const [requestedAt, grantedAt]: readonly [number, number | null] = JSON.parse(json);
  return { requestedAt, grantedAt };
}

type AccountRow = typeof accounts.$inferSelect;

/** What a session knows of an account. */
export const factsOf = (
  row: AccountRow,
  methods: readonly FactorKind[],
  profile: SealedProfile | null,
  methodCount: number,
): AccountFacts => ({
  methods,
  methodCount,
  signIns: row.signIns,
  secondMethodDeclinedAt: row.secondMethodDeclinedAt,
  cardDeclinedAt: row.cardDeclinedAt,
  profile:
    profile === null
      ? null
      : { level: profile.level, verifiedAt: profile.verifiedAt, deactivation: profile.deactivation },
  rulesAcceptedAt: row.rulesAcceptedAt,
  suspended: row.suspendedAt !== null,
  ...(row.bans === null ? {} : { bans: readBans(row.bans) }),
  passwordChangeRequired: row.passwordChangeRequired,
  identityHeld: row.identityHeld,
  verifiedAt: row.verifiedAt,
  secondFactorSucceededAt: row.secondFactorSucceededAt,
  emailLocale: isLocale(row.emailLocale) ? row.emailLocale : 'en',
  ...(row.legacyNameId === null ? {} : { legacyNameId: row.legacyNameId }),
  createdAt: row.createdAt,
});

/** Rows of `emails` as `accountColumns` brings them, opened. */
export const emailsReader = (keys: Keyholder) => {
  const addresses = addressesWith(keys);
  return async (account: string, json: string) => {
    const rows: readonly [string, string, number | null, number | null][] = JSON.parse(json);
    return Promise.all(
      rows.map(async ([id, sealed, confirmedAt, lastSignInAt]) => ({
        id,
        address: await addresses.open(account, id, sealed),
        confirmedAt,
        lastSignInAt,
      })),
    );
  };
};

/** One statement for all that sign-in needs; callers say which account. */
export const selectAccount = (db: Database) =>
  db
    .select({
      account: accounts,
      ...accountColumns(),
      emailId: emails.id,
      profile: profileJson(accounts.uuid),
    })
    .from(accounts)
    .innerJoin(emails, eq(emails.account, accounts.uuid));

type Row = Awaited<ReturnType<typeof selectAccount>>[number];

const countOf = ({ kinds, hasCodes }: Row): number => (kinds?.split(',').length ?? 0) + hasCodes;

/** What `selectAccount` found, opened. */
export const accountReader = (keys: Keyholder) => {
  const openEmails = emailsReader(keys);
  return async (row: Row | undefined): Promise<SignInAccount | null> => {
    if (row === undefined) return null;
    const profile = readProfile(row.profile);
    return {
      uuid: row.account.uuid,
      password: row.account.password,
      facts: factsOf(row.account, kindsOf(row.kinds, row.hasCodes), profile, countOf(row)),
      profile,
      emails: await openEmails(row.account.uuid, row.emails),
      emailId: row.emailId,
      rememberRevokedAt: row.account.rememberRevokedAt,
      passwordCheckedAt: row.account.passwordCheckedAt,
      reset: readReset(row.reset),
    };
  };
};
