import type { Deactivation } from '../../proofing/model.ts';
import {
  Actions,
  Alert,
  at,
  Button,
  Checkbox,
  CopyButton,
  DownloadButton,
  ErrorSummary,
  Form,
  HiddenUsername,
  Layout,
  LinkButton,
  type Page,
  PasswordField,
  PrintButton,
  TextField,
} from '../../ui/index.ts';

/** Sixteen characters, three dashes, and room for what people put between. */
const LONGEST_KEY = 64;

const problems = (field: string, error: string | undefined) =>
  error === undefined ? [] : [{ field, message: error }];

/** PK-2: what a new key means for the one before. */
export const NewPersonalKeyPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('identity.new_key.title')}>
      <p>{t('identity.new_key.text')}</p>
      <Alert type="warning" live={false}>
        {t('identity.new_key.consequence')}
      </Alert>
      <Form page={page} action={at(page, '/account/personal_key')}>
        <Actions>
          <Button>{t('identity.new_key.submit')}</Button>
          <LinkButton href={at(page, '/account')}>{t('identity.new_key.keep')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

/** PK-2: the key, shown once, to be saved by hand, by file, by print, and a box to say so. */
export const PersonalKeyPage = (props: { page: Page; code: string; error?: string | undefined }) => {
  const { page, code, error } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('identity.key.title')}>
      <ErrorSummary page={page} problems={problems('acknowledged', error)} />
      <p>{t('identity.key.purpose')}</p>
      <Alert type="warning" live={false}>
        {t('identity.key.once')}
      </Alert>
      <p class="gh-codes gh-codes--one">
        <code>{code}</code>
      </p>
      <div class="gh-helpers">
        <DownloadButton page={page} text={`${code}\n`} filename="personal-key.txt" />
        <CopyButton page={page} text={code} />
        <PrintButton page={page} />
      </div>
      <Form page={page} action={at(page, '/manage/personal_key')} withRequest>
        <Checkbox name="acknowledged" label={t('identity.key.acknowledge')} error={error} />
        <Actions>
          <Button>{t('identity.key.submit')}</Button>
        </Actions>
      </Form>
    </Layout>
  );
};

/** PV-3: the password, where verified data is needed that nothing else opened. */
export const OpenIdentityPage = (props: {
  page: Page;
  email: string;
  back: string;
  error?: string | undefined;
}) => {
  const { page, email, back, error } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('identity.open.title')}>
      <ErrorSummary page={page} problems={problems('password', error)} />
      <p>{t('identity.open.text')}</p>
      <Form
        page={page}
        action={at(page, `/login/password?return=${encodeURIComponent(back)}`)}
        hidden={{ return: back }}
        withRequest
      >
        <HiddenUsername email={email} />
        <PasswordField page={page} purpose="current" error={error} />
        <Actions>
          <Button>{t('identity.open.submit')}</Button>
          <LinkButton href={at(page, '/account')}>{t('accounts.confirm.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

/** PW-7: why verified data is locked, and the two ways to get it back. */
export const ReactivatePage = ({ page, reason }: { page: Page; reason: Deactivation }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('identity.reactivate.title')}>
      <p>
        {reason === 'password_reset'
          ? t('identity.reactivate.after_reset')
          : t('identity.reactivate.after_error')}
      </p>
      <p>{t('identity.reactivate.with_key')}</p>
      <Actions>
        <LinkButton look="primary" href={at(page, '/account/reactivate/verify_personal_key')}>
          {t('identity.reactivate.use_key')}
        </LinkButton>
        <LinkButton href={at(page, '/verify?again=1')}>{t('identity.reactivate.verify_again')}</LinkButton>
      </Actions>
      <p>{t('identity.reactivate.without_key')}</p>
      <p>
        <a href={at(page, '/account')}>{t('identity.reactivate.later')}</a>
      </p>
    </Layout>
  );
};

/** PW-7: the sixteen characters, in whatever way they are typed. */
export const EnterPersonalKeyPage = ({ page, error }: { page: Page; error?: string | undefined }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('identity.enter_key.title')}>
      <ErrorSummary page={page} problems={problems('personal_key', error)} />
      <p>{t('identity.enter_key.text')}</p>
      <Form page={page} action={at(page, '/account/reactivate/verify_personal_key')} withRequest>
        <TextField
          name="personal_key"
          label={t('identity.enter_key.label')}
          hint={t('identity.enter_key.hint')}
          error={error}
          autocomplete="off"
          maxlength={LONGEST_KEY}
          spellcheck={false}
        />
        <Actions>
          <Button>{t('identity.enter_key.submit')}</Button>
          <LinkButton href={at(page, '/account/reactivate/start')}>{t('accounts.common.back')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

/** PW-7: the current password, under which the data rests from then on. */
export const ReactivatePasswordPage = (props: { page: Page; email: string; error?: string | undefined }) => {
  const { page, email, error } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('identity.reactivate.password_title')}>
      <ErrorSummary page={page} problems={problems('password', error)} />
      <p>{t('identity.reactivate.password')}</p>
      <Form page={page} action={at(page, '/account/reactivate/verify_password')} withRequest>
        <HiddenUsername email={email} />
        <PasswordField page={page} purpose="current" error={error} />
        <Actions>
          <Button>{t('identity.reactivate.submit')}</Button>
        </Actions>
      </Form>
    </Layout>
  );
};
