import {
  Actions,
  at,
  Button,
  ErrorSummary,
  Form,
  Layout,
  type Locale,
  type Page,
  RadioGroup,
  Select,
  TextField,
} from '../../ui/index.ts';
import type { CountryCapability } from '../phone/capabilities.ts';
import type { Channel } from '../phone/model.ts';
import { LONGEST_TYPED } from '../phone/read-number.ts';

export interface PhoneSetUpProps {
  readonly page: Page;
  readonly countries: readonly CountryCapability[];
  readonly country: string;
  readonly number?: string | undefined;
  readonly channel: Channel;
  readonly errors?: {
    readonly country?: string | undefined;
    readonly number?: string | undefined;
    readonly channel?: string | undefined;
  };
}

/** Countries by their names in the page's language, each with its calling code; the picked one stays where it sorts. */
function countryChoices(locale: Locale, countries: readonly CountryCapability[]) {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const { compare } = new Intl.Collator(locale);
  return countries
    .map(({ country, code }) => ({ value: country, name: names.of(country) ?? country, code }))
    .sort((a, b) => compare(a.name, b.name))
    .map(({ value, name, code }) => ({ value, label: `${name} (+${code})` }));
}

/** PH-1: a number, its country, and how codes should come. */
export const PhoneSetUpPage = ({
  page,
  countries,
  country,
  number,
  channel,
  errors = {},
}: PhoneSetUpProps) => {
  const { t } = page;
  const problems = (['country', 'number', 'channel'] as const).flatMap((field) => {
    const message = errors[field];
    return message === undefined ? [] : [{ field, message }];
  });
  return (
    <Layout page={page} title={t('phone.add.title')}>
      <ErrorSummary page={page} problems={problems} />
      <p>{t('phone.add.text')}</p>
      <Form page={page} action={at(page, '/phone_setup')} withRequest>
        <Select
          name="country"
          label={t('phone.add.country')}
          error={errors.country}
          choices={countryChoices(t.locale, countries)}
          selected={country}
          autocomplete="country"
        />
        <TextField
          name="number"
          label={t('phone.add.number')}
          hint={t('phone.add.number_hint', { example: '202 555 0123' })}
          value={number}
          error={errors.number}
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          maxlength={LONGEST_TYPED}
        />
        <RadioGroup
          name="channel"
          label={t('phone.add.channel')}
          error={errors.channel}
          selected={channel}
          choices={[
            { value: 'sms', label: t('phone.add.sms'), description: t('phone.add.sms_about') },
            { value: 'voice', label: t('phone.add.voice'), description: t('phone.add.voice_about') },
          ]}
        />
        <Actions>
          <Button>{t('phone.add.submit')}</Button>
        </Actions>
      </Form>
      <p>
        <a href={at(page, '/authentication_methods_setup?choose=1')}>{t('factors.menu.another')}</a>
      </p>
    </Layout>
  );
};
