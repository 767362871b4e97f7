import { LinkButton, type Page, StatusPage } from '../../ui/index.ts';

/** A form came back that this browser no longer holds the token for. `href` opens it anew. */
export const ExpiredFormPage = ({ page, href }: { page: Page; href: string }) => (
  <StatusPage
    page={page}
    status="warning"
    icon="clock"
    title={page.t('signin.expired.title')}
    actions={
      <LinkButton look="primary" href={href}>
        {page.t('signin.expired.again')}
      </LinkButton>
    }
  >
    <p>{page.t('signin.expired.why')}</p>
    <p>{page.t('signin.expired.nothing_lost')}</p>
  </StatusPage>
);
