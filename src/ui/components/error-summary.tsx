import type { Page } from '../page.ts';

/** One problem with the form and the id of the field it belongs to. */
export type FieldProblem = { readonly field: string; readonly message: string };

/** All problems of a form at its top, each a link to its field (UX-3). Shows nothing when there is none. */
export const ErrorSummary = (props: { page: Page; problems: readonly FieldProblem[] }) =>
  props.problems.length === 0 ? null : (
    <div class="usa-alert usa-alert--error gh-error-summary" role="alert" tabindex={-1} data-focus>
      <div class="usa-alert__body">
        <p class="usa-alert__heading">
          {props.page.t.plural('layout.errors.summary', props.problems.length)}
        </p>
        <ul class="usa-list">
          {props.problems.map((problem) => (
            <li>
              <a href={`#${problem.field}`}>{problem.message}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
