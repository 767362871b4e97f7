import {
  Actions,
  Alert,
  at,
  Button,
  Form,
  Layout,
  LinkButton,
  type Page,
  TextField,
} from '../../ui/index.ts';
import { NICKNAME_MAX } from '../nickname.ts';
import type { RemovalRefusal } from '../remove-factor.ts';

/** Where the person's methods are listed. */
export const METHODS = '/account/two_factor_authentication';

export interface NameFormProps {
  readonly page: Page;
  /** Where the method is managed; its removal is asked for below it. */
  readonly path: string;
  /** What the field is called. */
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly error?: string | undefined;
  /** What the way to removal says. */
  readonly remove: string;
}

/** MM-1: another name for a method, or the way to remove it. */
export const NameForm = ({ page, path, label, hint, value, error, remove }: NameFormProps) => {
  const { t } = page;
  return (
    <>
      <Form page={page} action={at(page, path)}>
        <TextField
          name="name"
          label={label}
          hint={hint}
          value={value}
          error={error}
          autocomplete="off"
          maxlength={NICKNAME_MAX}
        />
        <Actions>
          <Button>{t('accounts.common.save')}</Button>
          <LinkButton href={at(page, `${path}/confirm_delete`)} look="destructive">
            {remove}
          </LinkButton>
        </Actions>
      </Form>
      <p>
        <a href={at(page, METHODS)}>{t('accounts.common.back')}</a>
      </p>
    </>
  );
};

export interface RemoveFactorProps {
  readonly page: Page;
  readonly path: string;
  readonly title: string;
  /** The method's own name. */
  readonly name: string;
  readonly text: string;
  readonly submit: string;
  /** Where keeping it leads; the page of the method when left out. */
  readonly keep?: string;
}

/** MM-3: what removing a method means. */
export const RemoveFactorPage = ({ page, path, title, name, text, submit, keep }: RemoveFactorProps) => (
  <Layout page={page} title={title}>
    <p>
      <strong>{name}</strong>
    </p>
    <p>{text}</p>
    <Form page={page} action={at(page, `${path}/confirm_delete`)}>
      <Actions>
        <Button look="destructive">{submit}</Button>
        <LinkButton href={at(page, keep ?? path)}>{page.t('accounts.confirm.cancel')}</LinkButton>
      </Actions>
    </Form>
  </Layout>
);

/** MM-2: why a method has to stay, and what to do instead. */
export const KeepFactorPage = ({ page, reason }: { page: Page; reason: RemovalRefusal['reason'] }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.keep_factor.title')}>
      <Alert type="warning" live={false}>
        {reason === 'only_platform_left'
          ? t('accounts.keep_factor.only_platform')
          : t('accounts.keep_factor.last')}
      </Alert>
      <Actions>
        <LinkButton href={at(page, '/authentication_methods_setup')} look="primary">
          {t('accounts.methods.add')}
        </LinkButton>
        <LinkButton href={at(page, METHODS)}>{t('accounts.common.back')}</LinkButton>
      </Actions>
    </Layout>
  );
};
