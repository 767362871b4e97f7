import {
  Actions,
  at,
  Button,
  ErrorSummary,
  Form,
  Layout,
  LinkButton,
  type Page,
  StatusPage,
  TextField,
} from '../../ui/index.ts';
import { NICKNAME_MAX } from '../nickname.ts';
import { OtherWays } from './challenge.tsx';

export type PivSetUpProps = {
  readonly page: Page;
  readonly name?: string;
  readonly error?: string;
  /** Id and name of the card that the new one takes the place of. */
  readonly replaces: { readonly id: string; readonly name: string } | null;
};

/** PV-2, MC-1: what the card is to be called; then the browser asks for it. */
export const PivSetUpPage = ({ page, name, error, replaces }: PivSetUpProps) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('piv.set_up.title')}>
      <ErrorSummary page={page} problems={error ? [{ field: 'name', message: error }] : []} />
      <p>{t('piv.set_up.text')}</p>
      {replaces === null ? null : <p>{t('piv.set_up.replaces', { name: replaces.name })}</p>}
      <Form
        page={page}
        action={at(page, '/present_piv_cac')}
        withRequest
        hidden={replaces === null ? {} : { replaces: replaces.id }}
      >
        <TextField
          name="name"
          label={t('piv.set_up.name')}
          hint={t('piv.set_up.name_hint')}
          value={name}
          error={error}
          autocomplete="off"
          maxlength={NICKNAME_MAX}
        />
        <Actions>
          <Button>{t('piv.set_up.submit')}</Button>
        </Actions>
      </Form>
      <p>{t('piv.pin')}</p>
      <p>
        <a href={at(page, '/authentication_methods_setup?choose=1')}>{t('piv.set_up.other')}</a>
      </p>
    </Layout>
  );
};

/** PV-4: asks for the card after the password; such a browser is not remembered. */
export const PivChallengePage = ({ page, others }: { page: Page; others: boolean }) => (
  <Layout page={page} title={page.t('piv.challenge.title')}>
    <p>{page.t('piv.challenge.text')}</p>
    <Form page={page} action={at(page, '/login/two_factor/piv_cac')} withRequest>
      <Actions>
        <Button>{page.t('piv.challenge.submit')}</Button>
      </Actions>
    </Form>
    <p>{page.t('piv.pin')}</p>
    <OtherWays page={page} others={others} />
  </Layout>
);

/** PV-4: the card is in order, and nobody's: it may be added once another method was used. */
export const PivMismatchPage = ({ page, others }: { page: Page; others: boolean }) => {
  const { t } = page;
  return (
    <StatusPage page={page} status="warning" title={t('piv.mismatch.title')}>
      <p>{others ? t('piv.mismatch.text') : t('piv.mismatch.text_only')}</p>
      <Actions>
        {others ? (
          <Form page={page} action={at(page, '/login/two_factor/piv_cac_mismatch')} withRequest>
            <Button>{t('piv.mismatch.add')}</Button>
          </Form>
        ) : null}
        <LinkButton look="outline" href={at(page, '/login/two_factor/piv_cac')}>
          {t('piv.mismatch.retry')}
        </LinkButton>
      </Actions>
      <OtherWays page={page} others={others} />
    </StatusPage>
  );
};

export type AddCardPromptProps = {
  readonly page: Page;
  /** Cards of the account, any of which the new one may replace. */
  readonly held: readonly { readonly factor: string; readonly name: string }[];
  readonly room: boolean;
};

/** RT-1 (8): another method was used; the card that was not known may now be added, or take another's place. */
export const AddCardPromptPage = ({ page, held, room }: AddCardPromptProps) => {
  const { t } = page;
  return (
    <StatusPage
      page={page}
      status="info"
      title={t('piv.prompt.title')}
      actions={
        <Form page={page} action={at(page, '/login/add_piv_cac/prompt')} withRequest>
          <Actions>
            {room ? (
              <Button name="choice" value="add">
                {t('piv.prompt.add')}
              </Button>
            ) : null}
            {held.map(({ factor, name }) => (
              <Button name="choice" value={factor} look="outline">
                {t('piv.prompt.replace', { name })}
              </Button>
            ))}
            <Button name="choice" value="skip" look="link">
              {t('piv.prompt.skip')}
            </Button>
          </Actions>
        </Form>
      }
    >
      <p>{t('piv.prompt.text')}</p>
    </StatusPage>
  );
};

/** MC-1: people of the government and the military are shown their card first. */
export const PivRecommendedPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('piv.recommended.title')}>
      <p>{t('piv.recommended.text')}</p>
      <Form page={page} action={at(page, '/login/piv_cac_recommended')} withRequest>
        <Actions>
          <Button name="choice" value="add">
            {t('piv.recommended.add')}
          </Button>
          <Button name="choice" value="skip" look="link">
            {t('piv.recommended.skip')}
          </Button>
        </Actions>
      </Form>
    </Layout>
  );
};
