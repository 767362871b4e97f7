import { Actions, at, Button, ErrorSummary, Form, Layout, type Page, TextField } from '../../ui/index.ts';
import { OtherWays } from './challenge.tsx';

/** Sixteen characters, three dashes, and room for what people put between. */
const LONGEST = 64;

/** PK-1: asks for the personal key of an account that still has one as its method. */
export const PersonalKeyChallengePage = (props: {
  page: Page;
  others: boolean;
  error?: string | undefined;
}) => {
  const { page, others, error } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('identity.factor.title')}>
      <ErrorSummary page={page} problems={error ? [{ field: 'personal_key', message: error }] : []} />
      <p>{t('identity.factor.text')}</p>
      <Form page={page} action={at(page, '/login/two_factor/personal_key')} withRequest>
        <TextField
          name="personal_key"
          label={t('identity.enter_key.label')}
          hint={t('identity.enter_key.hint')}
          error={error}
          autocomplete="off"
          maxlength={LONGEST}
          spellcheck={false}
        />
        <Actions>
          <Button>{t('identity.enter_key.submit')}</Button>
        </Actions>
      </Form>
      <OtherWays page={page} others={others} />
    </Layout>
  );
};
