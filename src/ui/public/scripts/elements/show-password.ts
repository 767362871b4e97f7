/** UX-7: the checkbox that shows what was typed into password fields. Typed text is hidden again before it is sent. */
export const showPassword = (): void => {
  for (const element of document.querySelectorAll<HTMLElement>('gh-show-password')) {
    const toggle = element.querySelector<HTMLInputElement>('input[type=checkbox]');
    const inputs = (element.dataset.inputs ?? '').split(' ').flatMap((id) => {
      const input = document.getElementById(id);
      return input instanceof HTMLInputElement ? [input] : [];
    });
    if (!toggle || inputs.length === 0) continue;
    const show = (visible: boolean): void => {
      for (const input of inputs) input.type = visible ? 'text' : 'password';
    };
    toggle.checked = false;
    toggle.addEventListener('change', () => show(toggle.checked));
    // Browsers remember what was sent from a text field, not what was sent from a password field.
    inputs[0]?.form?.addEventListener('submit', () => {
      toggle.checked = false;
      show(false);
    });
    element.hidden = false;
  }
};
