import { at, Layout, type Page } from '../../ui/index.ts';

/** ERR-1: what is wrong with an app's request, for the person (a way out) and for the app's developer (the messages). */
export const ProtocolErrorPage = (props: {
  readonly page: Page;
  readonly messages: readonly { readonly id: string; readonly text: string }[];
  readonly requestId: string;
}) => {
  const { page, messages, requestId } = props;
  const { t } = page;
  return (
    <Layout page={page} title={t('oidc.error.title')}>
      <p>{t('oidc.error.person')}</p>
      <h2>{t('oidc.error.developers')}</h2>
      {/* In English always: developers search for these sentences (ERR-7). */}
      <ul lang="en">
        {messages.map((message) => (
          <li>
            <span data-error-id={message.id}>{message.text}</span>
          </li>
        ))}
      </ul>
      <p>{t('oidc.error.request_id', { id: requestId })}</p>
      <p>
        <a href={at(page, '/')}>{t('oidc.error.home', { brand: page.brand })}</a>
      </p>
    </Layout>
  );
};
