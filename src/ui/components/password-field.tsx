import { assetUrl } from '../assets.ts';
import type { Page } from '../page.ts';
import { FieldFrame, type FieldProps, fieldAttributes, fieldId } from './field.tsx';

/** Far above any policy; only keeps the request small. */
const MAX_PASSWORD = 1024;

/**
 * A password (UX-7). Never keeps its value. A checkbox shows what was typed; without script it does not
 * appear. `purpose` chooses the password manager's behaviour. On pages with two password fields give the
 * first `toggle={false}` and the last `shows={['first', 'second']}`, so that one checkbox serves both.
 * `strength` adds the meter; the page then asks for the script `password-strength`.
 */
export const PasswordField = (
  props: Omit<FieldProps, 'label' | 'name'> & {
    page: Page;
    purpose: 'current' | 'new';
    name?: string;
    label?: string;
    toggle?: boolean;
    shows?: readonly string[];
    strength?: boolean;
  },
) => {
  const { t } = props.page;
  const field = {
    ...props,
    name: props.name ?? 'password',
    label: props.label ?? t('layout.password.label'),
  };
  const id = fieldId(field);
  return (
    <>
      <FieldFrame field={field}>
        <input
          class={props.error ? 'usa-input usa-input--error' : 'usa-input'}
          type="password"
          autocomplete={props.purpose === 'new' ? 'new-password' : 'current-password'}
          autocapitalize="none"
          spellcheck={false}
          maxlength={MAX_PASSWORD}
          {...fieldAttributes(field)}
        />
        {props.strength ? <PasswordStrength page={props.page} input={id} /> : null}
      </FieldFrame>
      {props.toggle === false ? null : (
        <gh-show-password hidden data-inputs={(props.shows ?? [id]).join(' ')}>
          <div class="gh-choice gh-show-password">
            <input type="checkbox" id={`${id}-show`} aria-controls={(props.shows ?? [id]).join(' ')} />
            <label for={`${id}-show`}>{t('layout.password.show')}</label>
          </div>
        </gh-show-password>
      )}
    </>
  );
};

/** UX-8: how strong the typed password is, in five levels; advice only. Filled in by the script. */
const PasswordStrength = (props: { page: Page; input: string }) => {
  const { t } = props.page;
  return (
    <gh-password-strength
      hidden
      data-input={props.input}
      data-words={assetUrl('words/common-passwords.txt')}
      data-level-0={t('layout.strength.very_weak')}
      data-level-1={t('layout.strength.weak')}
      data-level-2={t('layout.strength.average')}
      data-level-3={t('layout.strength.good')}
      data-level-4={t('layout.strength.great')}
    >
      <div class="gh-strength">
        <div class="gh-strength__bars" aria-hidden="true">
          <span></span>
          <span></span>
          <span></span>
          <span></span>
        </div>
        <p class="gh-strength__text" role="status">
          <span>{t('layout.strength.label')}</span> <strong data-level></strong>
        </p>
      </div>
    </gh-password-strength>
  );
};
