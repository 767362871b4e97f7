import {
  Actions,
  at,
  Button,
  Checkbox,
  Form,
  formatDate,
  Layout,
  LinkButton,
  type Page,
  RadioGroup,
} from '../../ui/index.ts';
import type { HeldPhone } from '../phone/model.ts';
import { RemoveFactorPage } from './manage.tsx';

const METHODS = '/account/two_factor_authentication';

export interface ManagePhoneProps {
  readonly page: Page;
  readonly phone: HeldPhone;
  /** The number in full and in groups: its owner is past a recent second factor. */
  readonly number: string;
  readonly voice: boolean;
}

/** MM-1, PH-5: whether this phone comes first, and how codes get to it. */
export const ManagePhonePage = ({ page, phone, number, voice }: ManagePhoneProps) => {
  const { t } = page;
  const path = `/manage/phone/${phone.id}`;
  return (
    <Layout page={page} title={t('phone.manage.title', { number })}>
      <p>{t('phone.manage.added_on', { date: formatDate(t.locale, phone.createdAt) })}</p>
      {phone.isDefault ? <p>{t('phone.manage.is_default')}</p> : null}
      <Form page={page} action={at(page, path)}>
        <RadioGroup
          name="channel"
          label={t('phone.add.channel')}
          selected={phone.delivery}
          choices={[
            { value: 'sms', label: t('phone.add.sms') },
            { value: 'voice', label: t('phone.add.voice'), disabled: !voice },
          ]}
        />
        {phone.isDefault ? null : (
          <Checkbox
            name="default"
            label={t('phone.manage.default')}
            hint={t('phone.manage.default_hint')}
            required={false}
          />
        )}
        <Actions>
          <Button>{t('accounts.common.save')}</Button>
          <LinkButton href={at(page, `${path}/confirm_delete`)} look="destructive">
            {t('phone.remove.submit')}
          </LinkButton>
        </Actions>
      </Form>
      <p>{t('phone.manage.new_number')}</p>
      <p>
        <a href={at(page, METHODS)}>{t('accounts.common.back')}</a>
      </p>
    </Layout>
  );
};

/** MM-3: what removing it means. */
export const RemovePhonePage = ({ page, id, number }: { page: Page; id: string; number: string }) => (
  <RemoveFactorPage
    page={page}
    path={`/manage/phone/${id}`}
    title={page.t('phone.remove.title')}
    name={number}
    text={page.t('phone.remove.text')}
    submit={page.t('phone.remove.submit')}
  />
);
