import { Actions, LinkButton } from './components/button.tsx';
import { Layout } from './layout.tsx';
import { at, type Page } from './page.ts';

/** Pages for what no room answers: each says what happened and what to do next (UX-14). */
export type ErrorKind = 'not-found' | 'fault' | 'unavailable' | 'form-expired' | 'too-large' | 'too-many';

/** One failure page, with the request id that support can look up. */
export const ErrorPage = (props: {
  readonly page: Page;
  readonly kind: ErrorKind;
  readonly requestId: string;
  readonly retryHref?: string;
}) => {
  const { page, kind, requestId, retryHref } = props;
  const { t } = page;
  const words = {
    'not-found': [t('layout.failure.not_found.title'), t('layout.failure.not_found.text')],
    fault: [t('layout.failure.fault.title'), t('layout.failure.fault.text')],
    unavailable: [t('layout.failure.unavailable.title'), t('layout.failure.unavailable.text')],
    'form-expired': [t('layout.failure.form_expired.title'), t('layout.failure.form_expired.text')],
    'too-large': [t('layout.failure.too_large.title'), t('layout.failure.too_large.text')],
    'too-many': [t('layout.failure.too_many.title'), t('layout.failure.too_many.text')],
  } as const satisfies Record<ErrorKind, readonly [string, string]>;
  const [title, text] = words[kind];
  const again = kind !== 'not-found' && kind !== 'fault';
  return (
    <Layout page={page} title={title}>
      <p>{text}</p>
      <Actions>
        {again ? (
          <LinkButton href={retryHref ?? at(page, page.path)} look="primary">
            {t('layout.failure.retry')}
          </LinkButton>
        ) : null}
        <LinkButton href={at(page, '/')} look={again ? 'outline' : 'primary'}>
          {t('layout.failure.home', { brand: page.brand })}
        </LinkButton>
      </Actions>
      {/* The stable id, as the error dictionary lists it. */}
      <p data-error-id={kind}>
        {t('layout.failure.request_id', { id: requestId })} (<code lang="en">{kind}</code>)
      </p>
    </Layout>
  );
};
