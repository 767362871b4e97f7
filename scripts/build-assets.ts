/**
 * Makes `dist/assets`, which the Worker's assets binding serves: the style sheet with its fonts, the
 * scripts, images, the list of common passwords and the data the Worker reads from there: words of every
 * language but English, the error dictionary, the API's description. Does nothing when no source has changed.
 *
 *   node scripts/build-assets.ts [--force]
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { versionedName } from '../src/ui/assets.ts';
import { dataFiles } from './assets/data-files.ts';
import {
  assetVersions,
  holds,
  imageFiles,
  root,
  scriptEntries,
  versionsFile,
  versionsModule,
} from './assets/sources.ts';
import { compileStyleSheet } from './assets/style-sheet.ts';

const target = join(root, 'dist/assets');
const stampFile = join(root, 'dist/assets.stamp');

/** Assets are named with their version, so they may be kept for a year. */
const headers = `/static/*
  Cache-Control: public, max-age=31536000, immutable
  Strict-Transport-Security: max-age=31536000; includeSubDomains; preload
  X-Content-Type-Options: nosniff
`;

const write = (folder: string, name: string, text: string): void => {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

const copy = (folder: string, name: string, from: string): void => {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(from, file);
};

const bundleScripts = async (folder: string): Promise<void> => {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [...scriptEntries()],
    outdir: join(folder, 'static/js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  });
};

/** The most common passwords, one a line, most common first. */
const commonPasswords = async (): Promise<string> => {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return `${dictionary['passwords-common'].filter((word) => word !== '' && !/\s/.test(word)).join('\n')}\n`;
};

/** By names with their versions: a Worker reads the files it was built with or none. */
const writeData = (folder: string, versions: ReadonlyMap<string, string>): void => {
  for (const [name, text] of dataFiles) {
    const version = versions.get(name);
    if (version === undefined) throw new Error(`${name} has no version`);
    write(folder, `static/${versionedName(name, version)}`, text);
  }
};

const buildInto = async (folder: string, versions: ReadonlyMap<string, string>): Promise<void> => {
  const [{ css, files }, words] = await Promise.all([
    compileStyleSheet(),
    commonPasswords(),
    bundleScripts(folder),
  ]);
  write(folder, 'static/gatehouse.css', css);
  for (const file of files) copy(folder, `static/${file.to}`, file.from);
  for (const image of imageFiles()) copy(folder, `static/images/${basename(image)}`, image);
  writeData(folder, versions);
  write(folder, 'static/words/common-passwords.txt', words);
  write(folder, '_headers', headers);
};

const listFiles = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    : [];

/** Moves file by file, so that a server reading the target never finds it empty. */
const moveInto = (from: string, to: string): void => {
  const fresh = new Set(listFiles(from));
  for (const name of fresh) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    renameSync(join(from, name), join(to, name));
  }
  for (const name of listFiles(to)) if (!fresh.has(name)) rmSync(join(to, name));
};

const versions = assetVersions();
const versionsText = versionsModule(versions);
const stamp = createHash('sha256').update(versionsText).update(headers).digest('hex');
if (!holds(versionsFile, versionsText)) writeFileSync(versionsFile, versionsText);
const current =
  existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && existsSync(join(target, '_headers'));
if (!current || process.argv.includes('--force')) {
  const folder = join(root, `dist/.assets-${process.pid}`);
  try {
    await buildInto(folder, versions);
    moveInto(folder, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeFileSync(stampFile, stamp);
  const size = readFileSync(join(target, 'static/gatehouse.css')).length;
  console.log(`assets built: ${listFiles(target).length} files, style sheet ${(size / 1000).toFixed(1)} kB`);
}
