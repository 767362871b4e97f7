import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/kernel/locale.ts';
import { catalogue } from '../../../src/ui/i18n.ts';
import { builtAtRunTime, sameAsEnglish } from './catalogue-exceptions.ts';

const source = resolve(import.meta.dirname, '../../../src');
const others = LOCALES.filter((locale) => locale !== 'en');
const english = Object.entries(catalogue('en'));

const translated = others.flatMap((locale) =>
  Object.entries(catalogue(locale)).map(([key, text]) => ({ locale, key, text, name: `${locale} ${key}` })),
);
const all = [
  ...english.map(([key, text]) => ({ locale: 'en' as const, key, text, name: `en ${key}` })),
  ...translated,
];

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].flatMap((match) => match[1] ?? []).sort();

const count = (text: string, mark: string): number => text.split(mark).length - 1;

/** What a thing is called in each language, wherever English names it: people look for the word they saw before. */
const TERMS: Readonly<Record<string, Readonly<Record<'es' | 'fr' | 'zh', string>>>> = {
  'authentication app': { es: 'de autenticación', fr: 'd’authentification', zh: '身份验证应用' },
  'backup code': { es: 'de respaldo', fr: 'de secours', zh: '备用代码' },
  'face or touch unlock': {
    es: 'desbloqueo facial o con huella',
    fr: 'déverrouillage par visage ou empreinte',
    zh: '面容或指纹解锁',
  },
  'government (?:employee )?id': { es: 'credencial', fr: 'carte d’agent public', zh: '政府雇员证件' },
  'personal key': { es: 'clave personal', fr: 'clé personnelle', zh: '个人密钥' },
  'security key': { es: 'llaves? de seguridad', fr: 'clé de sécurité', zh: '安全密钥' },
};

/** The names of the messages a rule refuses; a failing test prints them. */
const refused = (list: typeof all, rule: (message: (typeof all)[number]) => boolean): readonly string[] =>
  list.filter((message) => !rule(message)).map(({ name, text }) => `${name}: ${text}`);

describe('L10-1 four complete catalogues', () => {
  it('has the same keys in every language', () => {
    const keys = english.map(([key]) => key).sort();
    for (const locale of others) expect(Object.keys(catalogue(locale)).sort()).toEqual(keys);
  });

  it('has more than a handful of words', () => {
    expect(english.length).toBeGreaterThan(40);
  });

  it('names each key room.page.thing', () => {
    expect(refused(all, ({ key }) => /^[a-z]+(\.[a-z0-9_]+)+$/.test(key))).toEqual([]);
  });

  it('keeps the keys of a room in the file of that room', () => {
    const strays = LOCALES.flatMap((locale) =>
      readdirSync(join(source, 'ui/locales', locale)).flatMap((file) => {
        const room = file.replace('.ts', '');
        const text = readFileSync(join(source, 'ui/locales', locale, file), 'utf8');
        return [...text.matchAll(/^ {2}'([^']+)':/gm)]
          .map((match) => match[1] ?? '')
          .filter((key) => !key.startsWith(`${room}.`))
          .map((key) => `${locale}/${file}: ${key}`);
      }),
    );
    expect(strays).toEqual([]);
  });

  it('leaves no text in English outside the list of exceptions', () => {
    const inEnglish = new Map(english);
    const allowed: Readonly<Record<string, readonly string[] | undefined>> = sameAsEnglish;
    const forgotten = refused(translated, ({ locale, key, text }) => {
      const letters = text.replace(/\{\w+\}/g, '').replace(/[^\p{L}]/gu, '');
      return letters === '' || text !== inEnglish.get(key) || (allowed[key]?.includes(locale) ?? false);
    });
    expect(forgotten).toEqual([]);
  });

  it('has no exception that is no longer needed', () => {
    const needless = Object.entries(sameAsEnglish).flatMap(([key, locales]) =>
      (locales ?? [])
        .filter((locale) => {
          const theirs: Readonly<Record<string, string>> = catalogue(locale);
          const ours: Readonly<Record<string, string>> = catalogue('en');
          return theirs[key] !== ours[key];
        })
        .map((locale) => `${locale} ${key}`),
    );
    expect(needless).toEqual([]);
  });

  it('has no key that nothing uses', () => {
    const sources = readdirSync(source, { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('/ui/locales'),
      )
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('\n');
    const named = new Set(
      [...sources.matchAll(/['"`]([a-z]+(?:\.[a-z0-9_]+)+)['"`]/g)].map((match) => match[1]),
    );
    const unused = english
      .map(([key]) => key)
      .filter((key) => !named.has(key) && !named.has(key.replace(/\.(one|other)$/, '')))
      .filter((key) => !builtAtRunTime.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});

describe('L10-2 the same message in every language', () => {
  it('has equal placeholders, save that a single thing need not be counted', () => {
    const ours: Readonly<Record<string, string>> = catalogue('en');
    const relevant = (key: string, text: string) =>
      placeholders(text).filter((name) => !(key.endsWith('.one') && name === 'count'));
    expect(
      refused(
        translated,
        ({ key, text }) => relevant(key, text).join() === relevant(key, ours[key] ?? '').join(),
      ),
    ).toEqual([]);
  });

  it('counts with both forms', () => {
    const keys = new Set(english.map(([key]) => key));
    const lonely = [...keys].filter(
      (key) => key.endsWith('.one') && !keys.has(key.replace(/\.one$/, '.other')),
    );
    expect(lonely).toEqual([]);
  });

  it.each(Object.entries(TERMS))('has one word for what English calls %s', (term, words) => {
    const named = new Set(english.filter(([, text]) => new RegExp(term, 'i').test(text)).map(([key]) => key));
    const theirs = translated.filter(({ key }) => named.has(key));
    expect(theirs.length).toBeGreaterThan(3);
    expect(
      refused(theirs, ({ locale, text }) => locale === 'en' || new RegExp(words[locale], 'i').test(text)),
    ).toEqual([]);
  });

  it('calls a method the same where it is chosen and where it is looked after', () => {
    const ours: Readonly<Record<string, string>> = catalogue('en');
    const kinds = english.flatMap(([key]) => /^accounts\.factor\.(\w+)$/.exec(key)?.[1] ?? []);
    expect(kinds).toContain('piv');
    for (const locale of LOCALES) {
      const words: Readonly<Record<string, string>> = catalogue(locale);
      const unlike = kinds
        .filter((kind) => ours[`accounts.factor.${kind}`] === ours[`factors.kind.${kind}`])
        .filter((kind) => words[`accounts.factor.${kind}`] !== words[`factors.kind.${kind}`]);
      expect(unlike, locale).toEqual([]);
    }
  });

  it('has no space at either end and none doubled', () => {
    expect(refused(all, ({ text }) => text === text.trim() && text !== '' && !/\s\s/.test(text))).toEqual([]);
  });

  it('closes every bracket and quotation mark it opens', () => {
    const pairs = ['()', '[]', '{}', '（）', '“”', '«»', '《》', '「」'];
    expect(
      refused(all, ({ text }) =>
        pairs.every((pair) => count(text, pair.charAt(0)) === count(text, pair.charAt(1))),
      ),
    ).toEqual([]);
  });

  it('has straight double quotes in pairs', () => {
    expect(refused(all, ({ text }) => count(text, '"') % 2 === 0)).toEqual([]);
  });

  it('contains no markup, save the help texts that stand for an app’s own', () => {
    const plain = all.filter(({ key }) => !key.startsWith('help.'));
    expect(refused(plain, ({ text }) => !/<\/?[a-z]|&[a-z]+;/i.test(text))).toEqual([]);
  });
});

describe('L10-2 typography', () => {
  const of = (locale: string) => all.filter((message) => message.locale === locale);

  it('opens Spanish questions and exclamations', () => {
    expect(
      refused(
        of('es'),
        ({ text }) => count(text, '?') === count(text, '¿') && count(text, '!') === count(text, '¡'),
      ),
    ).toEqual([]);
  });

  it('puts a space before French double punctuation', () => {
    expect(refused(of('fr'), ({ text }) => !/[^\s\d:/?!](?:[!?;»]|:(?!\/\/))/.test(text))).toEqual([]);
  });

  it('uses full-width punctuation beside Chinese characters', () => {
    expect(
      refused(of('zh'), ({ text }) => !/\p{Script=Han}[,.!?;:()]|[,!?;:()]\p{Script=Han}/u.test(text)),
    ).toEqual([]);
  });

  it('ends sentences alike: where English has a full stop, so do the others', () => {
    const ours: Readonly<Record<string, string>> = catalogue('en');
    const stop = (text: string) => /[.。．]$/.test(text);
    expect(refused(translated, ({ key, text }) => stop(text) === stop(ours[key] ?? ''))).toEqual([]);
  });
});
