import type { EpochMs } from './time.ts';

/** What time it is. One reading serves a whole request. */
export type Clock = () => EpochMs;

/** Cryptographically strong random bytes. */
export type RandomBytes = (length: number) => Uint8Array<ArrayBuffer>;
