import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, styleEntry } from './sources.ts';

const design = join(root, 'node_modules/@uswds/uswds');

/** A file to be written: its path below `/static` and where its bytes come from. */
export type CopiedFile = { readonly to: string; readonly from: string };

/**
 * Compiles the style sheet. Returns the minified text and the fonts and pictures it refers to, which are
 * the only ones worth copying.
 */
export const compileStyleSheet = async (): Promise<{ css: string; files: readonly CopiedFile[] }> => {
  const [{ compile, Logger }, { transform }] = await Promise.all([import('sass'), import('esbuild')]);
  const compiled = compile(styleEntry, {
    loadPaths: [join(design, 'packages')],
    quietDeps: true,
    logger: Logger.silent,
  });
  const { code } = await transform(compiled.css, { loader: 'css', minify: true, legalComments: 'none' });
  const addresses = [
    ...new Set([...code.matchAll(/url\(["']?\/static\/([^"')?]+)/g)].flatMap((m) => m[1] ?? [])),
  ];
  const files = addresses.map((to) => ({
    to,
    from: to.startsWith('fonts/')
      ? join(design, 'dist/fonts/public-sans', to.slice('fonts/'.length))
      : join(design, 'dist', to),
  }));
  for (const file of files) readFileSync(file.from);
  return { css: code, files };
};
