import type { ConsentReason } from '../../signin/model.ts';
import {
  Actions,
  Alert,
  at,
  Button,
  DefinitionList,
  Form,
  Layout,
  LinkButton,
  type MessageKey,
  type Page,
  wayBack,
} from '../../ui/index.ts';
import type { AttributeName } from '../attributes.ts';

const REASONS = {
  'first-time': 'consent.reason.first_time',
  'new-attributes': 'consent.reason.new_attributes',
  'verified-since': 'consent.reason.verified_since',
  expired: 'consent.reason.expired',
  revoked: 'consent.reason.revoked',
} as const satisfies Record<ConsentReason, MessageKey>;

/** One attribute with its values, as the person will see it. */
export interface SharedAttribute {
  /** That a card was presented is never shown by itself. */
  readonly name: Exclude<AttributeName, 'x509_presented'>;
  readonly values: readonly string[];
}

export type ConsentProps = {
  readonly page: Page;
  readonly app: string;
  readonly reason: ConsentReason;
  readonly shared: readonly SharedAttribute[];
  /** The app gets one address, and the person may say which (EM-5). */
  readonly mayChangeEmail: boolean;
  readonly oneMethod: boolean;
};

/** CO-1, CO-2: what the app would be told, with its values, before anything is shared. */
export const ConsentPage = ({ page, app, reason, shared, mayChangeEmail, oneMethod }: ConsentProps) => {
  const { t } = page;
  const items = shared.map(({ name, values }) => ({
    term: t(`consent.attribute.${name}`),
    detail:
      values.length === 1 ? (
        values[0]
      ) : (
        <ul>
          {values.map((value) => (
            <li>{value}</li>
          ))}
        </ul>
      ),
    ...(name === 'email' && mayChangeEmail
      ? {
          action: (
            <a
              href={at(page, '/sign_up/select_email')}
              aria-label={t('consent.agree.change_email_label', { app })}
            >
              {t('consent.agree.change_email')}
            </a>
          ),
        }
      : {}),
  }));
  return (
    <Layout page={page} title={t('consent.agree.title', { app })}>
      <p>{t(REASONS[reason], { app })}</p>
      {oneMethod ? (
        <Alert type="warning" live={false}>
          {t('consent.agree.one_method')}{' '}
          <a href={at(page, '/authentication_methods_setup?choose=1')}>{t('consent.agree.one_method_add')}</a>
        </Alert>
      ) : null}
      {items.length === 0 ? (
        <p>{t('consent.agree.nothing', { app })}</p>
      ) : (
        <>
          <h2>{t('consent.agree.what', { app })}</h2>
          <DefinitionList items={items} />
        </>
      )}
      <p>{t('consent.agree.again', { app })}</p>
      <Form page={page} action={at(page, '/sign_up/completed')} withRequest>
        <Actions>
          <Button>{t('consent.agree.submit')}</Button>
          <LinkButton look="link" href={wayBack(page)}>
            {t('consent.agree.cancel', { app })}
          </LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};
