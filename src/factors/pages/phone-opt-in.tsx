import { at, Button, Form, LinkButton, type Page, StatusPage } from '../../ui/index.ts';

export interface PhoneOptInProps {
  readonly page: Page;
  readonly uuid: string;
  readonly number: string;
  /** What can be done now: opt in here, only by a text of one's own, or not yet. */
  readonly way: 'here' | 'by_text' | 'later';
  /** A call may bring the code instead; null where none can. The value says what the code is for. */
  readonly call: 'sign_in' | 'set_up' | null;
  /** Where other methods are. */
  readonly othersHref: string;
}

/** PH-6: the owner of this number asked for no more texts; a way back, or another method. */
export const PhoneOptInPage = ({ page, uuid, number, way, call, othersHref }: PhoneOptInProps) => {
  const { t } = page;
  return (
    <StatusPage
      page={page}
      status="warning"
      title={t('phone.opt_in.title')}
      actions={
        <>
          {way === 'here' ? (
            <Form page={page} action={at(page, `/login/two_factor/sms/${uuid}/opt_in`)} withRequest>
              <Button>{t('phone.opt_in.submit')}</Button>
            </Form>
          ) : null}
          {call === null ? null : (
            <Form
              page={page}
              action={at(page, '/otp/send')}
              withRequest
              hidden={{ use: call, channel: 'voice' }}
            >
              <Button look="outline">{t('phone.code.call_instead')}</Button>
            </Form>
          )}
          <LinkButton look="outline" href={at(page, othersHref)}>
            {t('factors.challenge.other')}
          </LinkButton>
        </>
      }
    >
      <p>{t('phone.opt_in.text', { number })}</p>
      {way === 'by_text' ? <p>{t('phone.opt_in.start')}</p> : null}
      {way === 'later' ? <p>{t('phone.opt_in.later')}</p> : null}
    </StatusPage>
  );
};
