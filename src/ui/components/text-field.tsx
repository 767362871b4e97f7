import { FieldFrame, type FieldProps, fieldAttributes } from './field.tsx';

/** A single line of text. `maxlength` should equal the server's limit. */
export const TextField = (
  props: FieldProps & {
    value?: string | undefined;
    type?: 'text' | 'tel' | 'url' | 'search' | 'number' | 'date';
    autocomplete?: string;
    inputmode?: 'text' | 'numeric' | 'tel' | 'url' | 'search';
    maxlength?: number;
    spellcheck?: boolean;
  },
) => (
  <FieldFrame field={props}>
    <input
      class={props.error ? 'usa-input usa-input--error' : 'usa-input'}
      type={props.type ?? 'text'}
      value={props.value}
      autocomplete={props.autocomplete}
      inputmode={props.inputmode}
      maxlength={props.maxlength}
      spellcheck={props.spellcheck}
      {...fieldAttributes(props)}
    />
  </FieldFrame>
);

/** Several lines of text, for pasted certificates and remarks. */
export const TextArea = (
  props: FieldProps & { value?: string | undefined; rows?: number; maxlength?: number },
) => (
  <FieldFrame field={props}>
    <textarea
      class={props.error ? 'usa-textarea usa-input--error' : 'usa-textarea'}
      rows={props.rows ?? 5}
      maxlength={props.maxlength}
      {...fieldAttributes(props)}
    >
      {props.value ?? ''}
    </textarea>
  </FieldFrame>
);
