import { mailResetLink } from './accounts/endpoints/account-reset-mail.ts';
import { DAY, type EpochMs, MINUTE } from './kernel/time.ts';
import type { AssertionCounts } from './platform/keys/assertion-counts.ts';
import type { SamlYearRing } from './platform/keys/saml-years.ts';
import type { KeyRing } from './platform/keys/signing-keys.ts';
import { describeFault, logLine } from './platform/log.ts';
import { disavowTokens, notifyWithDisavow } from './signin/endpoints/disavow-link.ts';
import type { HallPorts } from './signin/ports.ts';

/** Messages of a test inbox are kept this long. */
const INBOX_DAYS = 30;
/** How often the scheduler wakes a deployment: `crons` in `wrangler.toml`. */
const WAKES_EVERY_MS = 5 * MINUTE;
/** Longest jump of the laptop's clock that is walked day by day. */
const MAX_DAYS_WALKED = 800;
const NOTICES_AT_ONCE = 100;

export interface CalendarPorts {
  readonly hall: HallPorts;
  readonly ring: KeyRing;
  readonly years: SamlYearRing;
  /** Tells the people who run SAML apps that their year ends. */
  readonly tellPartners: (now: EpochMs) => Promise<void>;
  readonly compareAssertions: AssertionCounts['compare'];
  readonly prune: (now: EpochMs) => Promise<void>;
  readonly pruneInbox: ((before: EpochMs) => Promise<void>) | null;
  /** Moves sealed values to the newest root, a slice each time; left out: nothing is moved. */
  readonly reseal?: (now: EpochMs) => Promise<{ readonly moved: number; readonly failed: number }>;
}

/** What runs by the clock: key rotation, notices that waited, removal of what is over. Each part fails alone. */
export function calendar({
  hall,
  ring,
  years,
  tellPartners,
  compareAssertions,
  prune,
  pruneInbox,
  reseal,
}: CalendarPorts): {
  readonly run: (now: EpochMs) => Promise<void>;
  readonly walk: (from: EpochMs, to: EpochMs) => Promise<void>;
} {
  const part = async (name: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      logLine('error', 'calendar_part_failed', { part: name, ...describeFault(error) });
    }
  };
  const rotate = async (now: EpochMs): Promise<void> => {
    for (const what of await ring.keepCalendar(now)) logLine('info', 'signing_key_moved', { what });
  };
  const turnYears = async (now: EpochMs): Promise<void> => {
    for (const what of await years.keepCalendar(now)) logLine('warn', 'saml_year_moved', { what });
  };
  /** Saml V23: an assertion without a sign-in is made by somebody who has our key, or by a fault of ours. */
  const countAssertions = async (now: EpochMs): Promise<void> => {
    for (const { start, assertions, signIns } of await compareAssertions(now))
      logLine(assertions === signIns ? 'info' : 'error', 'saml_assertions_counted', {
        what: new Date(start).toISOString().slice(0, 10),
        count: assertions,
        expected: signIns,
      });
  };
  /** SI-5: the password was right on a new browser, and no second factor followed. */
  const tell = async (now: EpochMs): Promise<void> => {
    // Each was taken off the list, so one that fails must not take the others with it.
    for (const notice of await hall.accounts.takeDueNotices(now, NOTICES_AT_ONCE))
      await part('notice', () => tellOne(notice, now));
  };
  const tellOne = async (
    { account: uuid, eventId }: { readonly account: string; readonly eventId: number | null },
    now: EpochMs,
  ): Promise<void> => {
    const account = await hall.accounts.findByUuid(uuid);
    if (account === null) return;
    const events = await hall.accounts.history(uuid, { limit: 20 });
    const event = events.find(({ id }) => id === eventId) ?? events.find(({ browser }) => browser !== null);
    const confirmed = account.emails.filter(({ confirmedAt }) => confirmedAt !== null);
    const tokens = await disavowTokens(hall, uuid, now, event?.id);
    await notifyWithDisavow(hall, confirmed, account.facts.emailLocale, tokens, (disavowUrl) => ({
      kind: 'new-device',
      complete: false,
      browser: event?.browser ?? '',
      place: event?.place ?? '',
      passwordAt: event?.at ?? now,
      at: event?.at ?? now,
      disavowUrl,
    }));
  };
  /**
   * Nobody must lose their way out because no mail could be sent just then: the next run tries again. Only the mail sent
   * ends that, so a run that is cut off is made up for; at worst the link comes twice, and the newer one counts.
   */
  const grantReset = async (account: string, now: EpochMs): Promise<void> => {
    let told = false;
    try {
      told = await mailResetLink(hall, account, now);
    } finally {
      await (told ? hall.accounts.resetMailed(account, now) : hall.accounts.putBackReset(account, now));
    }
  };
  /** AR-2: the waiting is over, so the link that deletes goes out. */
  const grantResets = async (now: EpochMs): Promise<void> => {
    for (const account of await hall.accounts.takeDueResets(now, NOTICES_AT_ONCE))
      await part('account reset', () => grantReset(account, now));
  };
  let wokenAt: EpochMs | null = null;
  const run = async (now: EpochMs): Promise<void> => {
    wokenAt = now;
    await part('keys', () => rotate(now));
    await part('saml years', () => turnYears(now));
    await part('saml partners', () => tellPartners(now));
    await part('saml assertions', () => countAssertions(now));
    await part('notices', () => tell(now));
    await part('account resets', () => grantResets(now));
    await part('prune', () => prune(now));
    if (reseal !== undefined)
      await part('reseal', async () => {
        const { moved, failed } = await reseal(now);
        if (moved > 0) logLine('info', 'sealed_values_moved', { count: moved });
        if (failed > 0) logLine('error', 'sealed_values_unreadable', { count: failed });
      });
    if (pruneInbox !== null) await part('inbox', () => pruneInbox(now - INBOX_DAYS * DAY));
  };
  return {
    run,
    // A clock that jumps a season must meet every day in between, as a server would have; after a small step nobody
    // would have woken it again.
    async walk(from, to) {
      for (let at = from + DAY, days = 0; at < to && days < MAX_DAYS_WALKED; at += DAY, days += 1) {
        await part('keys', () => rotate(at));
        await part('saml years', () => turnYears(at));
        await part('saml partners', () => tellPartners(at));
      }
      if (wokenAt === null || to - wokenAt >= WAKES_EVERY_MS) await run(to);
    },
  };
}
