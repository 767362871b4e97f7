/**
 * `npm run spec-map`: rewrites docs/spec-map.md from the doc comments of the sources, so that the map says what the
 * code says. A test fails when the map names a file that is gone or misses a rule of a door.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { readClauses } from './documents/clauses.ts';
import { PROJECT } from './support/project.ts';

const ROOMS: readonly (readonly [string, string])[] = [
  ['oidc', 'The OpenID Connect door'],
  ['saml', 'The SAML door'],
  ['signin', 'The hall: what is asked next'],
  ['assurance', 'Assurance'],
  ['accounts', 'Accounts'],
  ['factors', 'Factors'],
  ['consent', 'Consent'],
  ['sessions', 'Sessions'],
  ['apps', 'Apps'],
  ['audit', 'Audit'],
  ['notices', 'Notices'],
  ['sandbox', 'Sandbox'],
  ['ui', 'Pages'],
  ['kernel', 'Kernel'],
  ['platform', 'Platform'],
];

const slashes = (path: string): string => path.split(sep).join('/');
const under = (folder: string): readonly string[] =>
  readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !slashes(file).includes('/locales/') && !slashes(file).includes('/ui/public/'))
    .sort();

/** Which tests import which source file. */
function testsBySource(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const test of under('test').filter((file) => /\.test\.tsx?$/.test(file))) {
    for (const [, specifier] of readFileSync(test, 'utf8').matchAll(/from\s+'(\.[^']+)'/g)) {
      const source = resolve(dirname(test), specifier ?? '');
      found.set(source, [...(found.get(source) ?? []), slashes(relative(PROJECT, test))]);
    }
  }
  return found;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (path: string): string => `\`${path}\``;

function rows(room: string, tests: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return under('src')
    .filter((file) => slashes(relative(PROJECT, file)).startsWith(`src/${room}/`))
    .flatMap((file) => {
      const path = slashes(relative(PROJECT, file));
      const answering = readClauses(readFileSync(file, 'utf8'), basename(file).replace(/\.tsx?$/, ''));
      const isDoorRule = /^src\/(?:oidc|saml)\/rules\//.test(path);
      if (answering === null && !isDoorRule) return [];
      const clauses = answering?.clauses.join(', ') ?? '';
      const by = [...new Set(tests.get(file) ?? [])].map(code).join('<br>');
      return [`| ${code(path)} | ${cell(clauses)} | ${cell(answering?.summary ?? '')} | ${by} |`];
    });
}

const tests = testsBySource();
const sections = ROOMS.flatMap(([room, title]) => {
  const table = rows(room, tests);
  return table.length === 0
    ? []
    : [
        `## ${title}`,
        '',
        '| File | Clauses | What it decides | Tests |',
        '| --- | --- | --- | --- |',
        ...table,
        '',
      ];
});
const text = [
  '# Spec map',
  '',
  'Where each clause lives. Written by `npm run spec-map` from the doc comments of the sources: the sentence beside a',
  'clause there is the rule as Gatehouse keeps it. `RFC`, `OIDC` and `SAML` name the published documents; short ids',
  "such as `AUT-7` or `SU-7` are Gatehouse's own rules, and the titles of their tests repeat them. A file without a",
  'test of its own is covered through the endpoint that uses it, in the edges and journeys suites.',
  '',
  ...sections,
].join('\n');
writeFileSync(join(PROJECT, 'docs', 'spec-map.md'), text);
process.stdout.write(
  `docs/spec-map.md: ${text.split('\n').filter((line) => line.startsWith('| `')).length} files\n`,
);
