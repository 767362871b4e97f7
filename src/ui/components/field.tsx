import type { Child } from '../jsx/markup.ts';
import type { Page } from '../page.ts';

/** What every field of a form is told. */
export type FieldProps = {
  /** The form key; also the element's id unless `id` is given. */
  name: string;
  label: string;
  id?: string;
  hint?: string | undefined;
  /** What is wrong with the value that was sent, as a sentence for the person. */
  error?: string | undefined;
  /** Whether an answer is needed; yes unless told otherwise. */
  required?: boolean;
};

export const fieldId = (field: { name: string; id?: string }): string => field.id ?? field.name;

/** The attributes that tie a control to its hint and its error (UX-3). */
export const fieldAttributes = (field: FieldProps) => {
  const id = fieldId(field);
  const described = [field.hint ? `${id}-hint` : '', field.error ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  return {
    id,
    name: field.name,
    required: field.required ?? true,
    'aria-invalid': field.error ? ('true' as const) : ('false' as const),
    'aria-describedby': described || undefined,
  };
};

/** Label, hint and error around a control. For new kinds of field; pages use the fields made from it. */
export const FieldFrame = (props: { field: FieldProps; children: Child }) => {
  const { field } = props;
  const id = fieldId(field);
  return (
    <div class={field.error ? 'usa-form-group usa-form-group--error' : 'usa-form-group'}>
      <label class={field.error ? 'usa-label usa-label--error' : 'usa-label'} for={id}>
        {field.label}
      </label>
      {field.hint ? (
        <div class="usa-hint" id={`${id}-hint`}>
          {field.hint}
        </div>
      ) : null}
      {field.error ? (
        <div class="usa-error-message" id={`${id}-error`}>
          {field.error}
        </div>
      ) : null}
      {props.children}
    </div>
  );
};

/** The label of a field that may stay empty. */
export const optionalLabel = (page: Page, label: string): string =>
  page.t('layout.field.optional', { label });
