import { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** UX-8: says how strong the typed password is. Advice only: the server decides, and nothing is blocked here. */

const words = async (address: string): Promise<string[]> => {
  const response = await fetch(address);
  return response.ok ? (await response.text()).trimEnd().split('\n') : [];
};

/** Words a person is likely to put into a password on this page: the address shown on it and the name of the site. */
const likelyWords = (): string[] => {
  const email =
    document.querySelector<HTMLInputElement>('input[autocomplete=username], input[type=email]')?.value ?? '';
  const brand = document.querySelector('.gh-brand__name')?.textContent ?? '';
  return [...email.split(/[@.+_-]/), ...brand.split(' ')].filter((word) => word.length > 2);
};

const meter = (element: HTMLElement, input: HTMLInputElement): void => {
  const level = element.querySelector('[data-level]');
  if (!level) return;
  let ready: Promise<ZxcvbnFactory> | undefined;
  const load = (): Promise<ZxcvbnFactory> => {
    ready ??= words(element.dataset.words ?? '').then(
      (common) => new ZxcvbnFactory({ dictionary: { common } }),
      () => new ZxcvbnFactory({}),
    );
    return ready;
  };
  const update = async (): Promise<void> => {
    const typed = input.value;
    const judge = await load();
    if (typed !== input.value) return;
    element.hidden = typed === '';
    if (typed === '') return;
    const { score } = judge.check(typed, likelyWords());
    element.dataset.score = String(score);
    const text = element.getAttribute(`data-level-${score}`) ?? '';
    if (level.textContent !== text) level.textContent = text;
  };
  let pause: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('focus', () => void load(), { once: true });
  input.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => void update(), 200);
  });
};

for (const element of document.querySelectorAll<HTMLElement>('gh-password-strength')) {
  const input = document.getElementById(element.dataset.input ?? '');
  if (input instanceof HTMLInputElement) meter(element, input);
}
