import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { isLocale, type Locale } from '../../kernel/locale.ts';
import { MINUTE, SECOND } from '../../kernel/time.ts';
import type { HallPorts } from '../../signin/ports.ts';
import { type CountryAllowList, capabilities } from '../phone/capabilities.ts';

/** UR-10: how long anybody may keep the list. */
const CACHED_SECONDS = (15 * MINUTE) / SECOND;

/** The countries served, by ISO code, with names in one language (security-events HE-8). */
function countrySupport(allowed: CountryAllowList, locale: Locale) {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const countries = [...capabilities(allowed)].sort((a, b) => (a.country < b.country ? -1 : 1));
  return Object.fromEntries(
    countries.map((one) => [
      one.country,
      {
        country_code: one.code,
        name: names.of(one.country) ?? one.country,
        supports_sms: one.sms,
        supports_sms_unconfirmed: one.smsUnconfirmed,
        supports_voice: one.voice,
        supports_voice_unconfirmed: one.voiceUnconfirmed,
      },
    ]),
  );
}

/** What machines ask about phones: the public country list, and what the telephone company calls back with. */
export function phoneApi({ phoneService, phones }: HallPorts): Hono<AppEnv> {
  const api = newRoutes();
  api.get('/api/country-support', (c) => {
    c.header('Cache-Control', `public, max-age=${CACHED_SECONDS}`);
    c.header('Access-Control-Allow-Origin', '*');
    // Caches go by the address, so the language is part of it: `/fr/api/...` or `?locale=fr`.
    const asked = c.req.query('locale') ?? '';
    const locale = isLocale(asked) ? asked : (c.get('localeInPath') ?? 'en');
    return c.json({
      countries: phoneService === null ? {} : countrySupport(phoneService.countries, locale),
    });
  });
  api.post('/api/webhooks/telephony', async (c) => {
    const news = await phoneService?.readCallback(c.req.raw);
    if (news === null || news === undefined) return c.body(null, 403);
    const now = c.get('now');
    for (const one of news) {
      if (one.kind === 'failed') await phones.noteFailure(one.number, one.failure, now);
      else if (one.kind === 'opted_out') await phones.noteOptOut(one.number, now);
      else await phones.noteOptIn(one.number, now);
    }
    // The company waits for instructions in answer to an incoming text: none.
    c.header('Content-Type', 'text/xml; charset=utf-8');
    return c.body('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });
  return api;
}
