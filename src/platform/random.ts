import type { RandomBytes } from '../kernel/ports.ts';

/** Random bytes of the platform's generator. */
export const randomBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
