import { MINUTE } from '../../kernel/time.ts';
import {
  Actions,
  Alert,
  at,
  Button,
  ErrorSummary,
  Form,
  Layout,
  OneTimeCodeField,
  type Page,
} from '../../ui/index.ts';
import { ONE_TIME_CODE_LIFETIME_MS } from '../one-time-code.ts';
import type { Channel } from '../phone/model.ts';
import { OtherWays, RememberDevice } from './challenge.tsx';

export interface PhoneCodeProps {
  readonly page: Page;
  readonly use: 'sign_in' | 'set_up';
  readonly channel: Channel;
  /** The number as its owner may see it here. */
  readonly number: string;
  /** Whether the number's country has the other channel too. */
  readonly otherChannel: boolean;
  /** Why the last code did not get there, in words; null when it did as far as we know. */
  readonly failure: string | null;
  readonly error?: string | undefined;
  /** Seconds the code still works; null when it is over or never got there. */
  readonly secondsLeft: number | null;
  /** The remember-device box; null where there is none. */
  readonly remember: boolean | null;
  readonly others: boolean;
}

const PATHS = {
  sign_in: { sms: '/login/two_factor/sms', voice: '/login/two_factor/voice' },
  set_up: { sms: '/phone_setup/code', voice: '/phone_setup/code' },
} as const;

/** PH-3: the code that was sent, another one, the other way to get it, another number. */
export const PhoneCodePage = (props: PhoneCodeProps) => {
  const { page, use, channel, number, otherChannel, failure, error, secondsLeft, remember, others } = props;
  const { t } = page;
  const other: Channel = channel === 'sms' ? 'voice' : 'sms';
  const title =
    use === 'set_up'
      ? t('phone.code.confirm_title')
      : channel === 'sms'
        ? t('phone.code.title')
        : t('phone.code.title_call');
  return (
    <Layout page={page} title={title}>
      <ErrorSummary page={page} problems={error ? [{ field: 'code', message: error }] : []} />
      {failure === null ? (
        <p>{channel === 'sms' ? t('phone.code.texted', { number }) : t('phone.code.called', { number })}</p>
      ) : (
        <Alert type="error">{failure}</Alert>
      )}
      <Form page={page} action={at(page, PATHS[use][channel])} withRequest>
        <OneTimeCodeField
          page={page}
          length={6}
          sms={channel === 'sms'}
          error={error}
          hint={t('phone.code.expires', { minutes: ONE_TIME_CODE_LIFETIME_MS / MINUTE })}
        />
        {remember === null ? null : <RememberDevice page={page} checked={remember} />}
        <Actions>
          <Button>{t('factors.challenge.submit')}</Button>
        </Actions>
      </Form>
      {secondsLeft === null ? null : (
        <div
          class="usa-hint"
          role="status"
          data-code-seconds={String(secondsLeft)}
          data-code-soon={t('phone.code.soon')}
          data-code-over={t('phone.code.expired')}
        />
      )}
      <Form page={page} action={at(page, '/otp/send')} withRequest hidden={{ use }}>
        <Actions>
          <Button look="outline" name="channel" value={channel}>
            {channel === 'sms' ? t('phone.code.another') : t('phone.code.call_again')}
          </Button>
          {otherChannel ? (
            <Button look="link" name="channel" value={other}>
              {other === 'voice' ? t('phone.code.call_instead') : t('phone.code.text_instead')}
            </Button>
          ) : null}
        </Actions>
      </Form>
      {use === 'sign_in' ? (
        <OtherWays page={page} others={others} />
      ) : (
        <ul class="gh-plain-list">
          <li>
            <a href={at(page, '/phone_setup')}>{t('phone.code.change')}</a>
          </li>
          <li>
            <a href={at(page, '/authentication_methods_setup?choose=1')}>{t('factors.menu.another')}</a>
          </li>
        </ul>
      )}
    </Layout>
  );
};
