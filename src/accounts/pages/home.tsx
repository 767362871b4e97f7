import { localeNames } from '../../ui/i18n.ts';
import { Alert, at, Card, DefinitionList, formatDate, LinkButton, type Page } from '../../ui/index.ts';
import type { AccountEmail, AccountOverview } from '../model.ts';
import { AccountLayout } from './account-layout.tsx';
import { IdentityCard, type ShownIdentity } from './identity-card.tsx';
import { MethodList } from './methods.tsx';

export interface HomeProps {
  readonly page: Page;
  readonly account: AccountOverview;
  /** Present while an app waits for this person (AC-1). */
  readonly returnTo: { readonly app: string; readonly href: string } | null;
  /** Absent for people who were never verified. */
  readonly identity?: ShownIdentity | null;
}

/** AC-1: everything the account holds, and where to change it. */
export const HomePage = ({ page, account, returnTo, identity = null }: HomeProps) => {
  const { t } = page;
  const confirmed = account.emails.filter((email) => email.confirmedAt !== null).length;
  return (
    <AccountLayout
      page={page}
      title={t('accounts.home.title')}
      section="home"
      before={returnTo === null ? null : <ReturnBanner page={page} app={returnTo.app} href={returnTo.href} />}
    >
      <Card
        heading={t('accounts.home.emails')}
        actions={<LinkButton href={at(page, '/add/email')}>{t('accounts.home.add_email')}</LinkButton>}
      >
        <DefinitionList
          items={account.emails.map((email) => ({
            term: email.address,
            detail: <EmailState page={page} email={email} />,
            action: <EmailAction page={page} email={email} last={confirmed === 1} />,
          }))}
        />
      </Card>
      {identity === null ? null : <IdentityCard page={page} shown={identity} />}
      <Card heading={t('accounts.home.settings')}>
        <DefinitionList
          items={[
            {
              term: t('accounts.home.email_language'),
              detail: localeNames[account.facts.emailLocale],
              action: (
                <a href={at(page, '/account/email_language')}>
                  {t('accounts.common.change')}{' '}
                  <span class="usa-sr-only">{t('accounts.home.email_language')}</span>
                </a>
              ),
            },
            {
              term: t('accounts.home.password'),
              detail: t('accounts.home.password_hidden'),
              action: (
                <a href={at(page, '/manage/password')}>
                  {t('accounts.common.change')} <span class="usa-sr-only">{t('accounts.home.password')}</span>
                </a>
              ),
            },
            {
              term: t('accounts.home.apps'),
              detail: t.plural('accounts.home.apps_connected', account.connections.length),
              action: <a href={at(page, '/account/connected_services')}>{t('accounts.home.see_apps')}</a>,
            },
            { term: t('accounts.home.created'), detail: formatDate(t.locale, account.createdAt) },
          ]}
        />
      </Card>
      <Card
        heading={t('accounts.methods.title')}
        actions={
          <LinkButton href={at(page, '/account/two_factor_authentication')}>
            {t('accounts.home.manage_methods')}
          </LinkButton>
        }
      >
        <MethodList page={page} account={account} />
      </Card>
      <Card heading={t('accounts.home.your_data')}>
        <ul>
          <li>
            <a href={at(page, '/account/download')}>{t('accounts.download.title')}</a>
          </li>
          <li>
            <a href={at(page, '/account/forget_all_browsers')}>{t('accounts.forget.title')}</a>
          </li>
          <li>
            <a href={at(page, '/account/delete')}>{t('accounts.delete.title')}</a>
          </li>
        </ul>
      </Card>
    </AccountLayout>
  );
};

const ReturnBanner = (props: { page: Page; app: string; href: string }) => (
  <Alert type="info" live={false}>
    <a href={props.href}>{props.page.t('accounts.home.return_to', { app: props.app })}</a>
  </Alert>
);

const EmailState = ({ page, email }: { page: Page; email: AccountEmail }) =>
  email.confirmedAt === null
    ? page.t('accounts.home.unconfirmed')
    : page.t('accounts.home.confirmed_on', { date: formatDate(page.t.locale, email.confirmedAt) });

/** What one can do with an address; the last confirmed one stays (EM-3). */
const EmailAction = ({ page, email, last }: { page: Page; email: AccountEmail; last: boolean }) => {
  const { t } = page;
  if (email.confirmedAt !== null && last) return null;
  return (
    <>
      {email.confirmedAt === null ? (
        <>
          <a href={at(page, `/add/email/verify_email?id=${email.id}`)}>
            {t('accounts.home.confirm_email')} <span class="usa-sr-only">{email.address}</span>
          </a>{' '}
        </>
      ) : null}
      <a href={at(page, `/manage/email/confirm_delete/${email.id}`)}>
        {t('accounts.common.remove')} <span class="usa-sr-only">{email.address}</span>
      </a>
    </>
  );
};
