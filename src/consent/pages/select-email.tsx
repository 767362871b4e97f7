import { Actions, at, Button, ErrorSummary, Form, Layout, type Page, RadioGroup } from '../../ui/index.ts';

export type SelectEmailProps = {
  readonly page: Page;
  readonly app: string;
  readonly emails: readonly { readonly id: string; readonly address: string }[];
  readonly selected?: string | undefined;
  readonly error?: string | undefined;
};

/** EM-5, CNS-4: which confirmed address the app gets. */
export const SelectEmailPage = ({ page, app, emails, selected, error }: SelectEmailProps) => (
  <Layout page={page} title={page.t('consent.email.title')}>
    <ErrorSummary page={page} problems={error ? [{ field: 'selected_email_id', message: error }] : []} />
    <p>{page.t('consent.email.text', { app })}</p>
    <Form page={page} action={at(page, '/sign_up/select_email')} withRequest>
      <RadioGroup
        name="selected_email_id"
        label={page.t('consent.email.label')}
        error={error}
        selected={selected}
        choices={emails.map(({ id, address }) => ({ value: id, label: address }))}
      />
      <p>
        <a href={at(page, '/add/email')}>{page.t('accounts.home.add_email')}</a>
      </p>
      <Actions>
        <Button>{page.t('consent.email.submit')}</Button>
      </Actions>
    </Form>
  </Layout>
);
