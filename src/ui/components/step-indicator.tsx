import type { Page } from '../page.ts';

/** How far along a task is (UX-11): every step says in words whether it is done. `current` counts from 0. */
export const StepIndicator = (props: { page: Page; steps: readonly string[]; current: number }) => {
  const { t } = props.page;
  const status = (index: number) =>
    index < props.current ? 'complete' : index === props.current ? 'current' : 'upcoming';
  const words = {
    complete: t('layout.steps.complete'),
    current: t('layout.steps.current'),
    upcoming: t('layout.steps.upcoming'),
  };
  return (
    <section class="gh-steps" aria-label={t('layout.steps.label')}>
      <p class="gh-steps__position">
        {t('layout.steps.position', { current: props.current + 1, total: props.steps.length })}
      </p>
      <ol>
        {props.steps.map((step, index) => (
          <li
            class={`gh-steps__step gh-steps__step--${status(index)}`}
            aria-current={index === props.current ? 'step' : undefined}
          >
            <span class="gh-steps__label">
              {step} <span class="usa-sr-only">({words[status(index)]})</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};
