import type { SpokenCode } from '../../factors/phone/ports.ts';
import type { Locale } from '../../kernel/locale.ts';

const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'en-US', es: 'es-US', fr: 'fr-FR', zh: 'zh-CN' };

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);

/** What a call says as TwiML: digit by digit with pauses, the whole as often as asked (PH-4). */
export function callScript({ locale, before, digits, after, times }: SpokenCode): string {
  const say = (text: string): string => `<Say language="${LANGUAGES[locale]}">${escapeXml(text)}</Say>`;
  const pause = '<Pause length="1"/>';
  const once = [
    say(before),
    pause,
    ...[...digits].flatMap((digit) => [say(digit), pause]),
    say(after),
    pause,
  ];
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${once.join('').repeat(times)}</Response>`;
}
