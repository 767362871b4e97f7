/** Saves the text of a `gh-download` as a file, without asking the server. */
export const downloadText = (): void => {
  for (const element of document.querySelectorAll<HTMLElement>('gh-download')) {
    element.querySelector('button')?.addEventListener('click', () => {
      const address = URL.createObjectURL(new Blob([element.dataset.text ?? ''], { type: 'text/plain' }));
      const link = document.createElement('a');
      link.href = address;
      link.download = element.dataset.filename ?? 'download.txt';
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
    element.hidden = false;
  }
};
