import { Actions, at, Button, Form, Layout, LinkButton, type Page } from '../../ui/index.ts';

/** LGO-2, LGO-4: asks before the session ends; staying is a link, since it changes nothing. */
export const LogoutConfirmationPage = (props: {
  readonly page: Page;
  readonly app: string;
  readonly confirmation: string;
  readonly action: string;
}) => {
  const { page, app, confirmation, action } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('oidc.logout.title', { brand: page.brand })}>
      <p>{t('oidc.logout.text', { app, brand: page.brand })}</p>
      <Form page={page} action={action} hidden={{ _method: 'delete', confirmation }}>
        <Actions>
          <Button>{t('oidc.logout.confirm')}</Button>
          <LinkButton href={at(page, '/account')} look="outline">
            {t('oidc.logout.stay')}
          </LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};
