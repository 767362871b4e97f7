import {
  Actions,
  Alert,
  at,
  Button,
  ErrorSummary,
  Form,
  Layout,
  LinkButton,
  NeedsScript,
  type Page,
  PasskeyForm,
  StatusPage,
  TextField,
} from '../../ui/index.ts';
import { NICKNAME_MAX } from '../nickname.ts';
import type { CreationOptions } from '../webauthn/ceremony-options.ts';
import type { WebauthnKind } from '../webauthn/model.ts';
import { ceremonyWords } from './webauthn-words.ts';

export type WebauthnSetUpProps = {
  readonly page: Page;
  readonly kind: WebauthnKind;
  readonly options: CreationOptions;
  readonly name?: string | undefined;
  readonly errors?: {
    readonly name?: string | undefined;
    /** Why the answer of the key or device was not taken. */
    readonly ceremony?: string | undefined;
  };
};

/** WA-1, WA-3: adds a security key under a name of its owner's, or face and touch unlock of this device. */
export const WebauthnSetUpPage = ({ page, kind, options, name, errors = {} }: WebauthnSetUpProps) => {
  const { t } = page;
  const platform = kind === 'platform_passkey';
  return (
    <Layout
      page={page}
      title={platform ? t('webauthn.platform_set_up.title') : t('webauthn.key_set_up.title')}
      scripts={['webauthn']}
    >
      <ErrorSummary page={page} problems={errors.name ? [{ field: 'name', message: errors.name }] : []} />
      {errors.ceremony ? <Alert type="error">{errors.ceremony}</Alert> : null}
      <NeedsScript page={page} />
      <p>{platform ? t('webauthn.platform_set_up.text') : t('webauthn.key_set_up.text')}</p>
      <PasskeyForm
        page={page}
        ceremony="create"
        options={options}
        words={ceremonyWords(page)}
        action={at(page, platform ? '/webauthn_setup?platform=true' : '/webauthn_setup')}
        withRequest
      >
        {platform ? null : (
          <TextField
            name="name"
            label={t('webauthn.key_set_up.name')}
            hint={t('webauthn.key_set_up.name_hint')}
            value={name}
            error={errors.name}
            maxlength={NICKNAME_MAX}
            autocomplete="off"
          />
        )}
        <Actions>
          <Button>{platform ? t('webauthn.platform_set_up.submit') : t('webauthn.key_set_up.submit')}</Button>
        </Actions>
      </PasskeyForm>
      <ul class="gh-plain-list">
        <li>
          <a href={at(page, '/authentication_methods_setup?choose=1')}>{t('factors.menu.another')}</a>
        </li>
      </ul>
    </Layout>
  );
};

/** WA-2: the browser made the other kind than was asked for. `kind` is what was made. */
export const WebauthnMismatchPage = ({ page, kind }: { page: Page; kind: WebauthnKind }) => {
  const { t } = page;
  const platform = kind === 'platform_passkey';
  return (
    <StatusPage
      page={page}
      status="warning"
      title={platform ? t('webauthn.mismatch.platform_title') : t('webauthn.mismatch.key_title')}
    >
      <p>{platform ? t('webauthn.mismatch.platform_text') : t('webauthn.mismatch.key_text')}</p>
      <Form page={page} action={at(page, '/webauthn_setup_mismatch')} withRequest>
        <Actions>
          <Button name="choice" value="keep">
            {t('webauthn.mismatch.keep')}
          </Button>
          <Button name="choice" value="retry" look="outline">
            {t('webauthn.mismatch.retry')}
          </Button>
        </Actions>
      </Form>
    </StatusPage>
  );
};

/** MC-6: somebody with nothing but phones, on a device that knows its owner, is offered face or touch unlock once. */
export const PlatformRecommendedPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <StatusPage
      page={page}
      status="info"
      icon="shield"
      title={t('webauthn.recommended.title')}
      actions={
        <LinkButton look="primary" href={at(page, '/webauthn_setup?platform=true')}>
          {t('webauthn.recommended.set_up')}
        </LinkButton>
      }
    >
      <p>{t('webauthn.recommended.text')}</p>
      <Form page={page} action={at(page, '/webauthn_platform_recommended')} withRequest>
        <Actions>
          <Button look="link">{t('webauthn.recommended.skip')}</Button>
        </Actions>
      </Form>
    </StatusPage>
  );
};
