import type { CountryAllowList } from '../../factors/phone/capabilities.ts';
import type { PhoneService, Telephony } from '../../factors/phone/ports.ts';
import { MESSAGE_PATIENCE_MS, type Words } from '../../ui/catalogue-loader.ts';
import { codeText, noticeText, spokenCode } from './compose-text.ts';

/** Puts codes and notices into words, in a language once `words` has it, and hands them to the telephone company. */
export function makePhoneService(
  telephony: Telephony,
  site: { readonly brand: string; readonly origin: string },
  countries: CountryAllowList,
  words: Words,
): PhoneService {
  const contextOf = (locale: Parameters<PhoneService['sendNotice']>[2]) => ({
    brand: site.brand,
    host: new URL(site.origin).host,
    locale,
  });
  return {
    countries,
    costs: telephony.costs,
    lookUp: telephony.lookUp,
    optBackIn: telephony.optBackIn,
    readCallback: telephony.readCallback,
    async sendCode({ to, channel, code, purpose, locale }) {
      await words(locale, MESSAGE_PATIENCE_MS);
      return channel === 'voice'
        ? telephony.call(to, spokenCode(code, contextOf(locale)))
        : telephony.sendText({ to, text: codeText(code, purpose, contextOf(locale)), code });
    },
    async sendNotice(to, notice, locale) {
      await words(locale, MESSAGE_PATIENCE_MS);
      return telephony.sendText({ to, text: noticeText(notice, contextOf(locale)), code: null });
    },
  };
}
