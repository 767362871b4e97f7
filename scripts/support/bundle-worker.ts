import { join, relative } from 'node:path';
import { type OutputBundle, type Plugin, rolldown } from 'rolldown';
import { PROJECT } from './project.ts';
import { Stop } from './stop.ts';

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
 * Where js-yaml makes constants by calls that do nothing else, which it forgets to say: its writer and the schemas nobody
 * asks for stay out once they are marked.
 */
const MADE =
  /(?:^var \w+ = |^\s+\w+: )(?=new Schema\(|\w+_SCHEMA\.withTags\(|define\w+Tag\(|RegExp\(|new RegExp\(|Object\.keys\(DEFAULT_\w+\)\.map\()/gm;

const markJsYaml: Plugin = {
  name: 'mark-js-yaml',
  transform: {
    filter: { id: /\/node_modules\/js-yaml\// },
    handler: (code) => ({ code: code.replace(MADE, '$&/* @__PURE__ */ '), map: null }),
  },
};

const stubs = (...names: readonly string[]): string =>
  names.map((name) => `export const ${name} = undefined;`).join('\n');

const dropMethod = (code: string, name: string): string =>
  code.replace(new RegExp(`\\n {2}(?:async )?${name}\\([\\s\\S]*?\\n {2}\\}(?=\\n)`), '');

/**
 * What drizzle can do and we never ask for: `db.query`, which needs a schema we do not hand it, sets of queries, its own
 * counting and migrating. Its classes know each other, so no bundler can tell that nobody comes by. Each part must be
 * found where it was, or the build stops: a new version is to be looked at.
 */
const UNUSED_IN_DRIZZLE: Readonly<Record<string, (code: string) => string>> = {
  'relations.js': () =>
    stubs(
      ...[
        'createTableRelationsHelpers',
        'extractTablesRelationalConfig',
        'getOperators',
        'getOrderByOperators',
      ],
      ...['Many', 'normalizeRelation', 'One'],
    ),
  'sqlite-core/query-builders/query.js': () => stubs('RelationalQueryBuilder'),
  'sqlite-core/query-builders/count.js': () => stubs('SQLiteCountBuilder'),
  'sqlite-core/dialect.js': (code) =>
    ['buildRelationalQuery', 'buildSetOperations', 'buildSetOperationQuery', 'migrate', 'migrate'].reduce(
      (left, name) => {
        const dropped = dropMethod(left, name);
        if (dropped === left) throw new Stop(`drizzle-orm has no ${name} where it was`);
        return dropped;
      },
      code,
    ),
};

const lightDrizzle: Plugin = {
  name: 'light-drizzle',
  transform: {
    filter: { id: /\/node_modules\/drizzle-orm\// },
    handler: (code, id) => {
      const lighten = UNUSED_IN_DRIZZLE[id.replace(/^.*\/drizzle-orm\//, '')];
      return lighten === undefined ? null : { code: lighten(code), map: null };
    },
  },
};

/** Words that only the sandbox says. */
const SANDBOX_WORDS = join(PROJECT, 'src', 'ui', 'locales', 'en', 'sandbox.ts');

const withoutSandboxWords: Plugin = {
  name: 'without-sandbox-words',
  load: (id) => (id === SANDBOX_WORDS ? 'export const sandbox = {};' : null),
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
    plugins: [markJsYaml, lightDrizzle, ...(sandbox ? [] : [withoutSandboxWords]), ...plugins],
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
    // Reading a property does nothing but read, here and in the libraries.
    treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
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
}
