import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const TOP = resolve(import.meta.dirname, '../../..');
const migrations = readdirSync(join(TOP, 'migrations'))
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => readFileSync(join(TOP, 'migrations', name), 'utf8').replace(/^\s*--.*$/gm, ''))
  .join('\n');
const document = readFileSync(join(TOP, 'docs/storage-schema.md'), 'utf8');

/** Tables as the migrations leave them, with their columns. */
const tables = new Map(
  [...migrations.matchAll(/CREATE TABLE (\w+) \(([\s\S]*?)\n\)/g)].map(([, name = '', body = '']) => [
    name,
    [...body.matchAll(/^ {2}([a-z_]+) (?:TEXT|INTEGER|BLOB|REAL)/gm)].map(([, column = '']) => column),
  ]),
);
for (const [, name = '', column = ''] of migrations.matchAll(/ALTER TABLE (\w+) ADD (?:COLUMN )?(\w+)/g)) {
  tables.get(name)?.push(column);
}

/** Tables as the document tells them: a heading, then rows whose first cell names columns. */
const described = new Map(
  document
    .split(/^#{2,3} /m)
    .filter((section) => /^`\w+`\n/.test(section))
    .map((section) => {
      const rows = section.split('\n').filter((line) => line.startsWith('| `'));
      const cells = rows.map((row) => row.split('|')[1] ?? '');
      return [
        /^`(\w+)`/.exec(section)?.[1] ?? '',
        cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, column = '']) => column)),
      ];
    }),
);

describe('docs/storage-schema.md', () => {
  it('reads the migrations', () => {
    expect(tables.size).toBeGreaterThan(15);
    expect(tables.get('tombstones')).toEqual(['uuid', 'created_at', 'deleted_at']);
  });

  it('describes every table and no other', () => {
    expect([...described.keys()].sort()).toEqual([...tables.keys()].sort());
  });

  it.each([...tables])('describes every column of %s, once', (name, columns) => {
    expect([...(described.get(name) ?? [])].sort()).toEqual([...columns].sort());
  });

  it('describes every class of Durable Objects', () => {
    const classes = [...readFileSync(join(TOP, 'wrangler.toml'), 'utf8').matchAll(/^\[exports\.(\w+)\]/gm)];
    expect(classes.length).toBeGreaterThan(3);
    for (const [, name = ''] of classes) expect(document).toContain(`| \`${name}\` |`);
  });

  it('describes every cookie', () => {
    const sources = readdirSync(join(TOP, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('\n');
    const cookies = new Set([...sources.matchAll(/COOKIE\w* = '(gh_\w+)'/g)].map(([, name = '']) => name));
    expect(cookies.size).toBeGreaterThan(5);
    expect([...cookies].filter((name) => !document.includes(`| \`${name}\` |`))).toEqual([]);
  });
});
