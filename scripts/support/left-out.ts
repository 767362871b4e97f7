import type { LeftOutOf } from './leave-out.ts';

/**
 * drizzle without what we never ask for: `db.query` (which needs a schema we do not hand it), sets of queries, `with`,
 * subqueries and callbacks as arguments, caches, transactions (D1 has none), its own counting, naming and migrating, and
 * foreign keys and names of indexes, which migrations make. Its classes know each other, so no bundler can tell that nobody comes by.
 */
const DRIZZLE: LeftOutOf = {
  'drizzle-orm/relations.js': {
    exports:
      'createTableRelationsHelpers extractTablesRelationalConfig getOperators getOrderByOperators Many normalizeRelation One',
  },
  'drizzle-orm/selection-proxy.js': { exports: 'SelectionProxyHandler' },
  'drizzle-orm/cache/core/cache.js': { exports: 'hashQuery NoopCache' },
  'drizzle-orm/casing.js': {
    swaps: [
      ['casing === "snake_case" ? toSnakeCase : casing === "camelCase" ? toCamelCase : noopCase', 'noopCase'],
    ],
  },
  'drizzle-orm/d1/session.js': {
    members: 'transaction extractRawGetValueFromBatchResult extractRawValuesValueFromBatchResult',
    swaps: [
      ['options.cache ?? new NoopCache()', 'undefined'],
      [/^class D1Transaction [\s\S]*?^\}$/gm, 'const D1Transaction = undefined;'],
    ],
  },
  'drizzle-orm/sqlite-core/columns/all.js': { exports: 'getSQLiteColumnBuilders' },
  'drizzle-orm/sqlite-core/columns/blob.js': { exports: 'blob' },
  'drizzle-orm/sqlite-core/columns/common.js': {
    members: 'buildForeignKeys generatedAlwaysAs',
    swaps: [[/^ {4}if \(!config\.uniqueName\) \{[\s\S]*?^ {4}\}$/gm, '']],
  },
  'drizzle-orm/sqlite-core/columns/integer.js': {
    swaps: [[/^ {2}if \(config\?\.mode === "timestamp"[\s\S]*?^ {2}\}$/gm, '']],
  },
  'drizzle-orm/sqlite-core/db.js': {
    members: '$with $count with selectDistinct get values transaction',
    swaps: [[/^ {4}this\.query = \{\};[\s\S]*?^ {4}\}$/gm, '']],
  },
  'drizzle-orm/sqlite-core/dialect.js': {
    members: 'buildRelationalQuery buildSetOperations buildSetOperationQuery migrate buildWithCTE',
    swaps: [
      [/^ {4}const withSql = .*$/gm, ''],
      [/\$\{withSql\}/g, ''],
      [
        '    if (setOperators.length > 0) {\n      return this.buildSetOperations(finalQuery, setOperators);\n    }\n',
        '',
      ],
    ],
  },
  'drizzle-orm/sqlite-core/query-builders/count.js': { exports: 'SQLiteCountBuilder' },
  'drizzle-orm/sqlite-core/query-builders/query-builder.js': { exports: 'QueryBuilder' },
  'drizzle-orm/sqlite-core/query-builders/query.js': { exports: 'RelationalQueryBuilder' },
  'drizzle-orm/sqlite-core/query-builders/select.js': {
    members:
      'rightJoin fullJoin crossJoin createSetOperator union unionAll intersect except addSetOperators having toSQL as getSelectedFields $dynamic $withCache',
  },
  'drizzle-orm/sqlite-core/query-builders/update.js': {
    members: 'createJoin leftJoin rightJoin innerJoin fullJoin toSQL $dynamic',
  },
  'drizzle-orm/sqlite-core/query-builders/insert.js': { members: 'toSQL $dynamic' },
  'drizzle-orm/sqlite-core/query-builders/delete.js': { members: 'toSQL $dynamic' },
  'drizzle-orm/sqlite-core/session.js': {
    members: 'get values count',
    swaps: [
      ['if (this.cache === void 0 || is(this.cache, NoopCache) || this.queryMetadata === void 0) {', '{'],
      [/^ {4}if \(this\.cacheConfig && [\s\S]*?(?=^ {2}\}\n {2}getQuery)/gm, ''],
      [/^ {4}if \(cache && cache\.strategy[\s\S]*?(?=^ {2}\}\n)/gm, ''],
    ],
  },
  'drizzle-orm/sqlite-core/table.js': { swaps: [[/^.*\.buildForeignKeys\(.*$/gm, '']] },
  'drizzle-orm/utils.js': { swaps: [[/^const textDecoder = .*$/gm, 'const textDecoder = undefined;']] },
};

/** hono without what pages and interfaces here do otherwise: layouts, mounting, forms read by it, another way to ask. */
const HONO: LeftOutOf = {
  'hono/dist/context.js': {
    members: 'event render setLayout getLayout setRenderer status var html redirect',
  },
  'hono/dist/hono-base.js': { members: 'mount request fire' },
  'hono/dist/request.js': {
    members: 'queries parseBody bytes blob formData addValidatedData valid matchedRoutes',
  },
};

/**
 * zxcvbn without advice in words, times of attacks, dictionaries of series, keyboards, likeness to words and a check of
 * what it is handed: the Worker asks for a score, and every one of these adds nothing to it the way we ask.
 */
const ZXCVBN: LeftOutOf = {
  '@zxcvbn-ts/core/dist/index.mjs': {
    members: 'checkAsync getFeedback estimateAttackTimes',
    swaps: [
      ['this.feedback = new Feedback(this.options);', ''],
      [
        'const attackTimes = this.estimateAttackTimes(matchSequence.guesses);',
        'const score = this.timeEstimates.guessesToScore(matchSequence.guesses);',
      ],
      ['...attackTimes,', 'score'],
      ['feedback: this.getFeedback(attackTimes.score, matchSequence.sequence)', ''],
    ],
  },
  '@zxcvbn-ts/core/dist/TimeEstimates.mjs': {
    members: 'estimateAttackTimes calculateCrackTimesSeconds displayTime translate',
  },
  '@zxcvbn-ts/core/dist/Options.mjs': {
    members: 'setTranslations',
    swaps: [
      ['this.translations = translationKeys;', ''],
      ['this.setTranslations(options.translations);', ''],
      [/^ +check\w+\(.*\);$/gm, ''],
    ],
  },
  '@zxcvbn-ts/core/dist/Matching.mjs': {
    swaps: [
      ['spatial: new MatchSpatial(this.options),', ''],
      ['wordSequence: new MatchWordSequence(this.options)', ''],
    ],
  },
  '@zxcvbn-ts/core/dist/matcher/dictionary/matching.mjs': {
    swaps: [[/^ {10}if \(this\.options\.useLevenshteinDistance [\s\S]*?^ {10}\}$/gm, '']],
  },
};

/**
 * js-yaml without its writer, schemas of its own and the lines it quotes in errors. It makes constants by calls
 * that do nothing else, which it forgets to say: marked, they stay out.
 */
const JS_YAML: LeftOutOf = {
  'js-yaml/dist/js-yaml.mjs': {
    swaps: [
      [
        /(?:^var \w+ = |^\s+\w+: )(?=\w+_SCHEMA\.withTags\(|define\w+Tag\(|RegExp\(|new RegExp\("|Object\.keys\(DEFAULT_\w+\)\.map\()/gm,
        '$&/* @__PURE__ */ ',
      ],
      [/^(var \w+_SCHEMA = )(new Schema\(\[[\s\S]*?^\]\));$/gm, '$1/* @__PURE__ */ (() => $2)();'],
      [/^(var \w+ = )(`.*|new RegExp\(`.*|SRC_\w+);$/gm, '$1/* @__PURE__ */ (() => $2)();'],
      ['mark.snippet = makeSnippet(mark);', ''],
      // Whoever reads hands in a schema; this one would be made in every isolate, as would tables of escapes.
      ['\tschema: CORE_SCHEMA,', '\tschema: undefined,'],
      [/^var simpleEscapeCheck = [\s\S]*?^\}\n/gm, ''],
      ['escaped < 256 && simpleEscapeCheck[escaped]', 'simpleEscapeSequence(escaped)'],
      ['simpleEscapeMap[escaped]', 'simpleEscapeSequence(escaped)'],
      [
        /^\t(?:\t(?:identify|represent\w*): options\..*|(?:identify|represent): (?:.*[^{]|.*\{\n(?:\t\t.*\n)+\t\},?))$/gm,
        '',
      ],
    ],
  },
};

/** What no deployed Worker asks its libraries for. test/architecture.test.ts refuses sources that do. */
export const LEFT_OUT: LeftOutOf = { ...DRIZZLE, ...HONO, ...ZXCVBN, ...JS_YAML };
