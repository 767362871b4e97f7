/** Copies the text of a `gh-copy` and says that it did. Stays hidden where the browser cannot. */
export const copyText = (): void => {
  for (const element of document.querySelectorAll<HTMLElement>('gh-copy')) {
    const button = element.querySelector('button');
    const status = element.querySelector('[role=status]');
    if (!button || !status || !navigator.clipboard) continue;
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(element.dataset.text ?? '').then(
        () => {
          status.textContent = element.dataset.done ?? '';
        },
        () => {
          status.textContent = '';
        },
      );
    });
    element.hidden = false;
  }
};
