import {
  Actions,
  at,
  Button,
  Checkbox,
  ErrorSummary,
  Form,
  Layout,
  OneTimeCodeField,
  type Page,
  RadioGroup,
} from '../../ui/index.ts';
import type { FactorKind } from '../model.ts';

/** RD-1: the box by which this browser is remembered. */
export const RememberDevice = ({ page, checked }: { page: Page; checked: boolean }) => (
  <Checkbox
    name="remember_device"
    label={page.t('factors.remember.label')}
    hint={page.t('factors.remember.hint')}
    checked={checked}
  />
);

/**
 * What one can do instead: another method, or with none left the way out of having lost it (FC-3), or leave. `reset` puts
 * that way into other words.
 */
export const OtherWays = (props: {
  page: Page;
  others: boolean;
  reset?: 'reset.link' | 'reset.link_only';
}) => {
  const { page, others, reset = 'reset.link_only' } = props;
  return (
    <ul class="gh-plain-list">
      <li>
        {others ? (
          <a href={at(page, '/login/two_factor/options')}>{page.t('factors.challenge.other')}</a>
        ) : (
          <a href={at(page, '/account_reset/recovery_options')}>{page.t(reset)}</a>
        )}
      </li>
      <li>
        <a href={at(page, '/sign_out')}>{page.t('factors.challenge.cancel')}</a>
      </li>
    </ul>
  );
};

export type ChallengeProps = {
  readonly page: Page;
  readonly error?: string | undefined;
  readonly remember: boolean;
  /** Whether the account has other methods. */
  readonly others: boolean;
};

const problems = (error: string | undefined) => (error ? [{ field: 'code', message: error }] : []);

/** Asks for a code of the authentication app. */
export const AuthenticatorChallengePage = ({ page, error, remember, others }: ChallengeProps) => (
  <Layout page={page} title={page.t('factors.authenticator.title')}>
    <ErrorSummary page={page} problems={problems(error)} />
    <p>{page.t('factors.authenticator.text', { brand: page.brand })}</p>
    <Form page={page} action={at(page, '/login/two_factor/authenticator')} withRequest>
      <OneTimeCodeField page={page} length={6} error={error} />
      <RememberDevice page={page} checked={remember} />
      <Actions>
        <Button>{page.t('factors.challenge.submit')}</Button>
      </Actions>
    </Form>
    <OtherWays page={page} others={others} />
  </Layout>
);

/** Asks for one of the saved backup codes. */
export const BackupCodeChallengePage = ({ page, error, remember, others }: ChallengeProps) => (
  <Layout page={page} title={page.t('factors.backup_code.title')}>
    <ErrorSummary page={page} problems={problems(error)} />
    <p>{page.t('factors.backup_code.text')}</p>
    <Form page={page} action={at(page, '/login/two_factor/backup_code')} withRequest>
      <OneTimeCodeField
        page={page}
        length={12}
        kind="alphanumeric"
        label={page.t('factors.backup_code.label')}
        error={error}
      />
      <RememberDevice page={page} checked={remember} />
      <Actions>
        <Button>{page.t('factors.challenge.submit')}</Button>
      </Actions>
    </Form>
    <OtherWays page={page} others={others} />
  </Layout>
);

export type ChallengeOptionsProps = {
  readonly page: Page;
  readonly kinds: readonly FactorKind[];
  /** Each phone, its number masked. */
  readonly phones?: readonly { readonly id: string; readonly number: string }[];
  readonly error?: string | undefined;
};

/** FC-3: every method of the account, to choose from. */
export const ChallengeOptionsPage = ({ page, kinds, phones = [], error }: ChallengeOptionsProps) => (
  <Layout page={page} title={page.t('factors.options.title')}>
    <ErrorSummary page={page} problems={error ? [{ field: 'selection', message: error }] : []} />
    <Form page={page} action={at(page, '/login/two_factor/options')} withRequest>
      <RadioGroup
        name="selection"
        label={page.t('factors.options.label')}
        error={error}
        tiles
        selected={kinds[0] === 'phone' ? undefined : kinds[0]}
        choices={kinds.flatMap((kind) =>
          kind === 'phone'
            ? phones.map(({ id, number }) => ({
                value: `phone:${id}`,
                label: page.t('phone.option.name', { number }),
                description: page.t('factors.about.phone'),
              }))
            : [
                {
                  value: kind,
                  label: page.t(`factors.kind.${kind}`),
                  description: page.t(`factors.about.${kind}`),
                },
              ],
        )}
      />
      <Actions>
        <Button>{page.t('factors.options.submit')}</Button>
      </Actions>
    </Form>
    <OtherWays page={page} others={false} reset="reset.link" />
  </Layout>
);
