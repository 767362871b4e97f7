import {
  Actions,
  Alert,
  at,
  Button,
  ChoiceGroup,
  ErrorSummary,
  Form,
  Layout,
  LinkButton,
  type Page,
  wayBack,
} from '../../ui/index.ts';
import type { FactorMenuEntry } from '../factor-menu.ts';

export type FactorMenuProps = {
  readonly page: Page;
  readonly entries: readonly FactorMenuEntry[];
  readonly error?: string | undefined;
  /** The account has a method already, so none need be chosen. */
  readonly optional: boolean;
  /** The app asks for a stronger kind than any the person has (AL-4). */
  readonly demanded: boolean;
  /** Face or touch unlock is all there is yet, which is not enough (MC-2). */
  readonly onlyPlatform?: boolean;
};

/** MC-1: what to protect the account with. */
export const FactorMenuPage = ({
  page,
  entries,
  error,
  optional,
  demanded,
  onlyPlatform,
}: FactorMenuProps) => {
  const { t, app } = page;
  const nothing = entries.length === 0;
  return (
    <Layout page={page} title={optional ? t('factors.menu.title_more') : t('factors.menu.title')}>
      <ErrorSummary page={page} problems={error ? [{ field: 'selection', message: error }] : []} />
      {demanded && app ? <Alert type="info">{t('factors.menu.demanded', { app: app.name })}</Alert> : null}
      {onlyPlatform ? <Alert type="info">{t('webauthn.menu.second_kind')}</Alert> : null}
      {nothing ? (
        <>
          <p>{demanded ? t('factors.menu.none_here') : t('factors.menu.none_left')}</p>
          <Actions>
            {app ? (
              <LinkButton href={wayBack(page)}>{t('signin.page.back', { app: app.name })}</LinkButton>
            ) : (
              <LinkButton href={at(page, '/continue')}>{t('factors.menu.go_on')}</LinkButton>
            )}
          </Actions>
        </>
      ) : (
        <>
          <p>{t('factors.menu.text', { brand: page.brand })}</p>
          <Form page={page} action={at(page, '/authentication_methods_setup')} withRequest>
            <ChoiceGroup
              name="selection"
              label={t('factors.menu.label')}
              hint={t('factors.menu.hint')}
              error={error}
              multiple
              tiles
              choices={entries.map(({ kind, recommended }) => {
                const method = t(`factors.kind.${kind}`);
                return {
                  value: kind,
                  label: recommended ? t('factors.menu.recommended', { method }) : method,
                  description: t(`factors.about.${kind}`),
                };
              })}
            />
            <Actions>
              <Button>{t('factors.menu.submit')}</Button>
            </Actions>
          </Form>
          <p>
            {optional ? (
              <a href={at(page, '/continue')}>{t('factors.menu.go_on')}</a>
            ) : demanded && app ? (
              <a href={wayBack(page)}>{t('signin.page.back', { app: app.name })}</a>
            ) : onlyPlatform ? (
              <a href={at(page, '/sign_out')}>{t('factors.challenge.cancel')}</a>
            ) : (
              <a href={at(page, '/sign_up/cancel')}>{t('factors.menu.cancel')}</a>
            )}
          </p>
        </>
      )}
    </Layout>
  );
};
