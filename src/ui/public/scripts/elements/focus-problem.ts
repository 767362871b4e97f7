/** UX-3: after a refused form the focus is on the error summary, or else on the first bad field. */
export const focusProblem = (): void => {
  const summary = document.querySelector<HTMLElement>('[data-focus]');
  const field = document.querySelector<HTMLElement>('main [aria-invalid=true]');
  (summary ?? field)?.focus();
};
