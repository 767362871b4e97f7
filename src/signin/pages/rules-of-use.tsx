import { Actions, at, Button, Checkbox, ErrorSummary, Form, Layout, type Page } from '../../ui/index.ts';

export type RulesOfUseProps = {
  readonly page: Page;
  /** Whether the person has to accept now; else the rules are only shown. */
  readonly asking: boolean;
  readonly error?: string | undefined;
};

/** The rules of use: readable by everybody, accepted by people who signed in (RT-1). */
export const RulesOfUsePage = ({ page, asking, error }: RulesOfUseProps) => {
  const { t, brand } = page;
  return (
    <Layout page={page} title={t('signin.rules.title')}>
      <ErrorSummary page={page} problems={error ? [{ field: 'accept', message: error }] : []} />
      <p>{asking ? t('signin.rules.asking', { brand }) : t('signin.rules.intro', { brand })}</p>
      <h2>{t('signin.rules.yours')}</h2>
      <ul>
        <li>{t('signin.rules.own_account')}</li>
        <li>{t('signin.rules.true_information')}</li>
        <li>{t('signin.rules.keep_secret')}</li>
        <li>{t('signin.rules.tell_us')}</li>
        <li>{t('signin.rules.no_harm')}</li>
      </ul>
      <h2>{t('signin.rules.ours')}</h2>
      <ul>
        <li>{t('signin.rules.share_only_agreed')}</li>
        <li>{t('signin.rules.records')}</li>
        <li>{t('signin.rules.may_suspend')}</li>
      </ul>
      {asking ? (
        <Form page={page} action={at(page, '/rules_of_use')} withRequest>
          <Checkbox name="accept" label={t('signin.rules.accept')} error={error} required />
          <Actions>
            <Button>{t('signin.rules.submit')}</Button>
          </Actions>
        </Form>
      ) : null}
    </Layout>
  );
};
