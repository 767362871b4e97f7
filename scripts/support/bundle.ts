import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The most a deployed Worker may weigh, gzipped, by environment: start-up time follows size (docs/decisions/bundle.md). */
export const BUNDLE_BUDGETS = { sandbox: 267_000, staging: 256_000, production: 256_000 } as const;

/** Weight of a built Worker in bytes, as written and gzipped. */
export interface BundleSize {
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** Weighs every module of a folder that `wrangler deploy --dry-run --outdir` wrote, source maps aside. */
export function weighBundle(folder: string): BundleSize {
  const modules = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.(?:js|mjs|wasm)$/.test(entry.name),
  );
  return modules.reduce(
    (sum, entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return {
        bytes: sum.bytes + bytes.length,
        gzipBytes: sum.gzipBytes + gzipSync(bytes, { level: 9 }).length,
      };
    },
    { bytes: 0, gzipBytes: 0 },
  );
}

/** Says whether a bundle fits, in one sentence; a bundle without modules was not built and does not. */
export function judgeBundle(
  size: BundleSize,
  budget: number,
): { readonly fits: boolean; readonly said: string } {
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  const said = `${kilobytes(size.bytes)}, gzipped ${kilobytes(size.gzipBytes)} of ${kilobytes(budget)}`;
  return { fits: size.gzipBytes > 0 && size.gzipBytes <= budget, said };
}
