import type { Child } from '../jsx/markup.ts';

/** A titled section of a page with its own heading (`level` 2 unless told) and, on the right, what one can do there. */
export const Card = (props: { heading: string; level?: 2 | 3; actions?: Child; children?: Child }) => {
  const Heading = props.level === 3 ? 'h3' : 'h2';
  return (
    <section class="gh-card-section">
      <div class="gh-card-section__head">
        <Heading class="gh-card-section__heading">{props.heading}</Heading>
        {props.actions ? <div class="gh-card-section__actions">{props.actions}</div> : null}
      </div>
      {props.children}
    </section>
  );
};
