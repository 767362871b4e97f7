import { displayName } from '../../apps/model.ts';
import { ALL_APPS } from '../../sessions/model.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import type { AccountOverview, HistoryEvent } from '../model.ts';
import { EVENT_KINDS } from '../model.ts';
import { DownloadPage } from '../pages/leaving.tsx';
import { liveSessions } from './sessions.tsx';
import { accountPage, nothingHere, secured } from './signed-in.ts';
import { requireUnlockedIfAny, unlockedOf } from './unlocked.ts';

/** More than is kept of one account's history. */
const MOST_EVENTS = 3000;
const MOST_DEVICES = 1000;

/** BT-16: what the file holds. */
export const showDownload = secured(
  async (found) =>
    (await requireUnlockedIfAny(found)) ?? accountPage(found, (page) => <DownloadPage page={page} />),
);

/** BT-16: everything held about the person as one JSON file, without secrets: those are told only when made. */
export const download = secured((found) =>
  withForm(found.visit, async () => {
    const { visit, state } = found;
    const { accounts, phones, factors } = visit.hall;
    const [overview, held, events, devices, numbers, cards, sessions] = await Promise.all([
      accounts.overview(state.account),
      accounts.findByUuid(state.account),
      accounts.history(state.account, { limit: MOST_EVENTS }),
      accounts.devices(state.account, MOST_DEVICES),
      phones.list(state.account),
      factors.cards(state.account),
      liveSessions(found),
    ]);
    if (overview === null) return nothingHere(found);
    const data = {
      made_at: instant(visit.now),
      ...account(overview),
      deletion_requested_at: instant(held?.reset?.requestedAt ?? null),
      phones: numbers.map(({ number, delivery, isDefault }) => ({
        number,
        codes_by: delivery,
        default: isDefault,
      })),
      government_ids: cards.map(({ name, subject, issuer, createdAt }) => ({
        name,
        subject,
        issuer,
        added_at: instant(createdAt),
      })),
      verified_identity: await identity(found),
      verified_identity_locked: state.facts.profile?.deactivation ?? null,
      connected_apps: await connectedApps(found, overview),
      closed_apps: await closedApps(found, overview),
      browsers: devices.map(({ browser, place, lastUsedAt }) => ({
        browser,
        place,
        last_used_at: instant(lastUsedAt),
      })),
      sessions: sessions.map(({ browser, place, startedAt, lastSeenAt, current }) => ({
        browser,
        place,
        started_at: instant(startedAt),
        last_seen_at: instant(lastSeenAt),
        this_one: current,
      })),
      history: events.map(event),
    };
    return new Response(`${JSON.stringify(data, null, 2)}\n`, {
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': 'attachment; filename="account-data.json"',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    });
  }),
);

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What was verified; null for people who never were, and while it is locked. */
async function identity(found: SignedIn) {
  const unlocked = await unlockedOf(found);
  if (unlocked === null) return null;
  const { firstName, middleName, lastName, birthDate, ssn, address, phone } = unlocked.identity;
  return {
    first_name: firstName,
    middle_name: middleName,
    last_name: lastName,
    birth_date: birthDate,
    social_security_number: ssn,
    address,
    phone,
    verified_at: instant(unlocked.verifiedAt),
  };
}

const account = (overview: AccountOverview) => ({
  uuid: overview.uuid,
  legacy_name_id: overview.facts.legacyNameId ?? null,
  created_at: instant(overview.createdAt),
  email_language: overview.facts.emailLocale,
  rules_accepted_at: instant(overview.facts.rulesAcceptedAt),
  identity_verified_at: instant(overview.facts.verifiedAt),
  emails: overview.emails.map(({ address, confirmedAt, lastSignInAt }) => ({
    address,
    confirmed_at: instant(confirmedAt),
    last_sign_in_at: instant(lastSignInAt),
  })),
  authentication_methods: overview.factors.map(({ kind, label, createdAt }) => ({
    kind,
    name: label,
    added_at: instant(createdAt),
  })),
  backup_codes: { left: overview.backupCodesLeft, made_at: instant(overview.backupCodesMadeAt) },
});

/** The app by its name, null once it is gone, and whom it knows this person as. */
async function knownAt({ visit, state }: SignedIn, uuid: string) {
  const [app, link] = await Promise.all([
    visit.hall.findApp(uuid),
    visit.hall.connections.find(state.account, uuid),
  ]);
  return { app: app === null ? null : displayName(app), known_there_as: link?.subject ?? null };
}

const connectedApps = (found: SignedIn, { connections, disconnected, emails }: AccountOverview) =>
  Promise.all([
    ...connections.map(async (connection) => ({
      ...(await knownAt(found, connection.app)),
      receives: connection.agreed,
      shared_email: emails.find(({ id }) => id === connection.emailId)?.address ?? null,
      connected_at: instant(connection.createdAt),
      agreed_at: instant(connection.consentedAt),
      last_used_at: instant(connection.lastUsedAt),
      disconnected_at: null,
    })),
    ...disconnected.map(async ({ app, createdAt, lastUsedAt, disconnectedAt }) => ({
      ...(await knownAt(found, app)),
      receives: [],
      shared_email: null,
      connected_at: instant(createdAt),
      agreed_at: null,
      last_used_at: instant(lastUsedAt),
      disconnected_at: instant(disconnectedAt),
    })),
  ]);

/** SP-2: the apps that are closed to this person, by name; why is between operators. */
const closedApps = ({ visit }: SignedIn, { facts }: AccountOverview) =>
  Promise.all(
    (facts.bans?.apps ?? []).map(async (uuid) => {
      const app = uuid === ALL_APPS ? null : await visit.hall.findApp(uuid);
      return app === null ? uuid : displayName(app);
    }),
  );

const KIND_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(EVENT_KINDS).map(([name, kind]) => [kind, name]),
);

const event = ({ kind, at, browser, place, app, disavowedAt }: HistoryEvent) => ({
  event: KIND_NAMES.get(kind) ?? 'other',
  at: instant(at),
  browser,
  place,
  app,
  disavowed_at: instant(disavowedAt),
});
