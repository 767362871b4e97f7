import { describe, expect, it } from 'vitest';
import { PhoneSetUpPage } from '../../../src/factors/pages/phone-set-up.tsx';
import { capabilities } from '../../../src/factors/phone/capabilities.ts';
import { LOCALES, type Locale } from '../../../src/kernel/locale.ts';
import { aPage, htmlOf } from './page-rules.ts';

const countries = capabilities(null);

function listOn(locale: Locale) {
  const html = htmlOf(
    <PhoneSetUpPage page={aPage(locale)} countries={countries} country="MX" channel="sms" />,
  );
  const [whole = '', id = ''] = /<select\b[^>]*\bid="([^"]+)"[^>]*>[\s\S]*?<\/select>/.exec(html) ?? [];
  const options = [...whole.matchAll(/<option\b([^>]*)>([^<]*)<\/option>/g)].map(
    ([, attributes = '', label = '']) => ({
      label,
      selected: /\sselected/.test(attributes),
    }),
  );
  return { html, id, whole, options };
}

describe('UX-10 the country of a phone', () => {
  it.each(LOCALES)('is a labelled list of the browser’s own, which keys alone can work, in %s', (locale) => {
    const { html, id, whole, options } = listOn(locale);
    expect(html).toMatch(new RegExp(`<label\\b[^>]*\\bfor="${id}"`));
    expect(whole).toContain('name="country"');
    expect(whole).not.toMatch(/tabindex="-1"|\sdisabled|\ssize=/);
    expect(options).toHaveLength(countries.length);
    expect(options.filter(({ selected }) => selected).map(({ label }) => label)).toEqual([
      options.find(({ label }) => label.endsWith('(+52)'))?.label,
    ]);
  });

  it.each(LOCALES)('is found by typing its name: names come first, in the order of %s', (locale) => {
    const labels = listOn(locale).options.map(({ label }) => label);
    for (const label of labels) expect(label).toMatch(/^\p{L}.* \(\+\d{1,4}\)$/u);
    const names = labels.map((label) => label.replace(/ \(\+\d+\)$/, ''));
    expect(names).toEqual([...names].sort(new Intl.Collator(locale).compare));
  });
});
