import { Actions, at, Button, Form, Layout, type Page } from '../../ui/index.ts';

/** PV-3: signs in with the card alone. `unknown`: a card was presented that no account has. */
export const PivSignInPage = ({ page, unknown }: { page: Page; unknown: boolean }) => {
  const { t } = page;
  const ticket = page.requestId === undefined ? '' : `?request_id=${page.requestId}`;
  return (
    <Layout page={page} title={t('piv.sign_in.title')}>
      <p>{t('piv.sign_in.text')}</p>
      <Form page={page} action={at(page, '/login/piv_cac')} withRequest>
        <Actions>
          <Button>{t('piv.challenge.submit')}</Button>
        </Actions>
      </Form>
      <p>{t('piv.pin')}</p>
      {unknown ? <p>{t('piv.sign_in.unknown')}</p> : null}
      <p>
        <a href={at(page, `/${ticket}`)}>{t('piv.sign_in.password')}</a>
      </p>
    </Layout>
  );
};
