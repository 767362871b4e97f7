import type { Child } from '../jsx/markup.ts';
import type { AlertType } from '../page.ts';

/**
 * A message that stands out (UX-4): read out politely when good news, at once when an error.
 * `heading` is optional; `live={false}` for text that was on the page from the start and is no news.
 */
export const Alert = (props: {
  type: AlertType;
  heading?: string | undefined;
  live?: boolean;
  children: Child;
}) => {
  const urgent = props.type === 'error' || props.type === 'warning';
  return (
    <div
      class={`usa-alert usa-alert--${props.type}${props.heading ? '' : ' usa-alert--slim'}`}
      role={props.live === false ? undefined : urgent ? 'alert' : 'status'}
    >
      <div class="usa-alert__body">
        {props.heading ? <p class="usa-alert__heading">{props.heading}</p> : null}
        <div class="usa-alert__text">{props.children}</div>
      </div>
    </div>
  );
};
