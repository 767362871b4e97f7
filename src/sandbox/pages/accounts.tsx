import { LOCALES, type Locale } from '../../kernel/locale.ts';
import type { VerifiedIdentity } from '../../proofing/model.ts';
import { localeNames } from '../../ui/i18n.ts';
import {
  Actions,
  at,
  Button,
  Checkbox,
  ChoiceGroup,
  CopyButton,
  DefinitionList,
  EmailField,
  ErrorSummary,
  Form,
  LinkButton,
  type MessageKey,
  optionalLabel,
  type Page,
  RadioGroup,
  TextField,
} from '../../ui/index.ts';
import { showCredential } from '../show-credential.ts';
import type { TestAccount, TestFactor } from '../test-account.ts';
import { SandboxLayout } from './sandbox-layout.tsx';

export interface MakeAccountProps {
  readonly page: Page;
  readonly email: string;
  readonly locale: Locale;
  readonly factors: readonly TestFactor[];
  /** What can be made here. */
  readonly offered: readonly TestFactor[];
  /** Whether it is to have a verified identity. */
  readonly profile: boolean;
  readonly errors: { readonly email?: string; readonly password?: string };
}

const LABELS = {
  totp: 'sandbox.accounts.totp',
  backup_codes: 'sandbox.accounts.backup_codes',
  phone: 'sandbox.accounts.phone',
  security_key: 'factors.kind.security_key',
  platform_passkey: 'factors.kind.platform_passkey',
  piv: 'factors.kind.piv',
  personal_key: 'factors.kind.personal_key',
} as const satisfies Record<TestFactor, MessageKey>;

/** Asks for what a test account should be like; everything may stay empty. */
export const MakeAccountPage = (props: MakeAccountProps) => {
  const { page, email, locale, factors, offered, profile, errors } = props;
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
          choices={offered.map((value) => ({ value, label: t(LABELS[value]) }))}
          selected={factors}
        />
        <Checkbox name="profile" label={t('sandbox.accounts.profile')} checked={profile} />
        <Actions>
          <Button>{t('sandbox.accounts.submit')}</Button>
        </Actions>
      </Form>
    </SandboxLayout>
  );
};

/** Everything needed to sign in with it, told once. */
export const MadeAccountPage = (props: {
  page: Page;
  account: TestAccount;
  /** What was verified about it; null for nothing. */
  identity: VerifiedIdentity | null;
}) => {
  const { page, account, identity } = props;
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
          ...(account.personalKey === null
            ? []
            : [{ term: t('factors.kind.personal_key'), ...copied(account.personalKey) }]),
          ...account.phones.map((number) => ({
            term: t('sandbox.accounts.phone'),
            ...copied(number),
          })),
          ...(identity === null
            ? []
            : [
                {
                  term: t('sandbox.made.profile'),
                  detail: [identity.firstName, identity.lastName, identity.birthDate, identity.ssn].join(' '),
                },
              ]),
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
      <Software page={page} account={account} />
      <Actions>
        <LinkButton href={at(page, '/')} look="primary">
          {t('sandbox.made.sign_in')}
        </LinkButton>
        <LinkButton href={at(page, '/sandbox/accounts')}>{t('sandbox.made.another')}</LinkButton>
      </Actions>
    </SandboxLayout>
  );
};

/** What stands in for devices: credentials and a card, as the machine interface gives them. */
const Software = ({ page, account: { credentials, card } }: { page: Page; account: TestAccount }) => {
  const { t } = page;
  const texts = [
    ...credentials.map((credential) => ({
      title: t('sandbox.made.credential', { method: t(LABELS[credential.kind]) }),
      text: JSON.stringify(showCredential(credential), null, 2),
    })),
    ...(card === null
      ? []
      : [
          { title: t('sandbox.made.certificate'), text: card.certificate },
          { title: t('sandbox.made.authority'), text: card.chain },
          { title: t('sandbox.made.private_key'), text: card.privateKey },
        ]),
  ];
  if (texts.length === 0) return null;
  return (
    <>
      <h2>{t('sandbox.made.software')}</h2>
      <p>{t('sandbox.made.software_intro')}</p>
      {texts.map(({ title, text }) => (
        <>
          <h3>{title}</h3>
          <section class="usa-table-container--scrollable" tabindex={0} aria-label={title}>
            <pre>
              <code>{text}</code>
            </pre>
          </section>
          <CopyButton page={page} text={text} />
        </>
      ))}
    </>
  );
};
