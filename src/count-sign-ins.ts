import type { Door } from './signin/ports.ts';

/** The same door; `completed` runs for every sign-in it answered with a page that leads to the app (saml V23). */
export const countSignIns = (door: Door, completed: () => void): Door => ({
  ...door,
  async encode(input) {
    const response = await door.encode(input);
    if (input.answer.kind === 'granted' && response?.status === 200) completed();
    return response;
  },
});
