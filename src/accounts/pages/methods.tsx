import type { FactorKind } from '../../factors/model.ts';
import { at, Card, DefinitionList, formatDate, LinkButton, type Page } from '../../ui/index.ts';
import type { AccountOverview } from '../model.ts';
import { AccountLayout } from './account-layout.tsx';

interface MethodsProps {
  readonly page: Page;
  readonly account: AccountOverview;
}

/** Kinds with pages of their own to rename or remove one (UR-7). */
const MANAGED_AT: Readonly<Partial<Record<FactorKind, string>>> = {
  totp: 'auth_app',
  phone: 'phone',
  security_key: 'webauthn',
  platform_passkey: 'webauthn',
  piv: 'piv_cac',
  personal_key: 'personal_key',
};

/** Every second factor of the account, with what one can do with it. */
export const MethodList = ({ page, account }: MethodsProps) => {
  const { t } = page;
  const methods = account.factors.map(({ kind, id, label, createdAt }) => {
    // Nobody named a personal key, and all one can do with it is to remove it (PK-1).
    const unnamed = kind === 'personal_key';
    const term = t(`accounts.factor.${kind}`);
    const name = unnamed ? term : label;
    return {
      term,
      detail: t('accounts.methods.added_on', { name, date: formatDate(t.locale, createdAt) }),
      action:
        MANAGED_AT[kind] === undefined ? null : (
          <a href={at(page, `/manage/${MANAGED_AT[kind]}/${id}${unnamed ? '/confirm_delete' : ''}`)}>
            {t(unnamed ? 'accounts.common.remove' : 'accounts.common.manage')}{' '}
            <span class="usa-sr-only">{name}</span>
          </a>
        ),
    };
  });
  const codes =
    account.backupCodesLeft === 0
      ? []
      : [
          {
            term: t('accounts.factor.backup_codes'),
            detail: t.plural('accounts.methods.codes_left', account.backupCodesLeft),
            action: (
              <>
                <a href={at(page, '/backup_code_regenerate')}>{t('accounts.methods.new_codes')}</a>{' '}
                <a href={at(page, '/backup_code_delete')}>{t('accounts.methods.delete_codes')}</a>
              </>
            ),
          },
        ];
  const items = [...methods, ...codes];
  return items.length === 0 ? <p>{t('accounts.methods.none')}</p> : <DefinitionList items={items} />;
};

/** The methods on a page of their own, with the way to add one. */
export const MethodsPage = ({ page, account }: MethodsProps) => {
  const { t } = page;
  return (
    <AccountLayout page={page} title={t('accounts.methods.title')} section="methods">
      <p>{t('accounts.methods.intro')}</p>
      <Card
        heading={t('accounts.methods.yours')}
        actions={
          <LinkButton href={at(page, '/authentication_methods_setup')}>
            {t('accounts.methods.add')}
          </LinkButton>
        }
      >
        <MethodList page={page} account={account} />
      </Card>
      <Card heading={t('accounts.forget.heading')}>
        <p>{t('accounts.forget.short')}</p>
        <p>
          <a href={at(page, '/account/forget_all_browsers')}>{t('accounts.forget.title')}</a>
        </p>
      </Card>
    </AccountLayout>
  );
};
