import { type App, displayName, isOidc } from './apps/model.ts';
import type { Log } from './kernel/log.ts';
import { DAY, type EpochMs, HOUR } from './kernel/time.ts';
import { newsFor, type YearNews } from './platform/keys/saml-calendar.ts';
import type { SamlYearUse } from './platform/keys/saml-year-use.ts';
import type { SamlYearRing } from './platform/keys/saml-years.ts';
import type { Notify } from './signin/ports.ts';

/** An app answered from the old year within so many days still uses it (O12). */
const LATELY_DAYS = 7;
/** Letters a run, each to ten addresses at most. */
const LETTERS_AT_ONCE = 50;

/** Those whose turn it is: every hour begins elsewhere in the list, so that who cannot be reached keeps nobody waiting. */
function inTurn<T>(all: readonly T[], now: EpochMs): readonly T[] {
  const from = (Math.floor(now / HOUR) * LETTERS_AT_ONCE) % Math.max(1, all.length);
  return [...all.slice(from), ...all.slice(0, from)].slice(0, LETTERS_AT_ONCE);
}

/** What telling partners needs. */
export interface PartnerPorts {
  readonly origin: string;
  readonly years: Pick<SamlYearRing, 'list'>;
  readonly use: SamlYearUse;
  readonly apps: () => Promise<readonly App[]>;
  readonly notify: Notify;
  readonly log: Log;
}

/**
 * Tells the people who run SAML apps that a new year opened, and before the old one ends those whose apps still use it
 * (saml Y5, O12). Each letter goes to each app once, however often this runs. Where an app names no address the
 * operator finds it in the log instead.
 */
export const tellPartners =
  ({ origin, years, use, apps, notify, log }: PartnerPorts) =>
  async (now: EpochMs): Promise<void> => {
    const news = newsFor(await years.list(), now);
    if (news === null) return use.clear();
    const [told, seen] = await Promise.all([use.told(news), use.seen(news.ending)]);
    const usedLately = ({ uuid }: App): boolean =>
      Math.floor(now / DAY) - (seen.get(uuid) ?? Number.NEGATIVE_INFINITY) <= LATELY_DAYS;
    const concerned = (await apps()).filter(
      (app) =>
        app.active && !isOidc(app) && !told.has(app.uuid) && (news.letter === 'opened' || usedLately(app)),
    );
    for (const app of inTurn(concerned, now)) {
      const contacts = app.technical_contacts;
      const reached = contacts.length === 0 ? 0 : await notify(contacts, 'en', letterTo(app, news, origin));
      if (reached === 0)
        log('warn', 'saml_partner_not_reachable', { app: app.uuid, year: news.ending, what: news.letter });
      // Where no letter got out, the next run tries again.
      if (reached > 0 || contacts.length === 0) await use.markTold(news, app.uuid);
    }
  };

function letterTo(app: App, { opened, ending, ends, letter }: YearNews, origin: string) {
  const facts = {
    app: displayName(app),
    year: opened,
    ends,
    metadataUrl: `${origin}/api/saml/metadata${opened}`,
  };
  return letter === 'opened'
    ? ({ kind: 'saml-year-opened', ...facts } as const)
    : ({ kind: 'saml-year-ends', old: ending, ...facts } as const);
}

/** Who still uses the year that ends, for operators: with how many people they can be told. */
export async function appsOnYear(
  { use, apps }: Pick<PartnerPorts, 'use' | 'apps'>,
  year: number,
): Promise<readonly { readonly issuer: string; readonly last_used: string; readonly contacts: number }[]> {
  const [seen, all] = await Promise.all([use.seen(year), apps()]);
  return all.flatMap(({ uuid, issuer, technical_contacts }) => {
    const day = seen.get(uuid);
    if (day === undefined) return [];
    const last_used = new Date(day * DAY).toISOString().slice(0, 10);
    return [{ issuer, last_used, contacts: technical_contacts.length }];
  });
}
