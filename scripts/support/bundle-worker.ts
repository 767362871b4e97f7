import { join, relative } from 'node:path';
import { type OutputBundle, type Plugin, rolldown } from 'rolldown';
import { rewriteInAscii } from './ascii-only.ts';
import { englishAsText } from './english-words.ts';
import { leavingOut } from './leave-out.ts';
import { LEFT_OUT } from './left-out.ts';
import { PROJECT } from './project.ts';

/** What to bundle and where to put it. */
export interface WorkerBundle {
  /** The Worker's first module, absolute. */
  readonly entry: string;
  /** Written are `<folder>/<file>` and its source map. */
  readonly folder: string;
  readonly file: string;
  /** Whether test accounts, inbox pages and the machine interface for tests are in it at all. */
  readonly sandbox: boolean;
}

/** The module that brings the others in their order; it exists only while a Worker is bundled. */
const ENTRY = '\0worker-in-order';

/** Kinds of modules in the order they stand in, each known by its path in the checkout; found by trying. */
const KINDS: readonly RegExp[] = [
  /^node_modules\//,
  /^src\/ui\/locales\//,
  /^src\/notices\//,
  /^src\/ui\/|\/pages\//,
  /^src\/factors\/(?!endpoints\/)/,
  /^src\/(?:apps|consent|oidc|saml|sandbox)\/endpoints\//,
  /^src\/saml\//,
  /^src\/oidc\//,
  /\/endpoints\//,
  /^src\/platform\/d1\//,
  /^/,
];

const kindOf = (path: string): number => KINDS.findIndex((pattern) => pattern.test(relative(PROJECT, path)));

/**
 * Modules by kind, then by path: pages stand beside pages and queries beside queries, because what packs the file looks
 * back 32 kB for something alike. A module still comes after all that it imports.
 */
const inOrder = (modules: readonly string[]): readonly string[] =>
  [...modules].sort((a, b) => kindOf(a) - kindOf(b) || (a < b ? -1 : 1));

const bringing = (modules: readonly string[], entry: string): Plugin => {
  const path = JSON.stringify(entry);
  return {
    name: 'modules-in-order',
    resolveId: (id) => (id === ENTRY ? id : null),
    load: (id) =>
      id === ENTRY
        ? `${modules.map((module) => `import ${JSON.stringify(module)};\n`).join('')}export * from ${path};\nexport { default } from ${path};\n`
        : null,
  };
};

/**
 * Says in each module that asks whether the sandbox is shipped. A constant of another module is known too late for modules
 * to stay out that only the sandbox imports.
 */
const knownSandbox: Plugin = {
  name: 'known-sandbox',
  transform: {
    filter: { code: /^import \{ SHIPS_SANDBOX \}/m },
    handler: (code) => ({
      code: code
        .replace(/^import \{ SHIPS_SANDBOX \} from .*$/m, '')
        .replaceAll('SHIPS_SANDBOX', 'GATEHOUSE_SANDBOX'),
      map: null,
    }),
  },
};

const modulesOf = (output: readonly OutputBundle[string][]): readonly string[] =>
  output.flatMap((part) =>
    part.type === 'chunk'
      ? Object.entries(part.modules).flatMap(([id, { renderedLength }]) =>
          renderedLength > 0 && !id.startsWith('\0') ? [id] : [],
        )
      : [],
  );

const open = (input: string, plugins: readonly Plugin[], sandbox: boolean) =>
  rolldown({
    input,
    cwd: PROJECT,
    plugins: [leavingOut(LEFT_OUT), englishAsText(sandbox), knownSandbox, ...plugins],
    platform: 'neutral',
    resolve: {
      conditionNames: ['workerd', 'worker', 'browser', 'import', 'module', 'default'],
      mainFields: ['browser', 'module', 'main'],
    },
    external: [/^cloudflare:/, /^node:/],
    tsconfig: join(PROJECT, 'tsconfig.json'),
    transform: {
      target: 'es2024',
      define: { GATEHOUSE_SANDBOX: String(sandbox), 'process.env.NODE_ENV': '"production"' },
    },
    treeshake: {
      // Reading a property does nothing but read, here and in the libraries.
      propertyReadSideEffects: false,
      unknownGlobalSideEffects: false,
      // A module of ours that nobody asks for anything does nothing (test/architecture.test.ts).
      moduleSideEffects: [{ test: /\/src\//, sideEffects: false }],
    },
  });

/**
 * Writes a Worker as one minified module with its source map, as it is deployed and measured: first bundled to learn
 * which modules are in it, then with these in an order that packs well (docs/decisions/bundle.md).
 */
export async function bundleWorker({ entry, folder, file, sandbox }: WorkerBundle): Promise<void> {
  const draft = await open(entry, [], sandbox);
  const { output } = await draft.generate({ format: 'esm' });
  await draft.close();
  const bundle = await open(ENTRY, [bringing(inOrder(modulesOf(output)), entry)], sandbox);
  await bundle.write({
    dir: folder,
    entryFileNames: file,
    format: 'esm',
    minify: true,
    comments: { annotation: false, legal: false, jsdoc: false },
    sourcemap: true,
  });
  await bundle.close();
  rewriteInAscii(join(folder, file));
}
