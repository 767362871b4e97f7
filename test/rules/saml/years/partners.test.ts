import { describe, expect, it } from 'vitest';
import type { App } from '../../../../src/apps/model.ts';
import { DAY } from '../../../../src/kernel/time.ts';
import type { Notice } from '../../../../src/notices/notice.ts';
import type { YearDates, YearNews } from '../../../../src/platform/keys/saml-calendar.ts';
import type { YearInfo } from '../../../../src/platform/keys/saml-year-rows.ts';
import type { SamlYearUse } from '../../../../src/platform/keys/saml-year-use.ts';
import { appsOnYear, tellPartners } from '../../../../src/saml-partners.ts';
import { anApp } from '../../oidc/an-app.ts';

const at = (text: string): number => Date.parse(text);
const ENDS = at('2027-04-01T00:00:00Z');

const info = (year: number, state: YearDates['state'], notAfter: number): YearInfo => ({
  year,
  state,
  notAfter,
  notBefore: 0,
  createdAt: 0,
  hold: false,
  kid: `k${year}`,
  certificateSha256: '',
  createdBy: 'calendar',
});
const SPRING = [info(2027, 'live', at('2028-04-01T00:00:00Z')), info(2026, 'retiring', ENDS)];

const samlApp = (uuid: string, over: Partial<App> = {}): App =>
  anApp({
    uuid,
    issuer: `urn:${uuid}`,
    friendly_name: uuid,
    identity_protocol: 'saml',
    technical_contacts: [`${uuid}@agency.gov`],
    ...over,
  });

/** Use of years as the real one keeps it, in memory. */
function memory(seen: Readonly<Record<string, number>> = {}) {
  const days = new Map(Object.entries(seen).map(([app, when]) => [app, Math.floor(when / DAY)]));
  const told = new Set<string>();
  const nameOf = ({ opened, letter }: YearNews, app: string) => `${opened} ${letter} ${app}`;
  const use: SamlYearUse = {
    note: async () => {},
    seen: async () => days,
    told: async (news) => ({ has: (app: string) => told.has(nameOf(news, app)) }) as ReadonlySet<string>,
    markTold: async (news, app) => void told.add(nameOf(news, app)),
    clear: async () => {
      days.clear();
      told.clear();
    },
  };
  return { use, told, days };
}

function partners(apps: readonly App[], seen: Readonly<Record<string, number>> = {}, years = SPRING) {
  const mails: string[] = [];
  const channel = { works: true };
  const notices: Notice[] = [];
  const logged: string[] = [];
  const held = memory(seen);
  const tell = tellPartners({
    origin: 'https://idp.test',
    years: { list: async () => years },
    use: held.use,
    apps: async () => apps,
    notify: async (to, _locale, notice) => {
      mails.push(`${notice.kind} ${to.join(' ')}`);
      notices.push(notice);
      return channel.works ? to.length : 0;
    },
    log: (_level, event, { app }) => void logged.push(`${event} ${app}`),
  });
  return { tell, mails, notices, logged, channel, ...held };
}

describe('Y5, O12 the people who run SAML apps', () => {
  it('hear once that a year opened, whoever they are', async () => {
    const { tell, mails, notices } = partners([samlApp('one'), samlApp('two')]);
    await tell(at('2027-02-01T12:00:00Z'));
    await tell(at('2027-02-01T12:00:00Z'));
    await tell(at('2027-02-20T12:00:00Z'));
    expect(mails).toEqual(['saml-year-opened one@agency.gov', 'saml-year-opened two@agency.gov']);
    expect(notices[0]).toMatchObject({
      app: 'one',
      year: 2027,
      ends: ENDS,
      metadataUrl: 'https://idp.test/api/saml/metadata2027',
    });
  });

  it('hear again each time while their app was answered from the old year within a week', async () => {
    const seen = { slow: at('2027-02-25T09:00:00Z'), moved: at('2027-02-10T09:00:00Z') };
    const { tell, mails, days } = partners([samlApp('slow'), samlApp('moved')], seen);
    await tell(at('2027-03-01T12:00:00Z'));
    expect(mails).toEqual(['saml-year-ends slow@agency.gov']);
    days.set('slow', Math.floor(at('2027-03-14T09:00:00Z') / DAY));
    await tell(at('2027-03-15T12:00:00Z'));
    await tell(at('2027-03-16T12:00:00Z'));
    expect(mails).toHaveLength(2);
    await tell(at('2027-03-25T12:00:00Z'));
    expect(mails, 'it moved in time').toHaveLength(2);
  });

  it('are all tried within a few runs, however many cannot be reached', async () => {
    const everyone = Array.from({ length: 120 }, (_, i) => samlApp(`app-${i}`));
    const { tell, mails, channel } = partners(everyone);
    channel.works = false;
    for (const hour of ['12', '13', '14']) await tell(at(`2027-02-01T${hour}:00:00Z`));
    expect(new Set(mails).size).toBe(everyone.length);
  });

  it('are named in the log where no address is known', async () => {
    const { tell, mails, logged } = partners([samlApp('mute', { technical_contacts: [] })]);
    await tell(at('2027-02-01T12:00:00Z'));
    await tell(at('2027-02-02T12:00:00Z'));
    expect(mails).toEqual([]);
    expect(logged).toEqual(['saml_partner_not_reachable mute']);
  });

  it('are written to again while no letter gets out, and named in the log', async () => {
    const { tell, mails, logged, channel } = partners([samlApp('one'), samlApp('two')]);
    channel.works = false;
    await tell(at('2027-02-01T12:00:00Z'));
    expect(mails, 'one that fails does not hold up the others').toHaveLength(2);
    expect(logged).toEqual(['saml_partner_not_reachable one', 'saml_partner_not_reachable two']);
    channel.works = true;
    await tell(at('2027-02-01T12:05:00Z'));
    await tell(at('2027-02-01T12:10:00Z'));
    expect(mails).toHaveLength(4);
  });

  it('are left alone when their app is off or speaks OpenID Connect', async () => {
    const { tell, mails } = partners([
      samlApp('off', { active: false }),
      samlApp('oidc', { identity_protocol: 'openid_connect_pkce' }),
    ]);
    await tell(at('2027-02-01T12:00:00Z'));
    expect(mails).toEqual([]);
  });

  it('are forgotten when no year is ending', async () => {
    const [live] = SPRING;
    const { tell, mails, days } = partners([samlApp('one')], { one: ENDS }, live === undefined ? [] : [live]);
    await tell(at('2027-05-01T12:00:00Z'));
    expect(mails).toEqual([]);
    expect(days.size).toBe(0);
  });

  it('can be looked up by operators', async () => {
    const { use } = memory({ slow: at('2027-02-25T09:00:00Z') });
    const apps = async () => [samlApp('slow'), samlApp('moved')];
    expect(await appsOnYear({ use, apps }, 2026)).toEqual([
      { issuer: 'urn:slow', last_used: '2027-02-25', contacts: 1 },
    ]);
  });
});
