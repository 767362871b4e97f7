import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/kernel/locale.ts';
import { codeText, noticeText, spokenCode } from '../../../src/notices/pages/compose-text.ts';

/** The basic character set of 3GPP TS 23.038 section 6.2.1. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const outside = (text: string): string => [...text].filter((mark) => !GSM.includes(mark)).join('');

const context = (locale: (typeof LOCALES)[number]) => ({
  brand: 'Gatehouse Sandbox',
  host: 'sandbox.idp.example',
  locale,
});

describe('L10-5 texts fit', () => {
  const texts = LOCALES.flatMap((locale) => [
    { locale, name: `${locale} sign-in`, text: codeText('012345', 'sign_in', context(locale)) },
    { locale, name: `${locale} confirm`, text: codeText('012345', 'confirm_phone', context(locale)) },
    { locale, name: `${locale} reset`, text: noticeText('reset_requested', context(locale)) },
    { locale, name: `${locale} new personal key`, text: noticeText('personal_key_issued', context(locale)) },
    { locale, name: `${locale} reset canceled`, text: noticeText('reset_cancelled', context(locale)) },
  ]);

  it.each(texts.filter(({ locale }) => locale !== 'zh'))(
    'one text of 160 in the alphabet of texts: $name',
    ({ text }) => {
      expect(outside(text)).toBe('');
      expect(text.length).toBeLessThanOrEqual(160);
    },
  );

  it.each(texts.filter(({ locale }) => locale === 'zh'))('at most two segments of 67: $name', ({ text }) => {
    expect(text.length).toBeLessThanOrEqual(134);
  });
});

describe('PH-4', () => {
  it.each(LOCALES)('ends a text with the line that fills the code in on this site only (%s)', (locale) => {
    const lines = codeText('012345', 'sign_in', context(locale)).split('\n');
    expect(lines.at(-1)).toBe('@sandbox.idp.example #012345');
    expect(lines.at(-2)).toBe('');
  });

  it('says the code three times, digit by digit', () => {
    const spoken = spokenCode('012345', context('en'));
    expect(spoken.times).toBe(3);
    expect(spoken.digits).toBe('012345');
    expect(spoken.before).toContain('Gatehouse Sandbox');
  });
});
