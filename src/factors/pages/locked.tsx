import { at, LinkButton, type Page, StatusPage } from '../../ui/index.ts';

/** FC-2: the account is locked; `time` says how long, in words. */
export const LockedPage = ({ page, time }: { page: Page; time: string }) => (
  <StatusPage
    page={page}
    status="error"
    icon="lock"
    title={page.t('factors.locked.title')}
    actions={<LinkButton href={at(page, '/')}>{page.t('factors.locked.again')}</LinkButton>}
  >
    <p>{page.t('factors.locked.text')}</p>
    <p>
      <strong>{page.t('factors.locked.wait', { time })}</strong>
    </p>
  </StatusPage>
);
