/**
 * SE-4: on a shared computer nobody should find what another person typed. A page of somebody not signed
 * in empties its forms after a while and loads again with `timeout=form`.
 */
export const clearForms = (): void => {
  const main = document.querySelector<HTMLElement>('main[data-clear-after]');
  const seconds = Number(main?.dataset.clearAfter);
  const typed = main?.querySelector('input:not([type=hidden], [type=checkbox], [type=radio]), textarea');
  if (!main || !typed || !(seconds > 0)) return;
  let due = Date.now() + seconds * 1000;
  const clear = (): void => {
    for (const form of document.querySelectorAll('form')) form.reset();
    const address = new URL(window.location.href);
    address.searchParams.set('timeout', 'form');
    address.hash = '';
    window.location.replace(address);
  };
  const check = (): void => {
    if (Date.now() >= due) clear();
  };
  main.addEventListener('input', () => {
    due = Date.now() + seconds * 1000;
  });
  setInterval(check, 5000);
  // A computer that slept must not show the form again for a moment.
  document.addEventListener('visibilitychange', check);
};
