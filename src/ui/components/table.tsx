import type { Child } from '../jsx/markup.ts';

/**
 * A table with a caption; the first cell of a row is its header. Where it is too wide it scrolls by itself, with the
 * keyboard too; on small screens its rows stand below each other. `hideCaption` keeps the caption for screen readers only.
 */
export const Table = (props: {
  caption: string;
  hideCaption?: boolean;
  columns: readonly string[];
  rows: readonly (readonly Child[])[];
}) => (
  <section class="usa-table-container--scrollable" tabindex={0} aria-label={props.caption}>
    <table class="usa-table usa-table--borderless gh-table">
      <caption class={props.hideCaption ? 'usa-sr-only' : undefined}>{props.caption}</caption>
      <thead>
        <tr>
          {props.columns.map((column) => (
            <th scope="col">{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((cells) => (
          <tr>
            {cells.map((cell, index) =>
              index === 0 ? <th scope="row">{cell}</th> : <td data-label={props.columns[index]}>{cell}</td>,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
