import type { FetchBreachRange } from '../accounts/rules/breached-list.ts';

const TIMEOUT_MS = 3000;

/** The range service of breached passwords: five characters of a digest go out, suffixes come back (k-anonymity). */
export const fetchBreachRange =
  (url: string): FetchBreachRange =>
  async (prefix) => {
    const response = await fetch(`${url}${prefix}`, {
      headers: { 'add-padding': 'true' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`the breached-password service answered ${response.status}`);
    return response.text();
  };
