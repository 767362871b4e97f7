import type { Child } from '../jsx/markup.ts';
import { FieldFrame, type FieldProps, fieldAttributes, fieldId } from './field.tsx';

/** One checkbox. Sends `value` (default `1`) when ticked, nothing otherwise. */
export const Checkbox = (
  props: Omit<FieldProps, 'label'> & { label: Child; value?: string; checked?: boolean | undefined },
) => {
  const id = fieldId(props);
  const described = [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div class={props.error ? 'usa-form-group usa-form-group--error' : 'usa-form-group'}>
      {props.error ? (
        <div class="usa-error-message" id={`${id}-error`}>
          {props.error}
        </div>
      ) : null}
      <div class="gh-choice">
        <input
          type="checkbox"
          id={id}
          name={props.name}
          value={props.value ?? '1'}
          checked={props.checked}
          required={props.required ?? false}
          aria-invalid={props.error ? 'true' : 'false'}
          aria-describedby={described || undefined}
        />
        <label for={id}>{props.label}</label>
        {props.hint ? (
          <span class="gh-choice__hint" id={`${id}-hint`}>
            {props.hint}
          </span>
        ) : null}
      </div>
    </div>
  );
};

/** One of several answers. */
export type Choice = {
  readonly value: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly disabled?: boolean | undefined;
};

/**
 * A group of choices: radio buttons, or checkboxes with `multiple`. `tiles` draws each as a wide box,
 * for choices that need explaining. An error summary links to the first choice, whose id is the group's.
 */
export const ChoiceGroup = (
  props: FieldProps & {
    choices: readonly Choice[];
    selected?: readonly string[] | undefined;
    multiple?: boolean;
    tiles?: boolean;
  },
) => {
  const id = fieldId(props);
  const kind = props.multiple ? 'checkbox' : 'radio';
  const described = [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div class={props.error ? 'usa-form-group usa-form-group--error' : 'usa-form-group'}>
      <fieldset class="usa-fieldset" aria-describedby={described || undefined}>
        <legend class="usa-legend">{props.label}</legend>
        {props.hint ? (
          <div class="usa-hint" id={`${id}-hint`}>
            {props.hint}
          </div>
        ) : null}
        {props.error ? (
          <div class="usa-error-message" id={`${id}-error`}>
            {props.error}
          </div>
        ) : null}
        {props.choices.map((choice, index) => {
          const choiceId = index === 0 ? id : `${id}-${index}`;
          return (
            <div class={props.tiles ? 'gh-choice gh-choice--tile' : 'gh-choice'}>
              <input
                type={kind}
                id={choiceId}
                name={props.name}
                value={choice.value}
                checked={props.selected?.includes(choice.value) ?? false}
                disabled={choice.disabled}
                required={kind === 'radio' && (props.required ?? true)}
                aria-describedby={choice.description ? `${choiceId}-description` : undefined}
              />
              <label for={choiceId}>{choice.label}</label>
              {choice.description ? (
                <span class="gh-choice__hint" id={`${choiceId}-description`}>
                  {choice.description}
                </span>
              ) : null}
            </div>
          );
        })}
      </fieldset>
    </div>
  );
};

/** Radio buttons: one answer of several. */
export const RadioGroup = (
  props: FieldProps & { choices: readonly Choice[]; selected?: string | undefined; tiles?: boolean },
) => <ChoiceGroup {...props} selected={props.selected === undefined ? [] : [props.selected]} />;

/** A drop-down list. The first entry may be an empty value such as "Choose one". */
export const Select = (
  props: FieldProps & { choices: readonly Choice[]; selected?: string | undefined; autocomplete?: string },
) => (
  <FieldFrame field={props}>
    <select
      class={props.error ? 'usa-select usa-input--error' : 'usa-select'}
      autocomplete={props.autocomplete}
      {...fieldAttributes(props)}
    >
      {props.choices.map((choice) => (
        <option value={choice.value} selected={choice.value === props.selected} disabled={choice.disabled}>
          {choice.label}
        </option>
      ))}
    </select>
  </FieldFrame>
);
