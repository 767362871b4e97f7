import type { Page } from '../page.ts';
import { FieldFrame, type FieldProps, fieldAttributes } from './field.tsx';

/** RFC 5321 section 4.5.3.1.3: no address is longer. */
const MAX_EMAIL = 254;

/**
 * An e-mail address. `autocomplete` is `username` on a page that also asks for the password, so that
 * password managers keep both together; `email` elsewhere.
 */
export const EmailField = (
  props: Omit<FieldProps, 'label' | 'name'> & {
    page: Page;
    name?: string;
    label?: string;
    value?: string | undefined;
    autocomplete?: 'username' | 'email';
  },
) => {
  const field = {
    ...props,
    name: props.name ?? 'email',
    label: props.label ?? props.page.t('layout.email.label'),
  };
  return (
    <FieldFrame field={field}>
      <input
        class={props.error ? 'usa-input usa-input--error' : 'usa-input'}
        type="email"
        value={props.value}
        autocomplete={props.autocomplete ?? 'email'}
        autocapitalize="none"
        spellcheck={false}
        maxlength={MAX_EMAIL}
        {...fieldAttributes(field)}
      />
    </FieldFrame>
  );
};

/** UX-7: on a page that asks only for the password, tells the password manager whose it is. */
export const HiddenUsername = (props: { email: string }) => (
  <input type="text" name="username" value={props.email} autocomplete="username" readonly hidden />
);
