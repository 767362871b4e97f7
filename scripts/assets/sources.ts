import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { dataFiles } from './data-files.ts';

/** The project's root, whatever the current directory. */
export const root = resolve(import.meta.dirname, '../..');

const publicFolder = join(root, 'src/ui/public');

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const installedVersion = (name: string): string => {
  const manifest: unknown = JSON.parse(
    readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  );
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return `${name}@${String(manifest.version)}`;
  }
  throw new Error(`${name} has no version`);
};

/** Reads import lines without compiling: enough for our own modules, which name their files in full. */
const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap((match) => match[1] ?? []);

const packageName = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** A module with everything it imports: our files by path, packages by their installed version. */
const closure = (entry: string): { files: readonly string[]; packages: readonly string[] } => {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
      if (specifier.startsWith('.')) visit(resolve(dirname(file), specifier));
      else packages.add(installedVersion(packageName(specifier)));
    }
  };
  visit(entry);
  return { files: [...files].sort(), packages: [...packages].sort() };
};

const buildScripts = (): readonly string[] => [
  join(root, 'scripts/build-assets.ts'),
  ...filesUnder(join(root, 'scripts/assets')),
];

const hashOf = (files: readonly string[], facts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const file of files)
    hash
      .update(`${relative(root, file).split(sep).join('/')}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex').slice(0, 8);
};

/** The scripts a page can ask for: each file directly in `public/scripts`. */
export const scriptEntries = (): readonly string[] =>
  readdirSync(join(publicFolder, 'scripts'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(publicFolder, 'scripts', entry.name))
    .sort();

/** The images served as they are. */
export const imageFiles = (): readonly string[] => filesUnder(join(publicFolder, 'images'));

export const styleEntry = join(publicFolder, 'styles/gatehouse.scss');

/**
 * The name of every static asset with a short hash of all that goes into it: its sources, the packages it
 * is made from and the scripts that make it. Nothing is compiled, so this takes a few milliseconds.
 */
export const assetVersions = (): ReadonlyMap<string, string> => {
  const made = buildScripts();
  const versions = new Map<string, string>();
  versions.set(
    'gatehouse.css',
    hashOf(
      [...made, ...filesUnder(join(publicFolder, 'styles'))],
      ['@uswds/uswds', 'sass', 'esbuild'].map(installedVersion),
    ),
  );
  for (const image of imageFiles()) {
    versions.set(`images/${basename(image)}`, hashOf([image], []));
  }
  for (const entry of scriptEntries()) {
    const { files, packages } = closure(entry);
    const name = relative(join(publicFolder, 'scripts'), entry).replace(/\.ts$/, '.js');
    versions.set(`js/${name}`, hashOf([...made, ...files], [...packages, installedVersion('esbuild')]));
  }
  for (const [name, text] of dataFiles) versions.set(name, hashOf([], [text]));
  versions.set('words/common-passwords.txt', hashOf(made, [installedVersion('@zxcvbn-ts/language-common')]));
  return new Map([...versions].sort(([a], [b]) => (a < b ? -1 : 1)));
};

export const versionsFile = join(root, 'src/ui/asset-versions.ts');

/** The text of `src/ui/asset-versions.ts`. */
export const versionsModule = (versions: ReadonlyMap<string, string>): string =>
  [
    '/** Made by scripts/build-assets.ts: a short hash of what each asset is made of, so that browsers may cache for a year. */',
    'export const assetVersions = {',
    ...[...versions].map(([name, version]) => `  '${name}': '${version}',`),
    '} as const;',
    '',
  ].join('\n');

/** Whether a file exists with exactly this text. */
export const holds = (file: string, text: string): boolean =>
  existsSync(file) && readFileSync(file, 'utf8') === text;
