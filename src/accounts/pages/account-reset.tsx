import { SECOND } from '../../kernel/time.ts';
import {
  Actions,
  Alert,
  at,
  Button,
  Form,
  formatDateTime,
  formatDuration,
  Layout,
  LinkButton,
  type Page,
  StatusPage,
} from '../../ui/index.ts';
import { RESET_LINK_MS, RESET_WAIT_MS } from '../rules/account-reset.ts';

const waiting = ({ t }: Page): string => formatDuration(t.locale, RESET_WAIT_MS / SECOND);

/** AR-1: everything that is better than deleting the account. */
export const RecoveryOptionsPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('reset.options.title')}>
      <p>{t('reset.options.text')}</p>
      <ul>
        <li>{t('reset.options.other_device')}</li>
        <li>{t('reset.options.codes')}</li>
        <li>{t('reset.options.remembered')}</li>
      </ul>
      <Actions>
        <LinkButton look="primary" href={at(page, '/login/two_factor/options')}>
          {t('reset.options.try_other')}
        </LinkButton>
      </Actions>
      <h2>{t('reset.options.last_title')}</h2>
      <p>{t('reset.options.last_text', { time: waiting(page) })}</p>
      <p>
        <a href={at(page, '/account_reset/request')}>{t('reset.options.delete')}</a>
      </p>
    </Layout>
  );
};

/** What deleting means, in the words of the account page. */
const Consequences = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <>
      <p>{t('accounts.delete.consequences')}</p>
      <ul>
        <li>{t('accounts.delete.data')}</li>
        <li>{t('accounts.delete.apps', { brand: page.brand })}</li>
        <li>{t('accounts.delete.app_accounts')}</li>
        <li>{t('accounts.delete.again')}</li>
      </ul>
    </>
  );
};

/** AR-1: the consequences and the waiting, then the request. */
export const RequestResetPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('reset.request.title')}>
      <Alert type="warning" live={false}>
        {t('reset.request.wait', { time: waiting(page) })}
      </Alert>
      <Consequences page={page} />
      <Form page={page} action={at(page, '/account_reset/request')}>
        <Actions>
          <Button look="destructive">{t('reset.request.submit')}</Button>
          <LinkButton href={at(page, '/account_reset/recovery_options')}>
            {t('reset.request.back')}
          </LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

/** AR-1: what happens next; the same whatever happened (TR-22). */
export const ResetRequestedPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <StatusPage
      page={page}
      status="info"
      title={t('reset.requested.title')}
      actions={<LinkButton href={at(page, '/sign_out')}>{t('reset.requested.sign_out')}</LinkButton>}
    >
      <p>{t('reset.requested.text', { time: waiting(page) })}</p>
      <p>{t('reset.requested.cancel')}</p>
    </StatusPage>
  );
};

export interface PendingResetProps {
  readonly page: Page;
  readonly requestedAt: number;
  readonly endsAt: number;
}

/** AR-3: somebody asked to delete this account; the choice is to stop that or to go on. */
export const PendingResetPage = ({ page, requestedAt, endsAt }: PendingResetProps) => {
  const { t } = page;
  const when = (instant: number): string => formatDateTime(t.locale, instant);
  const action = at(page, '/account_reset/pending');
  return (
    <Layout page={page} title={t('reset.pending.title')}>
      <p>{t('reset.pending.text', { time: when(requestedAt) })}</p>
      <p>{t('reset.pending.link', { time: when(endsAt) })}</p>
      <p>{t('reset.pending.advice')}</p>
      <Form page={page} action={action} hidden={{ choice: 'cancel' }} withRequest>
        <Actions>
          <Button>{t('reset.cancel.submit')}</Button>
        </Actions>
      </Form>
      <Form page={page} action={action} hidden={{ choice: 'continue' }} withRequest>
        <Actions>
          <Button look="outline">{t('reset.pending.continue')}</Button>
        </Actions>
      </Form>
    </Layout>
  );
};

/** AR-3: the cancel link of a mail. */
export const CancelResetPage = ({ page, token }: { page: Page; token: string }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('reset.cancel.title')}>
      <p>{t('reset.cancel.text', { brand: page.brand })}</p>
      <Form page={page} action={at(page, '/account_reset/cancel')} hidden={{ token }}>
        <Actions>
          <Button>{t('reset.cancel.submit')}</Button>
        </Actions>
      </Form>
    </Layout>
  );
};

/** AR-2: the deletion link of a mail. */
export const DeleteByLinkPage = ({ page, token }: { page: Page; token: string }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.delete.title')}>
      <Alert type="warning" live={false}>
        {t('accounts.delete.at_once')}
      </Alert>
      <Consequences page={page} />
      <p>{t('reset.delete.lifetime', { time: formatDuration(t.locale, RESET_LINK_MS / SECOND) })}</p>
      <Form page={page} action={at(page, '/account_reset/delete_account')} hidden={{ token }}>
        <Actions>
          <Button look="destructive">{t('accounts.delete.submit')}</Button>
          <LinkButton href={at(page, '/')}>{t('accounts.delete.keep')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

/** AR-2: it is done. */
export const AccountDeletedPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <StatusPage
      page={page}
      status="success"
      title={t('accounts.delete.done')}
      actions={<LinkButton href={at(page, '/sign_up/enter_email')}>{t('reset.deleted.create')}</LinkButton>}
    >
      <p>{t('reset.deleted.text', { brand: page.brand })}</p>
    </StatusPage>
  );
};
