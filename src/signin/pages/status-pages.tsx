import { at, LinkButton, type Page, StatusPage, wayBack } from '../../ui/index.ts';

/** SP-1: the account is suspended; nothing on this site can change that. */
export const SuspendedPage = ({ page }: { page: Page }) => (
  <StatusPage
    page={page}
    status="error"
    title={page.t('signin.suspended.title')}
    errorId="account-suspended"
    actions={<LinkButton href={at(page, '/sign_out')}>{page.t('signin.suspended.sign_out')}</LinkButton>}
    troubleshooting={
      page.links?.contact ? [{ href: page.links.contact, label: page.t('layout.footer.contact') }] : []
    }
  >
    <p>{page.t('signin.suspended.text', { brand: page.brand })}</p>
    <p>{page.t('signin.suspended.next')}</p>
  </StatusPage>
);

/**
 * SP-2: an operator closed this app to the account. `everywhere`: every other app too. The account's own pages stay open,
 * and the app hears no more than that nobody signed in.
 */
export const RestrictedPage = ({
  page,
  app,
  everywhere,
}: {
  page: Page;
  app: string;
  everywhere: boolean;
}) => (
  <StatusPage
    page={page}
    status="error"
    title={page.t('signin.restricted.title', { app })}
    errorId="account-restricted"
    actions={
      <>
        <LinkButton look="primary" href={wayBack(page)}>
          {page.t('signin.page.back', { app })}
        </LinkButton>
        <LinkButton href={at(page, '/restricted/account')}>{page.t('signin.bounced.account')}</LinkButton>
        <LinkButton href={at(page, '/sign_out')}>{page.t('signin.suspended.sign_out')}</LinkButton>
      </>
    }
    troubleshooting={[
      ...(page.links?.help ? [{ href: page.links.help, label: page.t('layout.footer.help') }] : []),
      ...(page.links?.contact ? [{ href: page.links.contact, label: page.t('layout.footer.contact') }] : []),
    ]}
  >
    <p>
      {everywhere
        ? page.t('signin.restricted.everywhere', { app, brand: page.brand })
        : page.t('signin.restricted.text', { app, brand: page.brand })}
    </p>
    <p>{everywhere ? page.t('signin.restricted.own') : page.t('signin.restricted.elsewhere')}</p>
    <p>{page.t('signin.restricted.next', { app })}</p>
  </StatusPage>
);

/** MFA-5, UR-11: the app sends the same person back at once, again and again. */
export const BouncedPage = ({ page }: { page: Page }) => (
  <StatusPage
    page={page}
    status="warning"
    title={page.t('signin.bounced.title')}
    errorId="bounced"
    actions={
      <>
        {page.app ? (
          <LinkButton look="primary" href={wayBack(page)}>
            {page.t('signin.page.back', { app: page.app.name })}
          </LinkButton>
        ) : null}
        <LinkButton href={at(page, '/account')}>{page.t('signin.bounced.account')}</LinkButton>
      </>
    }
  >
    <p>
      {page.app
        ? page.t('signin.bounced.text_app', { app: page.app.name, brand: page.brand })
        : page.t('signin.bounced.text', { brand: page.brand })}
    </p>
    <p>{page.t('signin.bounced.next')}</p>
  </StatusPage>
);

/** AP-6: the app is switched off or its question no longer fits its registration. */
export const AppInactivePage = ({ page }: { page: Page }) => (
  <StatusPage
    page={page}
    status="error"
    title={page.t('signin.inactive.title')}
    errorId="app-disabled"
    actions={
      <LinkButton href={at(page, '/')}>{page.t('signin.inactive.home', { brand: page.brand })}</LinkButton>
    }
  >
    <p>{page.t('signin.inactive.text', { brand: page.brand })}</p>
    <p>{page.t('signin.inactive.next')}</p>
  </StatusPage>
);

/** The app asks for a verified identity, which this deployment cannot establish yet; the person is told so and led back. */
export const ProofingUnavailablePage = ({ page }: { page: Page }) => (
  <StatusPage
    page={page}
    status="info"
    title={page.t('signin.proofing.title')}
    actions={
      page.app ? (
        <LinkButton look="primary" href={wayBack(page, 'failure_to_proof')}>
          {page.t('signin.proofing.without', { app: page.app.name })}
        </LinkButton>
      ) : (
        <LinkButton href={at(page, '/account')}>{page.t('signin.bounced.account')}</LinkButton>
      )
    }
    troubleshooting={
      page.app
        ? [
            {
              href: wayBack(page),
              label: page.t('signin.proofing.cancel', { app: page.app.name }),
            },
          ]
        : []
    }
  >
    <p>
      {page.app
        ? page.t('signin.proofing.text_app', { app: page.app.name, brand: page.brand })
        : page.t('signin.proofing.text', { brand: page.brand })}
    </p>
    <p>{page.t('signin.proofing.nothing_shared')}</p>
  </StatusPage>
);
