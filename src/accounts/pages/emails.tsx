import { LOCALES, type Locale } from '../../kernel/locale.ts';
import { localeNames } from '../../ui/i18n.ts';
import {
  Actions,
  at,
  Button,
  EmailField,
  Form,
  Layout,
  LinkButton,
  type Page,
  RadioGroup,
} from '../../ui/index.ts';
import type { AccountEmail } from '../model.ts';
import { ConfirmPage } from './confirm.tsx';

/** EM-1: asks for one more address. */
export const AddEmailPage = (props: { page: Page; email?: string; error?: string | undefined }) => {
  const { page } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.add_email.title')}>
      <p>{t('accounts.add_email.intro')}</p>
      <Form page={page} action={at(page, '/add/email')}>
        <EmailField page={page} value={props.email} error={props.error} />
        <Actions>
          <Button>{t('accounts.add_email.submit')}</Button>
          <LinkButton href={at(page, '/account')}>{t('accounts.confirm.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

/** EM-1: the same page whatever became of the address, so that it tells nothing about other accounts. */
export const AddEmailSentPage = ({ page, email }: { page: Page; email: AccountEmail }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.email_sent.title')}>
      <p>
        {t('accounts.email_sent.intro')} <strong>{email.address}</strong>
      </p>
      <p>{t('accounts.email_sent.advice')}</p>
      <Form page={page} action={at(page, '/add/email/resend')} hidden={{ id: email.id }}>
        <Actions>
          <Button look="outline">{t('accounts.email_sent.resend')}</Button>
        </Actions>
      </Form>
      <p>
        <a href={at(page, '/add/email')}>{t('accounts.email_sent.other')}</a>
      </p>
      <p>
        <a href={at(page, '/account')}>{t('accounts.common.back')}</a>
      </p>
    </Layout>
  );
};

/** A mailed link opens this page; the address is confirmed by the button, so that no mail scanner can do it. */
export const ConfirmEmailPage = ({ page, token }: { page: Page; token: string }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.confirm_email.title')}>
      <p>{t('accounts.confirm_email.intro', { brand: page.brand })}</p>
      <Form page={page} action={at(page, '/add/email/confirm')} hidden={{ confirmation_token: token }}>
        <Actions>
          <Button>{t('accounts.confirm_email.submit')}</Button>
        </Actions>
      </Form>
    </Layout>
  );
};

/** EM-3: what removing an address means. */
export const DeleteEmailPage = ({ page, email }: { page: Page; email: AccountEmail }) => {
  const { t } = page;
  return (
    <ConfirmPage
      page={page}
      title={t('accounts.delete_email.title')}
      action={`/manage/email/confirm_delete/${email.id}`}
      submit={t('accounts.delete_email.submit')}
      back="/account"
    >
      <p>
        <strong>{email.address}</strong>
      </p>
      <p>{t('accounts.delete_email.consequence')}</p>
    </ConfirmPage>
  );
};

/** EM-6: the language of messages, apart from that of pages. */
export const EmailLanguagePage = (props: { page: Page; locale: Locale; error?: string | undefined }) => {
  const { page } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.email_language.title')}>
      <Form page={page} action={at(page, '/account/email_language')}>
        <RadioGroup
          name="email_language"
          label={t('accounts.email_language.question', { brand: page.brand })}
          choices={LOCALES.map((locale) => ({ value: locale, label: localeNames[locale] }))}
          selected={props.locale}
          error={props.error}
        />
        <Actions>
          <Button>{t('accounts.common.save')}</Button>
          <LinkButton href={at(page, '/account')}>{t('accounts.confirm.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};
