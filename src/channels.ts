import { breachedAmong, breachedInRange } from './accounts/rules/breached-list.ts';
import { type Config, Misconfigured } from './config.ts';
import { planOf } from './factors/phone/number-plans.ts';
import { SHIPS_SANDBOX } from './kernel/shipped.ts';
import type { SendMessage } from './notices/model.ts';
import { makePhoneService } from './notices/pages/phone-service.ts';
import { fetchBreachRange } from './platform/breach-range.ts';
import { sendWithBinding } from './platform/mail/binding.ts';
import { sendOverHttp } from './platform/mail/http.ts';
import type { Inbox } from './platform/mail/inbox.ts';
import { randomBytes } from './platform/random.ts';
import { httpTelephony } from './platform/telephony/http.ts';
import { inboxTelephony } from './platform/telephony/inbox.ts';
import type { HallPorts } from './signin/ports.ts';
import type { Words } from './ui/catalogue-loader.ts';

/** Waits. */
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** How codes get to phones: kept for reading in test environments, sent by a telephone company, or not at all. */
export function phoneServiceOf(
  { site, telephony, phoneCountries }: Config,
  phones: HallPorts['phones'],
  inbox: Inbox | null,
  words: Words,
): HallPorts['phoneService'] {
  if (telephony === null) return null;
  for (const country of phoneCountries ?? []) {
    if (planOf(country) === null)
      throw new Misconfigured(`PHONE_COUNTRIES names ${country}, where no phone can be reached`);
  }
  if (telephony.provider === 'http') {
    const callbackUrl = `${site.origin}/api/webhooks/telephony`;
    const company = httpTelephony({ ...telephony, callbackUrl }, (url, init) => fetch(url, init));
    return makePhoneService(company, site, phoneCountries, words);
  }
  if (!SHIPS_SANDBOX || inbox === null) return null;
  const isOptedIn = async (number: Parameters<typeof phones.news>[0]): Promise<boolean> => {
    const news = await phones.news(number);
    return news !== null && news.optedInAt !== null;
  };
  return makePhoneService(inboxTelephony(inbox.send, isOptedIn), site, phoneCountries, words);
}

/** Where mail goes: kept for reading in test environments unless a real channel is named, sent elsewhere. */
export function mailChannel(env: Env, { mail }: Config, inbox: Inbox | null): SendMessage {
  if (mail.provider === 'inbox' && inbox !== null) return inbox.send;
  if (mail.provider === 'http' && mail.url !== null && mail.token !== null) {
    const ports = {
      fetch: (url: string, init: RequestInit) => fetch(url, init),
      pause,
      random: randomBytes,
    };
    return sendOverHttp({ url: mail.url, token: mail.token, from: mail.from }, ports);
  }
  return sendWithBinding(env.MAIL, mail.from);
}

/** SU-8: the embedded list, or the outside range service an operator turned on, which has `timeoutMs` to answer. */
export function breachCheck(
  { breachRangeUrl }: Pick<Config, 'breachRangeUrl'>,
  commonPasswords: () => Promise<readonly string[]>,
  timeoutMs: number,
): HallPorts['isBreached'] {
  if (breachRangeUrl !== null) return breachedInRange(fetchBreachRange(breachRangeUrl, timeoutMs));
  let check: HallPorts['isBreached'] | null = null;
  return async (sha1) => {
    check ??= breachedAmong(await commonPasswords());
    return check(sha1);
  };
}
