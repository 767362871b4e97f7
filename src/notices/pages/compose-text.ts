import { ONE_TIME_CODE_LIFETIME_MS } from '../../factors/one-time-code.ts';
import type { CodePurpose, PhoneNotice, SpokenCode } from '../../factors/phone/ports.ts';
import type { Locale } from '../../kernel/locale.ts';
import { MINUTE } from '../../kernel/time.ts';
import { translator } from '../../ui/index.ts';

/** How often a call says the code (PH-4). */
const SAID_TIMES = 3;
const MINUTES = ONE_TIME_CODE_LIFETIME_MS / MINUTE;

export interface TextContext {
  readonly brand: string;
  /** Host of the site, as the browser compares it. */
  readonly host: string;
  readonly locale: Locale;
}

/**
 * Typographic marks that the seven-bit alphabet of texts lacks, replaced by ones it has: a single mark outside the
 * alphabet would cut a text's room from 160 characters to 70 (L10-5).
 */
const plainMarks = (text: string): string => text.replaceAll('’', "'").replace(/[\u00a0\u202f]/g, ' ');

/** A text with a code. Its last line lets the browser fill the code in on this site only (PH-4). */
export function codeText(code: string, purpose: CodePurpose, { brand, host, locale }: TextContext): string {
  const key = purpose === 'sign_in' ? 'phone.text.code' : 'phone.text.confirm';
  const words = translator(locale)(key, { brand, code, minutes: MINUTES });
  return `${plainMarks(words)}\n\n@${host} #${code}`;
}

/** What a call with a code says (PH-4). */
export function spokenCode(code: string, { brand, locale }: TextContext): SpokenCode {
  const t = translator(locale);
  return {
    locale,
    before: t('phone.voice.before', { brand }),
    digits: code,
    after: t('phone.voice.after'),
    times: SAID_TIMES,
  };
}

const NOTICES = {
  reset_requested: 'phone.text.reset_requested',
  reset_cancelled: 'phone.text.reset_cancelled',
  personal_key_issued: 'identity.text.issued',
} as const;

/** A short message about the account (AR-1, AR-3). */
export const noticeText = (notice: PhoneNotice, { brand, locale }: TextContext): string =>
  plainMarks(translator(locale)(NOTICES[notice], { brand }));
