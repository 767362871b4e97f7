import type { Page } from 'playwright-core';

/** How a person works a page: the story is the same with pointer and keyboard. */
export interface Hands {
  /** Writes into a field, in place of what stands there. */
  readonly write: (field: string, text: string) => Promise<void>;
  /** Ticks a box that is not ticked, or chooses a radio button. */
  readonly tick: (box: string) => Promise<void>;
  /** Follows a link or presses a button, and waits for the page it leads to. */
  readonly go: (control: string) => Promise<void>;
}

/** Works with the pointer; also where scripts are off. */
export const pointer = (page: Page): Hands => ({
  write: (field, text) => page.fill(field, text),
  tick: (box) => page.check(box),
  go: async (control) => {
    await Promise.all([page.waitForEvent('load'), page.locator(control).first().click()]);
  },
});

/** Everything that can be reached with Tab on the longest page. */
const MOST_STOPS = 120;

const FOCUS = (selector: string): string => `(() => {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return { there: false, name: 'body', seen: true };
  const style = getComputedStyle(focused);
  const box = focused.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return {
    there: focused.matches(${JSON.stringify(selector)}),
    name: focused.outerHTML.slice(0, 120),
    // What receives the focus only to be read, such as the summary of problems, is in sight as a whole.
    seen: focused.tabIndex < 0 || ring && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
})()`;

interface Focus {
  readonly there: boolean;
  readonly name: string;
  readonly seen: boolean;
}

/** Presses Tab until the focus is on this element; throws where the focus cannot be seen on the way. */
export async function tabTo(
  page: Page,
  selector: string,
  sites: (url: URL) => boolean = () => true,
): Promise<void> {
  const ours = sites(new URL(page.url()));
  for (let stop = 0; stop <= MOST_STOPS; stop += 1) {
    const focus: Focus = await page.evaluate(FOCUS(selector));
    if (!focus.seen && ours) throw new Error(`the focus cannot be seen on ${focus.name} at ${page.url()}`);
    if (focus.there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way to ${selector} with the keyboard at ${page.url()}`);
}

/** Works with Tab, Space, arrows and Enter alone. `ours` tells on whose pages the focus has to be seen. */
export function keyboard(page: Page, ours: (url: URL) => boolean): Hands {
  const reach = (selector: string): Promise<void> => tabTo(page, selector, ours);
  const isTicked = (box: string): Promise<boolean> => page.locator(box).first().isChecked();
  return {
    write: async (field, text) => {
      await reach(field);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
    tick: async (box) => {
      const name = await page.locator(box).first().getAttribute('name');
      const isRadio = (await page.locator(box).first().getAttribute('type')) === 'radio';
      await reach(isRadio ? `[name="${name}"]` : box);
      for (let turn = 0; turn < 12 && !(await isTicked(box)); turn += 1)
        await page.keyboard.press(isRadio ? 'ArrowDown' : 'Space');
      if (!(await isTicked(box))) throw new Error(`${box} cannot be ticked with the keyboard`);
    },
    go: async (control) => {
      await reach(control);
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    },
  };
}
