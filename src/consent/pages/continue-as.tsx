import { Actions, at, Button, Form, Layout, type Page, StatusPage } from '../../ui/index.ts';

/** FLO-7, SI-7: asks somebody who was signed in already whether to continue as themselves. */
export const ContinueAsPage = ({ page, app, email }: { page: Page; app: string; email: string }) => (
  <Layout page={page} title={page.t('consent.continue.title', { app })}>
    <p>{page.t('consent.continue.text', { app, brand: page.brand, email })}</p>
    <Form page={page} action={at(page, '/user_authorization_confirmation')} withRequest>
      <Actions>
        <Button name="choice" value="continue">
          {page.t('consent.continue.submit', { email })}
        </Button>
        <Button look="outline" name="choice" value="other">
          {page.t('consent.continue.other')}
        </Button>
      </Actions>
    </Form>
  </Layout>
);

/** CO-4, FLO-8: the app lives on a phone, and this is not one. */
export const BackToPhonePage = ({ page, app }: { page: Page; app: string }) => (
  <StatusPage page={page} status="success" icon="phone" title={page.t('consent.phone.title')}>
    <p>{page.t('consent.phone.text', { app })}</p>
  </StatusPage>
);
