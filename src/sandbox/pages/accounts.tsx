import { LOCALES, type Locale } from '../../kernel/locale.ts';
import { localeNames } from '../../ui/i18n.ts';
import {
  Actions,
  at,
  Button,
  ChoiceGroup,
  CopyButton,
  DefinitionList,
  EmailField,
  ErrorSummary,
  Form,
  LinkButton,
  optionalLabel,
  type Page,
  RadioGroup,
  TextField,
} from '../../ui/index.ts';
import type { TestAccount, TestFactor } from '../test-account.ts';
import { SandboxLayout } from './sandbox-layout.tsx';

export interface MakeAccountProps {
  readonly page: Page;
  readonly email: string;
  readonly locale: Locale;
  readonly factors: readonly TestFactor[];
  readonly errors: { readonly email?: string; readonly password?: string };
}

/** Asks for what a test account should be like; everything may stay empty. */
export const MakeAccountPage = ({ page, email, locale, factors, errors }: MakeAccountProps) => {
  const { t } = page;
  const problems = [
    ...(errors.email === undefined ? [] : [{ field: 'email', message: errors.email }]),
    ...(errors.password === undefined ? [] : [{ field: 'password', message: errors.password }]),
  ];
  return (
    <SandboxLayout page={page} title={t('sandbox.accounts.title')} section="accounts">
      <ErrorSummary page={page} problems={problems} />
      <p>{t('sandbox.accounts.intro')}</p>
      <Form page={page} action={at(page, '/sandbox/accounts')}>
        <EmailField
          page={page}
          label={optionalLabel(page, t('layout.email.label'))}
          hint={t('sandbox.accounts.email_hint')}
          value={email}
          error={errors.email}
          required={false}
        />
        <TextField
          name="password"
          label={optionalLabel(page, t('layout.password.label'))}
          hint={t('sandbox.accounts.password_hint')}
          error={errors.password}
          autocomplete="off"
          maxlength={1024}
          spellcheck={false}
          required={false}
        />
        <RadioGroup
          name="locale"
          label={t('sandbox.accounts.language')}
          choices={LOCALES.map((value) => ({ value, label: localeNames[value] }))}
          selected={locale}
        />
        <ChoiceGroup
          name="factors"
          label={t('sandbox.accounts.methods')}
          multiple
          required={false}
          choices={[
            { value: 'totp', label: t('sandbox.accounts.totp') },
            { value: 'backup_codes', label: t('sandbox.accounts.backup_codes') },
            { value: 'phone', label: t('sandbox.accounts.phone') },
          ]}
          selected={factors}
        />
        <Actions>
          <Button>{t('sandbox.accounts.submit')}</Button>
        </Actions>
      </Form>
    </SandboxLayout>
  );
};

/** Everything needed to sign in with it, told once. */
export const MadeAccountPage = ({ page, account }: { page: Page; account: TestAccount }) => {
  const { t } = page;
  const copied = (text: string) => ({
    detail: <code>{text}</code>,
    action: <CopyButton page={page} text={text} />,
  });
  return (
    <SandboxLayout page={page} title={t('sandbox.made.title')} section="accounts">
      <p>{t('sandbox.made.intro')}</p>
      <DefinitionList
        items={[
          { term: t('layout.email.label'), ...copied(account.email) },
          { term: t('layout.password.label'), ...copied(account.password) },
          ...(account.totpSecret === null
            ? []
            : [{ term: t('sandbox.made.totp_secret'), ...copied(account.totpSecret) }]),
          ...account.phones.map((number) => ({
            term: t('sandbox.accounts.phone'),
            ...copied(number),
          })),
          { term: t('sandbox.made.uuid'), detail: <code>{account.uuid}</code> },
        ]}
      />
      {account.backupCodes.length === 0 ? null : (
        <>
          <h2>{t('sandbox.accounts.backup_codes')}</h2>
          <ul>
            {account.backupCodes.map((code) => (
              <li>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      <Actions>
        <LinkButton href={at(page, '/')} look="primary">
          {t('sandbox.made.sign_in')}
        </LinkButton>
        <LinkButton href={at(page, '/sandbox/accounts')}>{t('sandbox.made.another')}</LinkButton>
      </Actions>
    </SandboxLayout>
  );
};
