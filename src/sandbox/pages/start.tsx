import { at, Card, LinkButton, type Page } from '../../ui/index.ts';
import { SandboxLayout } from './sandbox-layout.tsx';

export interface StartProps {
  readonly page: Page;
  readonly sampleApps: readonly { readonly name: string; readonly url: string }[];
  readonly docsUrl: string;
}

/** Where a newcomer starts: an app to sign in to, an account to do it with, and the mail it causes. */
export const StartPage = ({ page, sampleApps, docsUrl }: StartProps) => {
  const { t } = page;
  return (
    <SandboxLayout page={page} title={t('sandbox.start.title')} section="start">
      <p>{t('sandbox.start.intro', { brand: page.brand })}</p>
      <Card heading={t('sandbox.start.apps')}>
        {sampleApps.length === 0 ? (
          <p>{t('sandbox.start.no_apps')}</p>
        ) : (
          <ul>
            {sampleApps.map((app) => (
              <li>
                <a href={app.url}>{app.name}</a>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card
        heading={t('sandbox.nav.accounts')}
        actions={
          <LinkButton href={at(page, '/sandbox/accounts')}>{t('sandbox.start.make_account')}</LinkButton>
        }
      >
        <p>{t('sandbox.start.accounts')}</p>
      </Card>
      <Card
        heading={t('sandbox.nav.inbox')}
        actions={<LinkButton href={at(page, '/sandbox/inbox')}>{t('sandbox.start.open_inbox')}</LinkButton>}
      >
        <p>{t('sandbox.start.inbox')}</p>
      </Card>
      <Card heading={t('sandbox.start.machines')}>
        <p>{t('sandbox.start.api')}</p>
        <ul>
          <li>
            <code>POST /api/sandbox/v1/accounts</code>
          </li>
          <li>
            <code>GET /api/sandbox/v1/messages?to=</code>
          </li>
          {page.environment === 'sandbox' ? null : (
            <li>
              <code>POST /api/sandbox/v1/clock</code>
            </li>
          )}
        </ul>
        <p>
          <a href={docsUrl}>{t('sandbox.start.docs')}</a>
        </p>
      </Card>
    </SandboxLayout>
  );
};
