import { Actions, Alert, at, Button, Layout, NeedsScript, type Page, PasskeyForm } from '../../ui/index.ts';
import type { RequestOptions } from '../webauthn/ceremony-options.ts';
import type { WebauthnKind } from '../webauthn/model.ts';
import { OtherWays, RememberDevice } from './challenge.tsx';
import { ceremonyWords } from './webauthn-words.ts';

export type WebauthnChallengeProps = {
  readonly page: Page;
  readonly kind: WebauthnKind;
  readonly options: RequestOptions;
  readonly error?: string | undefined;
  readonly remember: boolean;
  /** Whether the account has other methods. */
  readonly others: boolean;
};

/** WA-5: asks for a security key, or for a face or a finger. The ceremony starts when the button is pressed. */
export const WebauthnChallengePage = (props: WebauthnChallengeProps) => {
  const { page, kind, options, error, remember, others } = props;
  const { t } = page;
  const platform = kind === 'platform_passkey';
  const query = platform ? '?platform=true' : '';
  return (
    <Layout
      page={page}
      title={platform ? t('webauthn.platform.title') : t('webauthn.key.title')}
      scripts={['webauthn']}
    >
      {error ? <Alert type="error">{error}</Alert> : null}
      <NeedsScript page={page} />
      <p>{platform ? t('webauthn.platform.text') : t('webauthn.key.text')}</p>
      <PasskeyForm
        page={page}
        ceremony="get"
        options={options}
        words={ceremonyWords(page)}
        action={at(page, `/login/two_factor/webauthn${query}`)}
        withRequest
      >
        <RememberDevice page={page} checked={remember} />
        <Actions>
          <Button>{platform ? t('webauthn.platform.use') : t('webauthn.key.use')}</Button>
        </Actions>
      </PasskeyForm>
      <OtherWays page={page} others={others} />
    </Layout>
  );
};
