import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from '../../../src/kernel/paths.ts';

const SOURCES = join(import.meta.dirname, '../../../src');
const known: ReadonlyMap<string, string> = new Map(Object.entries(PATHS));

/** Every path that some router answers with GET, as it is written there, parameters included. */
export function getRoutes(): readonly string[] {
  const found = new Set<string>();
  for (const file of globSync('**/*.{ts,tsx}', { cwd: SOURCES })) {
    const text = readFileSync(join(SOURCES, file), 'utf8');
    if (!/new Hono\b/.test(text) || /api\.(?:get|route)\(/.test(text)) continue;
    for (const [, literal, name] of text.matchAll(/\.(?:get|all)\(\s*(?:'(\/[^']*)'|PATHS\.(\w+)|path\b)/g)) {
      if (literal !== undefined) found.add(literal);
      else if (name !== undefined) found.add(known.get(name) ?? name);
      else for (const [, one = ''] of loopOf(text).matchAll(/'(\/[^']*)'/g)) found.add(one);
    }
    for (const [, name = ''] of text.matchAll(/`GET \$\{PATHS\.(\w+)\}`/g))
      found.add(known.get(name) ?? name);
  }
  return [...found].sort();
}

/** The paths that are given to the same handler in a loop. */
const loopOf = (text: string): string => /for \(const path of \[([^\]]*)\]\)/.exec(text)?.[1] ?? '';

/** Whether a path is one that this route answers. */
export const answers = (route: string, path: string): boolean =>
  new RegExp(`^${route.replace(/:\w+/g, '[^/]+').replaceAll('.', '\\.')}$`).test(path);
