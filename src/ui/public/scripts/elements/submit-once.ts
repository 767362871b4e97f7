/**
 * UX-6: a form is sent once. Buttons are disabled while it is under way, after the browser has read which
 * one was pressed, and enabled again when the person comes back to the page.
 */
export const submitOnce = (): void => {
  const setBusy = (form: HTMLFormElement, busy: boolean): void => {
    for (const control of form.elements) {
      if (control instanceof HTMLButtonElement && control.type === 'submit') control.disabled = busy;
    }
    form.toggleAttribute('data-busy', busy);
  };
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    if (form.hasAttribute('data-busy')) {
      event.preventDefault();
      return;
    }
    form.setAttribute('data-busy', '');
    setTimeout(() => setBusy(form, true));
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form')) setBusy(form, false);
  });
};
