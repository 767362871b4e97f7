import { type Context, Hono } from 'hono';
import { PROBLEMS, refuse, requireBearer } from './apps/endpoints/api-problems.ts';
import type { AppEnv } from './http.ts';
import type { Result } from './kernel/result.ts';
import { logLine } from './platform/log.ts';
import type { SamlYearRing, YearInfo, YearRefusal } from './platform/keys/saml-years.ts';

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

const OPERATOR = 'operator';

/** SAML year ceremonies for operators (O11, O12, saml Y5, Y11). Every step of the calendar can be forced here. */
export function samlYearsApi(years: SamlYearRing, adminToken: string): Hono<AppEnv> {
  const api = new Hono<AppEnv>();
  api.use('*', requireBearer(adminToken));
  api.get('/', async (c) => c.json({ years: (await years.list()).map(show) }));

  type Act = (year: number, c: Context<AppEnv>) => Promise<Result<YearInfo | null, YearRefusal>>;
  const on = (path: string, status: 200 | 201, act: Act): void => {
    api.post(path, async (c) => {
      const year = /^20\d\d$/.test(c.req.param('year') ?? '') ? Number(c.req.param('year')) : null;
      if (year === null) return refuse(c, PROBLEMS.notFound);
      const done = await act(year, c);
      if (!done.ok) return refuse(c, REFUSALS[done.error.reason]);
      logLine('warn', 'saml_year_moved', { year, path });
      return c.json(done.value === null ? { year } : show(done.value), status);
    });
  };
  on('/:year/stage', 201, (year, c) => years.stage(year, OPERATOR, c.get('now')));
  on('/:year/open', 200, (year, c) => years.open(year, OPERATOR, c.get('now')));
  on('/:year/close', 200, (year, c) => years.close(year, c.get('now')));
  on('/:year/replace', 201, (year, c) => years.replace(year, OPERATOR, c.get('now')));
  on('/:year/hold', 200, (year) => years.hold(year, true));
  on('/:year/release', 200, (year) => years.hold(year, false));
  return api;
}
