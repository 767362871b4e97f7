import {
  Actions,
  Alert,
  at,
  Button,
  CopyButton,
  DownloadButton,
  Form,
  Layout,
  LinkButton,
  type Page,
  PrintButton,
} from '../../ui/index.ts';

/** Before the codes are made: what they are for. */
export const BackupCodesIntroPage = ({ page }: { page: Page }) => (
  <Layout page={page} title={page.t('factors.codes.title')}>
    <p>{page.t('factors.codes.text')}</p>
    <Alert type="warning" live={false}>
      {page.t('factors.codes.keep_safe')}
    </Alert>
    <Form page={page} action={at(page, '/backup_code_setup')} withRequest>
      <Actions>
        <Button>{page.t('factors.codes.make')}</Button>
      </Actions>
    </Form>
    <p>
      <a href={at(page, '/authentication_methods_setup?choose=1')}>{page.t('factors.menu.another')}</a>
    </p>
  </Layout>
);

export type BackupCodesProps = {
  readonly page: Page;
  /** As people see them, in groups. */
  readonly codes: readonly string[];
};

/** BC-1: ten codes, shown once, to be saved by hand, by file, by print. */
export const BackupCodesPage = ({ page, codes }: BackupCodesProps) => {
  const text = codes.join('\n');
  return (
    <Layout page={page} title={page.t('factors.codes.title_save')}>
      <p>{page.t('factors.codes.once')}</p>
      <Alert type="warning" live={false}>
        {page.t('factors.codes.keep_safe')}
      </Alert>
      <ul class="gh-codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="gh-helpers">
        <DownloadButton page={page} text={`${text}\n`} filename="backup-codes.txt" />
        <CopyButton page={page} text={text} />
        <PrintButton page={page} />
      </div>
      <Form page={page} action={at(page, '/backup_code_continue')} withRequest>
        <Actions>
          <Button>{page.t('factors.codes.saved')}</Button>
        </Actions>
      </Form>
    </Layout>
  );
};

/** BC-3: asks before all codes are replaced. */
export const RegenerateCodesPage = ({ page }: { page: Page }) => (
  <Layout page={page} title={page.t('factors.codes.regenerate_title')}>
    <p>{page.t('factors.codes.regenerate_text')}</p>
    <Form page={page} action={at(page, '/backup_code_regenerate')}>
      <Actions>
        <Button>{page.t('factors.codes.regenerate')}</Button>
        <LinkButton href={at(page, '/account')}>{page.t('factors.codes.keep')}</LinkButton>
      </Actions>
    </Form>
  </Layout>
);

/** BC-3: asks before all codes are deleted. */
export const DeleteCodesPage = ({ page }: { page: Page }) => (
  <Layout page={page} title={page.t('factors.codes.delete_title')}>
    <p>{page.t('factors.codes.delete_text')}</p>
    <Form page={page} action={at(page, '/backup_code_delete')}>
      <Actions>
        <Button look="destructive">{page.t('factors.codes.delete')}</Button>
        <LinkButton href={at(page, '/account')}>{page.t('factors.codes.keep')}</LinkButton>
      </Actions>
    </Form>
  </Layout>
);
