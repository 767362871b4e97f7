import { at, Button, Form, LinkButton, type Page, StatusPage } from '../../ui/index.ts';

const AddAnother = ({ page }: { page: Page }) => (
  <LinkButton look="primary" href={at(page, '/authentication_methods_setup?choose=1')}>
    {page.t('factors.second.add')}
  </LinkButton>
);

/** MC-4: one method is set up; a second one is suggested. */
export const SecondMethodPage = ({ page }: { page: Page }) => (
  <StatusPage
    page={page}
    status="success"
    title={page.t('factors.second.title')}
    actions={
      <>
        <AddAnother page={page} />
        <LinkButton look="link" href={at(page, '/continue')}>
          {page.t('factors.second.skip')}
        </LinkButton>
      </>
    }
  >
    <p>{page.t('factors.second.text')}</p>
  </StatusPage>
);

/** MC-5: backup codes are the only method; losing them would lock the person out. */
export const OnlyBackupCodesPage = ({ page }: { page: Page }) => (
  <StatusPage
    page={page}
    status="warning"
    title={page.t('factors.only_codes.title')}
    actions={
      <>
        <AddAnother page={page} />
        <LinkButton look="outline" href={at(page, '/continue')}>
          {page.t('factors.only_codes.saved')}
        </LinkButton>
      </>
    }
  >
    <p>{page.t('factors.only_codes.text')}</p>
  </StatusPage>
);

const NotNow = ({ page, action }: { page: Page; action: string }) => (
  <Form page={page} action={at(page, action)} withRequest>
    <Button look="link">{page.t('factors.reminder.not_now')}</Button>
  </Form>
);

/** RT-1 (12): after a while with one method, a second one is suggested once. */
export const SecondMethodReminderPage = ({ page }: { page: Page }) => (
  <StatusPage
    page={page}
    status="info"
    title={page.t('factors.reminder.second_title')}
    actions={
      <>
        <AddAnother page={page} />
        <NotNow page={page} action="/second_mfa_reminder" />
      </>
    }
  >
    <p>{page.t('factors.second.text')}</p>
  </StatusPage>
);

/** RT-1 (13): asks after a long time whether the backup codes are still at hand. */
export const BackupCodeReminderPage = ({ page }: { page: Page }) => (
  <StatusPage
    page={page}
    status="info"
    title={page.t('factors.reminder.codes_title')}
    actions={
      <>
        <LinkButton look="primary" href={at(page, '/backup_code_regenerate')}>
          {page.t('factors.reminder.codes_new')}
        </LinkButton>
        <NotNow page={page} action="/backup_code_reminder" />
      </>
    }
  >
    <p>{page.t('factors.reminder.codes_text')}</p>
  </StatusPage>
);
