import type { Context, Hono } from 'hono';
import { limitBody, PROBLEMS, refuse, requireBearer } from './apps/endpoints/api-problems.ts';
import { type AppEnv, newRoutes } from './http.ts';
import { MAX_BODY_BYTES, readCeremony } from './intervention.ts';
import type { Result } from './kernel/result.ts';
import type { YearInfo } from './platform/keys/saml-year-rows.ts';
import type { SamlYearRing, YearRefusal } from './platform/keys/saml-years.ts';
import type { Ceremony } from './platform/keys/signing-keys.ts';
import { logLine } from './platform/log.ts';
import { appsOnYear, type PartnerPorts } from './saml-partners.ts';

const show = (info: YearInfo) => ({
  year: info.year,
  state: info.state,
  kid: info.kid,
  certificate_sha256: info.certificateSha256,
  not_before: new Date(info.notBefore).toISOString(),
  not_after: new Date(info.notAfter).toISOString(),
  created_at: new Date(info.createdAt).toISOString(),
  created_by: info.createdBy,
  hold: info.hold,
});

const REFUSALS = {
  unknown_year: PROBLEMS.notFound,
  last_year: { status: 409, id: 'last-year', title: 'The only year that serves cannot be closed.' },
  exists: { status: 409, id: 'year-exists', title: 'This year has gone through that step already.' },
  not_yet: { status: 409, id: 'year-not-yet', title: 'The certificate of this year is not valid yet.' },
} as const;

const yearIn = (c: Context<AppEnv>): number | null =>
  /^20\d\d$/.test(c.req.param('year') ?? '') ? Number(c.req.param('year')) : null;

/** SAML year ceremonies for operators (O11, O12, saml Y5, Y11). Every step of the calendar can be forced here. */
export function samlYearsApi(
  years: SamlYearRing,
  partners: Pick<PartnerPorts, 'use' | 'apps'>,
  adminToken: string,
): Hono<AppEnv> {
  const api = newRoutes();
  api.use('*', requireBearer(adminToken), limitBody(MAX_BODY_BYTES));
  api.get('/', async (c) => c.json({ years: (await years.list()).map(show) }));

  api.get('/:year/apps', async (c) => {
    const year = yearIn(c);
    if (year === null || !(await years.list()).some((known) => known.year === year))
      return refuse(c, PROBLEMS.notFound);
    return c.json({ year, apps: await appsOnYear(partners, year) });
  });

  type Act = (year: number, by: Ceremony) => Promise<Result<YearInfo | null, YearRefusal>>;
  const on = (step: string, status: 200 | 201, act: Act): void => {
    api.post(`/:year/${step}`, async (c) => {
      const year = yearIn(c);
      if (year === null) return refuse(c, PROBLEMS.notFound);
      const asked = await readCeremony(c);
      if (asked instanceof Response) return asked;
      const done = await act(year, asked.by);
      if (!done.ok) return refuse(c, REFUSALS[done.error.reason]);
      logLine('warn', 'saml_year_moved', { year, what: step });
      return c.json(done.value === null ? { year } : show(done.value), status);
    });
  };
  on('stage', 201, years.stage);
  on('open', 200, years.open);
  on('close', 200, years.close);
  on('replace', 201, years.replace);
  on('hold', 200, (year, by) => years.hold(year, true, by));
  on('release', 200, (year, by) => years.hold(year, false, by));
  return api;
}
