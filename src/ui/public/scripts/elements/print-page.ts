/** Prints the page. */
export const printPage = (): void => {
  for (const element of document.querySelectorAll<HTMLElement>('gh-print')) {
    element.querySelector('button')?.addEventListener('click', () => window.print());
    element.hidden = false;
  }
};
