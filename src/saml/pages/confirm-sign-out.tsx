import { Actions, at, Button, Form, Layout, LinkButton, type Page } from '../../ui/index.ts';

/** L1: another site led here to end the session; the person says whether that is meant. */
export const ConfirmSignOutPage = (props: { readonly page: Page; readonly action: string }) => {
  const { page, action } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('saml.logout.title', { brand: page.brand })}>
      <p>{t('saml.logout.text', { brand: page.brand })}</p>
      <Form page={page} action={action}>
        <Actions>
          <Button>{t('saml.logout.confirm')}</Button>
          <LinkButton href={at(page, '/account')} look="outline">
            {t('saml.logout.stay')}
          </LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};
