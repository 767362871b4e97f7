import { Actions, at, Button, Form, Layout, LinkButton, type Page } from '../../ui/index.ts';

/** Asks before a session ends, since following a link must not end it. */
export const SignOutPage = ({ page, stayHref }: { page: Page; stayHref: string }) => (
  <Layout page={page} title={page.t('signin.sign_out.title')}>
    <p>{page.t('signin.sign_out.question', { brand: page.brand })}</p>
    <Form page={page} action={at(page, '/sign_out')}>
      <Actions>
        <Button>{page.t('signin.sign_out.submit')}</Button>
        <LinkButton href={stayHref}>{page.t('signin.sign_out.stay')}</LinkButton>
      </Actions>
    </Form>
  </Layout>
);
