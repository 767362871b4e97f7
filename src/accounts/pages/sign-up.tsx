import { LOCALES } from '../../kernel/locale.ts';
import {
  Actions,
  at,
  Button,
  Checkbox,
  EmailField,
  ErrorSummary,
  Form,
  Layout,
  LinkButton,
  type Locale,
  localeNames,
  type Page,
  RadioGroup,
  wayBack,
} from '../../ui/index.ts';
import type { Child } from '../../ui/jsx/markup.ts';
import { NUMBERS } from '../rules/numbers.ts';
import { NewPasswordFields, type PasswordErrors, passwordProblems } from './new-password-fields.tsx';

const ticketOf = (page: Page): string =>
  page.requestId === undefined ? '' : `?request_id=${page.requestId}`;

export type EnterEmailProps = {
  readonly page: Page;
  readonly email?: string | undefined;
  readonly emailLocale: Locale;
  readonly terms: boolean;
  readonly errors?: { readonly email?: string | undefined; readonly terms?: string | undefined };
  /** The app's own words for this page (AP-3). */
  readonly help?: Child;
};

/** SU-1: address, language of mails, rules. */
export const EnterEmailPage = ({ page, email, emailLocale, terms, errors = {}, help }: EnterEmailProps) => {
  const { t, app, brand } = page;
  const problems = [
    ...(errors.email ? [{ field: 'email', message: errors.email }] : []),
    ...(errors.terms ? [{ field: 'terms_accepted', message: errors.terms }] : []),
  ];
  return (
    <Layout page={page} title={t('entry.sign_up.title')}>
      <ErrorSummary page={page} problems={problems} />
      {app ? <p>{t('signin.page.together', { app: app.name, brand })}</p> : null}
      {help}
      <Form page={page} action={at(page, '/sign_up/enter_email')} withRequest>
        <EmailField page={page} value={email} error={errors.email} />
        <RadioGroup
          name="email_language"
          label={t('entry.sign_up.email_locale')}
          selected={emailLocale}
          choices={LOCALES.map((locale) => ({ value: locale, label: localeNames[locale] }))}
        />
        <Checkbox
          name="terms_accepted"
          label={t('entry.sign_up.terms', { brand })}
          checked={terms}
          error={errors.terms}
          required
        />
        <p>
          <a href={at(page, '/rules_of_use')} target="_blank" rel="noopener">
            {t('entry.sign_up.rules_link')}
          </a>
        </p>
        <Actions>
          <Button>{t('entry.sign_up.submit')}</Button>
        </Actions>
      </Form>
      <p>
        <a href={at(page, `/${ticketOf(page)}`)}>{t('entry.sign_up.have_account')}</a>
      </p>
      {app ? (
        <p>
          <a href={wayBack(page)}>{t('signin.page.back', { app: app.name })}</a>
        </p>
      ) : null}
    </Layout>
  );
};

/** SU-3: the same page for everybody, whatever was mailed (AE-1). */
export const CheckEmailPage = ({ page, email }: { page: Page; email: string }) => (
  <Layout page={page} title={page.t('entry.sign_up.check_title')}>
    <p>{page.t('entry.sign_up.check_text', { email })}</p>
    <p>{page.t('entry.sign_up.check_hours', { hours: NUMBERS['email_link.ttl_h'] })}</p>
    <Form page={page} action={at(page, '/sign_up/verify_email')} withRequest>
      <Actions>
        <Button look="outline">{page.t('entry.sign_up.check_resend')}</Button>
        <LinkButton look="link" href={at(page, `/sign_up/enter_email${ticketOf(page)}`)}>
          {page.t('entry.sign_up.check_other')}
        </LinkButton>
      </Actions>
    </Form>
  </Layout>
);

export type CreatePasswordProps = {
  readonly page: Page;
  readonly email: string;
  /** The secret of the mailed link: shows that the address is the person's own. */
  readonly token: string;
  readonly errors?: PasswordErrors;
};

/** SU-6: the password of the new account. */
export const CreatePasswordPage = ({ page, email, token, errors = {} }: CreatePasswordProps) => (
  <Layout page={page} title={page.t('entry.sign_up.password_title')} scripts={['password-strength']}>
    <ErrorSummary page={page} problems={passwordProblems(errors)} />
    <p>{page.t('entry.sign_up.password_text', { brand: page.brand })}</p>
    <p>{page.t('entry.sign_up.account', { email })}</p>
    <Form
      page={page}
      action={at(page, `/sign_up/create_password?confirmation_token=${encodeURIComponent(token)}`)}
      hidden={{ confirmation_token: token }}
      withRequest
    >
      <NewPasswordFields page={page} email={email} errors={errors} />
      <Actions>
        <Button>{page.t('entry.sign_up.password_submit')}</Button>
      </Actions>
    </Form>
    <p>
      <a href={at(page, `/sign_up/cancel?confirmation_token=${encodeURIComponent(token)}`)}>
        {page.t('entry.sign_up.cancel')}
      </a>
    </p>
  </Layout>
);

export type CancelSignUpProps = { readonly page: Page; readonly token: string; readonly backHref: string };

/** SU-10: says what is lost before anything is deleted. */
export const CancelSignUpPage = ({ page, token, backHref }: CancelSignUpProps) => (
  <Layout page={page} title={page.t('entry.sign_up.cancel_title')}>
    <p>{page.t('entry.sign_up.cancel_text')}</p>
    <Form page={page} action={at(page, '/sign_up/cancel')} hidden={{ confirmation_token: token }} withRequest>
      <Actions>
        <LinkButton look="primary" href={backHref}>
          {page.t('entry.sign_up.cancel_keep')}
        </LinkButton>
        <Button look="destructive">{page.t('entry.sign_up.cancel_submit')}</Button>
      </Actions>
    </Form>
  </Layout>
);
