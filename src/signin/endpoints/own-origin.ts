import type { Site } from '../ports.ts';

const LOOPBACK_BY_NUMBER = /^http:\/\/(?:127\.0\.0\.1|\[::1\])(?=:|$)/;

/**
 * Whether an `Origin` header names a page of ours (HD-2). On a laptop the loopback address by number is the same place as
 * by name, and tools print it: who follows such a link gets working forms.
 */
export const isOwnOrigin = (
  origin: string,
  { origin: own, environment }: Pick<Site, 'origin' | 'environment'>,
): boolean =>
  origin === own ||
  (environment === 'local' && origin.replace(LOOPBACK_BY_NUMBER, 'http://localhost') === own);
