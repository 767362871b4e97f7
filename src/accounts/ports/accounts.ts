import type { Locale } from '../../kernel/locale.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { AccountOverview, SignInAccount } from '../model.ts';
import type { AccountEmails } from './account-emails.ts';
import type { AccountHistory } from './account-history.ts';
import type { AccountResets } from './account-resets.ts';
import type { DeferredNotices } from './deferred-notices.ts';
import type { Erasing } from './erasing.ts';
import type { NewEvent } from './events.ts';
import type { LegacyNameIds } from './legacy-name-ids.ts';
import type { ListedSessions } from './listed-sessions.ts';
import type { MailedLinks } from './mailed-links.ts';
import type { SignInRecords } from './sign-in-records.ts';
import type { SignUps } from './sign-ups.ts';
import type { StoredPasswords } from './stored-passwords.ts';
import type { Suspensions } from './suspensions.ts';

/**
 * People's accounts in the database. Each method is one round trip unless it says otherwise. Addresses go in as
 * normalised text and come out opened; nothing but digests and ciphertext is stored.
 */
export interface Accounts
  extends AccountEmails,
    AccountHistory,
    AccountResets,
    DeferredNotices,
    Erasing,
    LegacyNameIds,
    ListedSessions,
    MailedLinks,
    SignInRecords,
    SignUps,
    StoredPasswords,
    Suspensions {
  /** By a confirmed or, failing that, an unconfirmed address (EM-4). */
  readonly findByEmail: (address: string) => Promise<SignInAccount | null>;
  readonly findByUuid: (uuid: string) => Promise<SignInAccount | null>;
  readonly overview: (uuid: string) => Promise<AccountOverview | null>;
  readonly setEmailLocale: (uuid: string, locale: Locale) => Promise<void>;
  readonly acceptRules: (uuid: string, now: EpochMs) => Promise<void>;
  /** DM-1: its owner does not want what was suggested; it is not suggested again, on any browser (RT-1). */
  readonly decline: (uuid: string, what: 'second-method' | 'card', now: EpochMs) => Promise<void>;
  readonly revokeRememberedDevices: (uuid: string, event: NewEvent) => Promise<void>;
}
