import type { FetchBreachRange } from '../accounts/rules/breached-list.ts';

/**
 * The range service of breached passwords: five characters of a digest go out, suffixes come back (k-anonymity). Throws
 * when it has not answered within `timeoutMs`.
 */
export const fetchBreachRange =
  (url: string, timeoutMs: number): FetchBreachRange =>
  async (prefix) => {
    const response = await fetch(`${url}${prefix}`, {
      headers: { 'add-padding': 'true' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`the breached-password service answered ${response.status}`);
    return response.text();
  };
