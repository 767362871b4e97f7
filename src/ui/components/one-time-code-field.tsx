import type { Page } from '../page.ts';
import { FieldFrame, type FieldProps, fieldAttributes } from './field.tsx';

/**
 * A one-time code (UX-9): one input, filled by the browser where it can, never sent by itself.
 * `kind` is `numeric` (default) or `alphanumeric`; `length` is the number of characters expected, the
 * input accepts a few more so that spaces and dashes may be pasted. `sms` also listens for the message.
 */
export const OneTimeCodeField = (
  props: Omit<FieldProps, 'label' | 'name'> & {
    page: Page;
    length: number;
    kind?: 'numeric' | 'alphanumeric';
    sms?: boolean;
    name?: string;
    label?: string;
  },
) => {
  const { t } = props.page;
  const numeric = props.kind !== 'alphanumeric';
  const hint = numeric
    ? t('layout.code.hint_numeric', { example: '123456789012'.slice(0, props.length) })
    : t('layout.code.hint_alphanumeric');
  const field = {
    ...props,
    name: props.name ?? 'code',
    label: props.label ?? t('layout.code.label'),
    hint: props.hint ?? hint,
  };
  return (
    <FieldFrame field={field}>
      <input
        class={props.error ? 'usa-input usa-input--error gh-code' : 'usa-input gh-code'}
        type="text"
        inputmode={numeric ? 'numeric' : 'text'}
        autocomplete="one-time-code"
        autocapitalize={numeric ? 'none' : 'characters'}
        autocorrect="off"
        spellcheck={false}
        maxlength={props.length + 8}
        data-web-otp={props.sms ? '' : undefined}
        {...fieldAttributes(field)}
      />
    </FieldFrame>
  );
};
