import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** One import of a source file. */
export interface Import {
  /** Path from the checkout's top (`src/kernel/result.ts`) for our own files, the specifier for packages. */
  readonly target: string;
  readonly own: boolean;
  /** Only types cross: nothing is loaded at run time. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** One source file and what it imports. */
export interface SourceFile {
  /** Path from the checkout's top, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

const STATEMENT =
  /^[ \t]*(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** Every `.ts` and `.tsx` file below `folder` (a path from `top`), declaration files aside, with its imports. */
export function readSources(top: string, folder: string): readonly SourceFile[] {
  const start = join(top, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => readSource(top, join(entry.parentPath, entry.name)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function readSource(top: string, file: string): SourceFile {
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(STATEMENT)].map((match): Import => {
    const [, typeKeyword, names, from, bare, dynamic] = match;
    const specifier = from ?? bare ?? dynamic ?? '';
    const own = specifier.startsWith('.');
    return {
      target: own ? fromTop(top, resolve(dirname(file), specifier)) : specifier,
      own,
      typeOnly: typeKeyword !== undefined || (names !== undefined && onlyTypes(names)),
      line: text.slice(0, match.index).split('\n').length,
    };
  });
  return { path: fromTop(top, file), text, lines: text.split('\n').length, imports };
}

const fromTop = (top: string, file: string): string => relative(top, file).split(sep).join('/');

/** `{ type A, type B }` imports nothing at run time either. */
function onlyTypes(names: string): boolean {
  const braces = /^\{([\s\S]*)\}$/.exec(names.trim());
  const parts = (braces?.[1] ?? '').split(',').filter((part) => part.trim() !== '');
  return parts.length > 0 && parts.every((part) => /^\s*type\s/.test(part));
}

/** Groups of files that load each other in a circle at run time; empty when there is none. */
export function runtimeCycles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const edges = new Map(
    files.map((file) => [file.path, file.imports.filter((i) => i.own && !i.typeOnly).map((i) => i.target)]),
  );
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string): number => {
    const index = order.size;
    order.set(path, index);
    let reach = index;
    open.push(path);
    for (const next of edges.get(path) ?? []) {
      if (!edges.has(next)) continue;
      if (!order.has(next)) reach = Math.min(reach, visit(next));
      else if (open.includes(next)) reach = Math.min(reach, low.get(next) ?? order.get(next) ?? reach);
    }
    low.set(path, reach);
    if (reach === index) {
      const group = open.splice(open.indexOf(path));
      if (group.length > 1 || (edges.get(path) ?? []).includes(path)) cycles.push(group);
    }
    return reach;
  };
  for (const path of edges.keys()) if (!order.has(path)) visit(path);
  return cycles;
}

/** The text with comments blanked out and line numbers kept, so that a sentence about a clock is not a clock. */
export const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
