import { isBlank } from '../wire/read-parameters.ts';
import type { AuthorizationCheck } from './authorization-facts.ts';

const SECONDS = /^[0-9]+$/;

/** `max_age` in seconds; null when absent or blank, undefined when it is no number. Absurdly large is as good as any. */
export function readMaxAge(value: string | undefined): number | null | undefined {
  if (value === undefined || isBlank(value)) return null;
  return SECONDS.test(value) ? Math.min(Number(value), Number.MAX_SAFE_INTEGER) : undefined;
}

/**
 * OIDC Core section 3.1.2.1: a non-negative whole number of seconds. An unreadable one is refused, not ignored: its
 * sender counts on a freshness that nobody would have checked.
 */
export const checkMaxAge: AuthorizationCheck = ({ parameters }) =>
  readMaxAge(parameters.get('max_age')) === undefined ? 'max-age' : null;
