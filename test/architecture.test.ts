import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeImport, roleOf } from './support/import-law.ts';
import {
  type Import,
  readSources,
  runtimeCycles,
  type SourceFile,
  withoutComments,
} from './support/source-graph.ts';

const TOP = resolve(import.meta.dirname, '..');
const SOURCES = readSources(TOP, 'src').filter((file) => !file.path.startsWith('src/ui/public/'));

/** Files that decide: everything they need, the time and chance included, is an argument. */
const isPure = (path: string): boolean =>
  /^src\/(?:\w+)\/(?:rules|wire|xml)\//.test(path) ||
  /^src\/(?:kernel|assurance)\//.test(path) ||
  roleOf(path) === 'hall rule' ||
  roleOf(path) === 'room rule';
/** The two places where a clock and chance enter: their ports live here. */
const CLOCKS_AND_CHANCE =
  /\bDate\.now\s*\(|\bnew Date\(\s*\)|\bMath\.random\s*\(|\bperformance\.now\s*\(|\bgetRandomValues\s*\(|\brandomUUID\s*\(|\brandomBytes\s*\(\s*\d|\brandomInt\s*\(/;

/** The house as it stands: who imports whom, by folder. Printed when a law is broken. */
function picture(files: readonly SourceFile[]): string {
  const folder = (path: string): string =>
    path.split('/').length > 2 ? (path.split('/')[1] ?? '') : path.slice(4);
  const rows = new Map<string, Set<string>>();
  for (const file of files) {
    const row = rows.get(folder(file.path)) ?? new Set<string>();
    for (const found of file.imports) {
      if (found.own && folder(found.target) !== folder(file.path)) row.add(folder(found.target));
    }
    rows.set(folder(file.path), row);
  }
  return [...rows]
    .map(([from, to]) => `  ${from.padEnd(12)} -> ${[...to].sort().join(', ') || '(nothing)'}`)
    .join('\n');
}

const brokenLaws = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap((file) =>
    file.imports.flatMap((found) => {
      const law = judgeImport(file.path, found);
      return law === null ? [] : [`${file.path}:${found.line} imports ${found.target}: ${law}`];
    }),
  );

/** What the bundle of a deployed Worker leaves out of its libraries (scripts/support/left-out.ts), by who could ask for it. */
const LEFT_OUT: readonly (readonly [library: string, where: RegExp, asked: RegExp])[] = [
  ['drizzle', /^src\/platform\//, /\bdb\.(?:query|with|\$with|selectDistinct|get|values|transaction)\b/],
  ['drizzle', /^src\/platform\//, /\.(?:union|unionAll|intersect|except|having|toSQL|\$count|\$dynamic)\(/],
  ['drizzle', /^src\/platform\//, /\.(?:right|full|cross)Join\(|\.update\([^;]*?\.(?:inner|left)Join\(/],
  ['drizzle', /^src\/platform\//, /drizzle-orm\/[\w-]+\/migrator|\balias\(/],
  // Subqueries by name, and callbacks as arguments.
  [
    'drizzle',
    /^src\/platform\//,
    /\)\s*\.as\(|\.(?:where|orderBy|groupBy)\(\s*\(?\w*\)? =>|Join\([^;]*?, \(?\w*\)? =>/,
  ],
  [
    'drizzle',
    /tables\.ts$/,
    /mode: '(?!boolean'|json')|\b(?:blob|numeric|real|customType)\(|sqliteTable\([^,]*, \(/,
  ],
  ['hono', /^src\//, /\bc\.(?:event|render|setRenderer|setLayout|getLayout|status|var|html|redirect)\b/],
  ['hono', /^src\//, /\breq\.(?:queries|parseBody|bytes|blob|formData|valid|matchedRoutes)\b/],
  ['hono', /^src\//, /\b(?:app|api|routes)\.(?:mount|request|fire)\(/],
  ['zxcvbn', /^src\/(?!ui\/public\/|accounts\/rules\/password-strength\.ts)/, /@zxcvbn-ts\/|\bkeyboards\b/],
  ['js-yaml', /^src\//, /\b(?:dump|[A-Z0-9]+_SCHEMA)\b[^;]*from 'js-yaml'/],
];

describe('the bundle', () => {
  it.each(LEFT_OUT)('has all of %s that is asked for in %s', (_library, where, asked) => {
    const askers = SOURCES.filter(({ path }) => where.test(path));
    expect(askers.length).toBeGreaterThan(4);
    expect(askers.filter(({ text }) => asked.test(withoutComments(text))).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it.each([
    'db.query.accounts.findFirst()',
    'db.select().from(a).union(b)',
    'db.update(a).set({}).innerJoin(b, on)',
    "db.select().from(a).limit(1).as('named')",
    'db.select().from(a).where((row) => row.id)',
    'db.select().from(a).innerJoin(b, (row) => row.id)',
    "integer({ mode: 'timestamp' })",
    'c.html(page)',
    'await c.req.formData()',
    "import { CORE_SCHEMA, load } from 'js-yaml'",
  ])('would see %s', (text) => {
    expect(LEFT_OUT.some(([, , asked]) => asked.test(text))).toBe(true);
  });

  it('needs no module of ours that only does something as it loads', () => {
    const bare = SOURCES.filter(({ text }) => /^import '/m.test(text));
    expect(bare.map(({ path }) => path)).toEqual([]);
  });
});

describe('the house: who may import whom', () => {
  it('has source files to look at', () => {
    expect(SOURCES.length).toBeGreaterThan(20);
  });

  it('gives every file under src a place', () => {
    expect(SOURCES.filter((file) => roleOf(file.path) === null).map((file) => file.path)).toEqual([]);
  });

  it('keeps the import law', () => {
    const broken = brokenLaws(SOURCES);
    expect(broken, `${broken.join('\n')}\n\nThe house as it stands:\n${picture(SOURCES)}\n`).toEqual([]);
  });

  it('imports only files that exist', () => {
    const missing = SOURCES.flatMap((file) =>
      file.imports
        .filter((found) => found.own && !existsSync(join(TOP, found.target)))
        .map((found) => `${file.path}: ${found.target}`),
    );
    expect(missing).toEqual([]);
  });

  it('has no circle of files that load each other', () => {
    expect(runtimeCycles(SOURCES).map((circle) => circle.join(' <-> '))).toEqual([]);
  });

  it('names no Cloudflare module outside platform, app.ts and worker.ts', () => {
    const found = SOURCES.filter(
      (file) =>
        !file.path.startsWith('src/platform/') &&
        file.path !== 'src/worker.ts' &&
        file.path !== 'src/app.ts' &&
        file.imports.some((one) => one.target.startsWith('cloudflare:')),
    );
    expect(found.map((file) => file.path)).toEqual([]);
  });

  it('reads neither clock nor chance where it decides', () => {
    const found = SOURCES.filter((file) => isPure(file.path)).flatMap((file) =>
      withoutComments(file.text)
        .split('\n')
        .flatMap((line, index) =>
          CLOCKS_AND_CHANCE.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : [],
        ),
    );
    expect(found).toEqual([]);
  });

  it('reports its ten longest files', () => {
    const longest = SOURCES.filter((file) => !file.path.includes('/locales/'))
      .sort((a, b) => b.lines - a.lines)
      .slice(0, 10);
    process.stdout.write(
      `${longest.map((file) => `${String(file.lines).padStart(5)}  ${file.path}`).join('\n')}\n`,
    );
    expect(longest).toHaveLength(10);
  });
});

describe('the import law itself', () => {
  const own = (target: string, typeOnly = false): Import => ({ target, own: true, typeOnly, line: 1 });
  const pack = (target: string, typeOnly = false): Import => ({ target, own: false, typeOnly, line: 1 });

  it.each([
    ['src/oidc/rules/check-state.ts', own('src/saml/wire/decode-request.ts')],
    ['src/saml/endpoints/auth.ts', own('src/oidc/wire/uri.ts')],
    ['src/oidc/endpoints/token.ts', own('src/platform/d1/apps.ts')],
    ['src/kernel/result.ts', own('src/assurance/model.ts', true)],
    ['src/signin/decide-next-step.ts', own('src/ui/page.ts', true)],
    ['src/signin/decide-next-step.ts', own('src/oidc/limits.ts')],
    ['src/accounts/rules/check-email.ts', own('src/factors/totp/verify.ts')],
    ['src/accounts/rules/check-email.ts', own('src/accounts/endpoints/register.ts')],
    ['src/platform/d1/apps.ts', own('src/oidc/wire/uri.ts')],
    ['src/ui/page.ts', own('src/apps/model.ts', true)],
    ['src/saml/xml/parse.ts', own('src/saml/wire/decode-request.ts')],
    ['src/apps/logo-svg.ts', own('src/saml/wire/decode-request.ts')],
    ['src/oidc/rules/check-state.ts', own('src/saml/xml/read.ts')],
    ['src/apps/urls.ts', own('src/app.ts')],
    ['src/apps/urls.ts', own('test/support/source-graph.ts')],
    ['src/accounts/rules/check-email.ts', pack('hono')],
    ['src/accounts/endpoints/register.ts', pack('drizzle-orm')],
    ['src/kernel/result.ts', pack('valibot')],
  ])('refuses %s importing %o', (path, found) => {
    expect(judgeImport(path, found)).toBeTypeOf('string');
  });

  it.each([
    ['src/oidc/rules/check-state.ts', own('src/kernel/result.ts')],
    ['src/oidc/endpoints/authorize.ts', own('src/signin/model.ts')],
    ['src/oidc/endpoints/authorize.ts', own('src/apps/ports.ts', true)],
    ['src/signin/decide-next-step.ts', own('src/sessions/rules.ts')],
    ['src/factors/ports.ts', own('src/accounts/ports/events.ts', true)],
    ['src/accounts/ports/attempts.ts', own('src/factors/model.ts', true)],
    ['src/accounts/endpoints/register.tsx', own('src/ui/page.ts')],
    ['src/platform/d1/apps.ts', own('src/apps/tables.ts')],
    ['src/app.ts', own('src/saml/routes.ts')],
    ['src/platform/objects/session.ts', pack('cloudflare:workers')],
    ['src/accounts/tables.ts', pack('drizzle-orm/sqlite-core')],
    ['src/apps/logo-svg.ts', own('src/saml/xml/read.ts')],
  ])('allows %s importing %o', (path, found) => {
    expect(judgeImport(path, found)).toBeNull();
  });

  it('sees a circle, and does not take types for one', () => {
    const file = (path: string, ...imports: Import[]): SourceFile => ({ path, text: '', lines: 1, imports });
    expect(runtimeCycles([file('a', own('b')), file('b', own('c')), file('c', own('a'))])).toHaveLength(1);
    expect(runtimeCycles([file('a', own('b')), file('b', own('a', true))])).toEqual([]);
  });

  it('reads imports over several lines, re-exports, dynamic imports and types', () => {
    const sources = readSources(TOP, 'test/support').find(
      (file) => file.path === 'test/support/import-law.ts',
    );
    expect(sources?.imports).toEqual([
      { target: 'test/support/source-graph.ts', own: true, typeOnly: true, line: 1 },
    ]);
  });
});

describe('docs/spec-map.md', () => {
  const file = join(TOP, 'docs', 'spec-map.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const named = [...text.matchAll(/`((?:src|test|docs|scripts|migrations)\/[^`\s*]+)`/g)].map(
    (match) => match[1] ?? '',
  );

  it('names files, and only files that exist', () => {
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(join(TOP, path)))).toEqual([]);
  });

  it('knows every rule file of both doors', () => {
    const rules = SOURCES.filter((source) => /^src\/(?:oidc|saml)\/rules\//.test(source.path)).map(
      (source) => source.path,
    );
    expect(rules.filter((path) => !named.includes(path))).toEqual([]);
  });
});
