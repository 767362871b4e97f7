import type { AttributeName } from '../../consent/attributes.ts';
import {
  Actions,
  at,
  Button,
  Card,
  DefinitionList,
  Form,
  formatDate,
  formatList,
  Layout,
  LinkButton,
  type Page,
  RadioGroup,
} from '../../ui/index.ts';
import { AccountLayout } from './account-layout.tsx';
import { ConfirmPage } from './confirm.tsx';

/** A connection as the page shows it. */
export interface ConnectedApp {
  /** Address of the connection in our own paths. */
  readonly id: string;
  readonly app: string;
  readonly name: string;
  /** The app's own page; null when it is not known. */
  readonly home: string | null;
  readonly connectedAt: number;
  readonly lastUsedAt: number | null;
  readonly attributes: readonly AttributeName[];
  /** When its person last agreed to that; null in connections from before this was noted. */
  readonly agreedAt: number | null;
  /** The address it receives; null when it receives none or all. */
  readonly email: string | null;
}

/** CA-1: apps this person signs in to, newest connection first. */
export const ConnectedAppsPage = ({ page, apps }: { page: Page; apps: readonly ConnectedApp[] }) => {
  const { t } = page;
  return (
    <AccountLayout page={page} title={t('accounts.apps.title')} section="apps">
      <p>{apps.length === 0 ? t('accounts.apps.none') : t('accounts.apps.intro', { brand: page.brand })}</p>
      {apps.map((app) => (
        <Card
          heading={app.name}
          actions={
            <a href={at(page, `/account/service_providers/${app.app}/revoke`)}>
              {t('accounts.apps.disconnect')} <span class="usa-sr-only">{app.name}</span>
            </a>
          }
        >
          <DefinitionList items={factsOf(page, app)} />
        </Card>
      ))}
    </AccountLayout>
  );
};

function factsOf(page: Page, app: ConnectedApp) {
  const { t } = page;
  return [
    ...(app.home === null
      ? []
      : [{ term: t('accounts.apps.home'), detail: <a href={app.home}>{new URL(app.home).host}</a> }]),
    { term: t('accounts.apps.connected'), detail: formatDate(t.locale, app.connectedAt) },
    ...(app.lastUsedAt === null
      ? []
      : [{ term: t('accounts.apps.last_used'), detail: formatDate(t.locale, app.lastUsedAt) }]),
    ...(app.attributes.length === 0
      ? []
      : [
          {
            term: t('accounts.apps.receives'),
            detail: formatList(
              t.locale,
              app.attributes.map((attribute) => t(`accounts.attribute.${attribute}`)),
            ),
          },
        ]),
    ...(app.agreedAt === null
      ? []
      : [{ term: t('accounts.apps.agreed'), detail: formatDate(t.locale, app.agreedAt) }]),
    ...(app.email === null
      ? []
      : [
          {
            term: t('accounts.apps.shared_email'),
            detail: app.email,
            action: (
              <a href={at(page, `/account/connected_services/${app.id}/selected_email`)}>
                {t('accounts.common.change')}{' '}
                <span class="usa-sr-only">{t('accounts.selected_email.title', { app: app.name })}</span>
              </a>
            ),
          },
        ]),
  ];
}

export interface SelectedEmailProps {
  readonly page: Page;
  readonly connection: Pick<ConnectedApp, 'id' | 'name'>;
  readonly emails: readonly { readonly id: string; readonly address: string }[];
  readonly selected: string | undefined;
  readonly error?: string | undefined;
}

/** EM-5: which confirmed address an app receives. */
export const SelectedEmailPage = ({ page, connection, emails, selected, error }: SelectedEmailProps) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.selected_email.title', { app: connection.name })}>
      <Form page={page} action={at(page, `/account/connected_services/${connection.id}/selected_email`)}>
        <RadioGroup
          name="selected_email_id"
          label={t('accounts.selected_email.question', { app: connection.name })}
          choices={emails.map(({ id, address }) => ({ value: id, label: address }))}
          selected={selected}
          error={error}
        />
        <p>
          <a href={at(page, '/add/email')}>{t('accounts.home.add_email')}</a>
        </p>
        <Actions>
          <Button>{t('accounts.common.save')}</Button>
          <LinkButton href={at(page, '/account/connected_services')}>
            {t('accounts.confirm.cancel')}
          </LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

/** CA-2: what disconnecting means. */
export const RevokeAppPage = (props: { page: Page; app: string; name: string }) => {
  const { page, name } = props;
  const { t } = page;
  return (
    <ConfirmPage
      page={page}
      title={t('accounts.revoke_app.title', { app: name })}
      action={`/account/service_providers/${props.app}/revoke`}
      submit={t('accounts.revoke_app.submit')}
      back="/account/connected_services"
    >
      <p>{t('accounts.revoke_app.consequence', { app: name })}</p>
      <p>{t('accounts.revoke_app.keeps', { app: name })}</p>
    </ConfirmPage>
  );
};
