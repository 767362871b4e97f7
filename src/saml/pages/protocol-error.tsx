import { at, Layout, type Page } from '../../ui/index.ts';
import type { SamlError } from '../rules/errors.ts';

/** Z1: what is wrong with an app's request: words for the person, stable ids for the people who run the app. */
export const SamlErrorPage = (props: {
  readonly page: Page;
  readonly errors: readonly SamlError[];
  readonly docsUrl: string;
  readonly requestId: string;
}) => {
  const { page, errors, docsUrl, requestId } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('saml.error.title')}>
      <p>{t('saml.error.person')}</p>
      <h2>{t('saml.error.developers')}</h2>
      <ul>
        {errors.map((error) => (
          <li data-error-code={error}>
            {t(`saml.error.${error}`)} <a href={`${docsUrl}#${error}`}>{error}</a>
          </li>
        ))}
      </ul>
      <p>{t('saml.error.request_id', { id: requestId })}</p>
      <p>
        <a href={at(page, '/')}>{t('saml.error.home', { brand: page.brand })}</a>
      </p>
    </Layout>
  );
};
