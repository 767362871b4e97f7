import type { Child } from '../jsx/markup.ts';

/** Names and values, such as what an app will be told. `action` is a small link or form at the end of the row. */
export const DefinitionList = (props: {
  items: readonly { readonly term: string; readonly detail: Child; readonly action?: Child }[];
}) => (
  <dl class="gh-definitions">
    {props.items.map((item) => (
      <div class="gh-definitions__row">
        <dt>{item.term}</dt>
        <dd>
          {item.detail}
          {item.action ? <span class="gh-definitions__action">{item.action}</span> : null}
        </dd>
      </div>
    ))}
  </dl>
);
