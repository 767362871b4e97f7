import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** A Worker under test reads its words from `dist/assets`, so they are made from today's sources first. */
export function setup(): void {
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../../scripts/build-assets.ts')]);
}
