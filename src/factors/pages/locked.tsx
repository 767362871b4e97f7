import { at, LinkButton, type Page, StatusPage } from '../../ui/index.ts';

/** FC-2: the account is locked; `time` says how long, in words. */
export const LockedPage = ({
  page,
  time,
  cause = 'codes',
}: {
  page: Page;
  time: string;
  /** Wrong codes, or codes asked for too often. */
  cause?: 'codes' | 'sends';
}) => (
  <StatusPage
    page={page}
    status="error"
    icon="lock"
    title={page.t('factors.locked.title')}
    actions={<LinkButton href={at(page, '/')}>{page.t('factors.locked.again')}</LinkButton>}
  >
    <p>{cause === 'sends' ? page.t('phone.locked.text') : page.t('factors.locked.text')}</p>
    <p>
      <strong>{page.t('factors.locked.wait', { time })}</strong>
    </p>
  </StatusPage>
);
