import { at, Card, DefinitionList, formatDateTime, LinkButton, type Page } from '../../ui/index.ts';
import { AccountLayout } from './account-layout.tsx';
import { ConfirmPage } from './confirm.tsx';

/** A live session as the page shows it. */
export interface ShownSession {
  /** Address of the session in our own paths; opens nothing. */
  readonly id: string;
  readonly browser: string | null;
  readonly place: string | null;
  readonly startedAt: number;
  readonly lastSeenAt: number;
  readonly current: boolean;
}

const nameOf = (page: Page, session: ShownSession): string =>
  session.browser || page.t('accounts.history.unknown_browser');

/** BT-9: the browsers signed in to this account now. */
export const SessionsPage = ({ page, sessions }: { page: Page; sessions: readonly ShownSession[] }) => {
  const { t } = page;
  const others = sessions.filter((session) => !session.current);
  return (
    <AccountLayout page={page} title={t('accounts.sessions.title')} section="sessions">
      <p>{t('accounts.sessions.intro')}</p>
      {sessions.map((session) => (
        <Card
          heading={
            session.current
              ? t('accounts.sessions.this_browser', { browser: nameOf(page, session) })
              : nameOf(page, session)
          }
          actions={
            session.current ? null : (
              <a href={at(page, `/account/sessions/${session.id}/end`)}>
                {t('accounts.sessions.end')} <span class="usa-sr-only">{nameOf(page, session)}</span>
              </a>
            )
          }
        >
          <DefinitionList
            items={[
              {
                term: t('accounts.history.place'),
                detail: session.place ?? t('accounts.history.unknown_place'),
              },
              { term: t('accounts.sessions.since'), detail: formatDateTime(t.locale, session.startedAt) },
              { term: t('accounts.history.last_used'), detail: formatDateTime(t.locale, session.lastSeenAt) },
            ]}
          />
        </Card>
      ))}
      {others.length === 0 ? (
        <p>{t('accounts.sessions.no_others')}</p>
      ) : (
        <LinkButton href={at(page, '/account/sessions/end_others')} look="destructive">
          {t('accounts.sessions.end_others')}
        </LinkButton>
      )}
    </AccountLayout>
  );
};

/** Asks before another browser is signed out. */
export const EndSessionPage = ({ page, session }: { page: Page; session: ShownSession }) => {
  const { t } = page;
  return (
    <ConfirmPage
      page={page}
      title={t('accounts.end_session.title')}
      action={`/account/sessions/${session.id}/end`}
      submit={t('accounts.sessions.end')}
      back="/account/sessions"
    >
      <p>
        {t('accounts.end_session.which', {
          browser: nameOf(page, session),
          time: formatDateTime(t.locale, session.startedAt),
        })}
      </p>
    </ConfirmPage>
  );
};

/** Asks before all other browsers are signed out. */
export const EndOthersPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <ConfirmPage
      page={page}
      title={t('accounts.sessions.end_others')}
      action="/account/sessions/end_others"
      submit={t('accounts.end_others.submit')}
      back="/account/sessions"
    >
      <p>{t('accounts.end_others.consequence')}</p>
    </ConfirmPage>
  );
};
