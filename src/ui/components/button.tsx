import type { Child } from '../jsx/markup.ts';

export type ButtonLook = 'primary' | 'outline' | 'destructive' | 'link';

const looks: { readonly [L in ButtonLook]: string } = {
  primary: 'usa-button gh-button',
  outline: 'usa-button usa-button--outline gh-button',
  destructive: 'usa-button usa-button--outline gh-button gh-button--destructive',
  link: 'usa-button usa-button--unstyled gh-button--link',
};

/**
 * A button that sends the form it stands in (UX-6). One primary per page. Named choices give `name` and
 * `value`. It is disabled while the form is under way, and restored when the person comes back.
 */
export const Button = (props: {
  children: Child;
  look?: ButtonLook;
  name?: string;
  value?: string;
  /** Only when the button stands outside its form: the form's id. */
  form?: string;
  /** Where this button sends the form instead of the form's action. */
  formaction?: string;
}) => (
  <button
    class={looks[props.look ?? 'primary']}
    type="submit"
    name={props.name}
    value={props.value}
    form={props.form}
    formaction={props.formaction}
  >
    {props.children}
  </button>
);

/** A link that looks like a button, for going somewhere without changing anything. */
export const LinkButton = (props: { href: string; children: Child; look?: ButtonLook }) => (
  <a class={looks[props.look ?? 'outline']} href={props.href}>
    {props.children}
  </a>
);

/** Buttons below each other, the primary first. */
export const Actions = (props: { children: Child }) => <div class="gh-actions">{props.children}</div>;
