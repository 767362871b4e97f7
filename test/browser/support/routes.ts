import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from '../../../src/kernel/paths.ts';

const SOURCES = join(import.meta.dirname, '../../../src');
const known: ReadonlyMap<string, string> = new Map(Object.entries(PATHS));

/** Every path that some router answers with this method, as it is written there, parameters included. */
export function routesWith(method: 'get' | 'post'): readonly string[] {
  const registration = new RegExp(`\\.(?:${method}|all)\\(\\s*(?:'(/[^']*)'|PATHS\\.(\\w+)|path\\b)`, 'g');
  const absolute = new RegExp(`\\bapi\\.${method}\\(\\s*'(/api/[^']*)'`, 'g');
  const direct = new RegExp(`\`${method.toUpperCase()} \\$\\{PATHS\\.(\\w+)\\}\``, 'g');
  const found = new Set<string>();
  for (const file of globSync('**/*.{ts,tsx}', { cwd: SOURCES })) {
    const text = readFileSync(join(SOURCES, file), 'utf8');
    if (!/\bnewRoutes\(/.test(text)) continue;
    // Relative paths of the machine interface are under its own prefix, and none of them is a page.
    for (const [, path = ''] of text.matchAll(absolute)) found.add(path);
    if (/\bapi\.(?:get|route)\(/.test(text)) continue;
    for (const [, literal, name] of text.matchAll(registration)) {
      if (literal !== undefined) found.add(literal);
      else if (name !== undefined) found.add(known.get(name) ?? name);
      else for (const [, one = ''] of loopOf(text).matchAll(/'(\/[^']*)'/g)) found.add(one);
    }
    for (const [, name = ''] of text.matchAll(direct)) found.add(known.get(name) ?? name);
  }
  if (found.size < 20)
    throw new Error(`only ${found.size} routes were found: the search misses how they are written`);
  return [...found].sort();
}

/** Every path that some router answers with GET. */
export const getRoutes = (): readonly string[] => routesWith('get');

/** The paths that are given to the same handler in a loop. */
const loopOf = (text: string): string => /for \(const path of \[([^\]]*)\]\)/.exec(text)?.[1] ?? '';

/** Whether a path is one that this route answers. */
export const answers = (route: string, path: string): boolean =>
  new RegExp(`^${route.replace(/:\w+/g, '[^/]+').replaceAll('.', '\\.')}$`).test(path);
