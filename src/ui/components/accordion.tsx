import type { Child } from '../jsx/markup.ts';

/** Text that opens when asked for; works without script. */
export const Accordion = (props: { summary: string; open?: boolean; children: Child }) => (
  <details class="gh-accordion" open={props.open ?? false}>
    <summary>{props.summary}</summary>
    <div class="gh-accordion__content">{props.children}</div>
  </details>
);
