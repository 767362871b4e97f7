import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogueFile, FiledLocale } from '../../../src/ui/catalogue-file.ts';
import type { CataloguePorts } from '../../../src/ui/catalogue-loader.ts';
import { es } from '../../../src/ui/locales/es.ts';
import { fr } from '../../../src/ui/locales/fr.ts';
import { zh } from '../../../src/ui/locales/zh.ts';

const MESSAGES = { es, fr, zh };
const WORD = 'layout.errors.summary.one';

const answer = (body: unknown, type = 'application/json; charset=utf-8', status = 200): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': type },
  });

const fileOf = (locale: FiledLocale): CatalogueFile => ({ locale, messages: MESSAGES[locale] });

/** A promise that waits for its test. */
function held<T>(): { readonly promise: Promise<T>; readonly release: (value: T) => void } {
  let release: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}

/** An isolate that has just started: its modules know English only. */
async function freshIsolate(
  readFile: (locale: FiledLocale, path: string) => Promise<Response>,
  more: Partial<CataloguePorts> = {},
) {
  vi.resetModules();
  const { catalogueLoader, MESSAGE_PATIENCE_MS, PATIENCE_MS, RETRY_MS } = await import(
    '../../../src/ui/catalogue-loader.ts'
  );
  const { translator } = await import('../../../src/ui/i18n.ts');
  const asked: string[] = [];
  const kept: Promise<unknown>[] = [];
  const unreadable: string[] = [];
  let time = 1_000_000;
  const words = catalogueLoader({
    readFile: (path) => {
      asked.push(path);
      const locale = (['es', 'fr', 'zh'] as const).find((known) => path.includes(`/${known}.`));
      if (locale === undefined) throw new Error(`no language in ${path}`);
      return readFile(locale, path);
    },
    keepAlive: (work) => void kept.push(work),
    pause: () => new Promise(() => {}),
    clock: () => time,
    onUnreadable: (locale, reason) => void unreadable.push(`${locale} ${reason}`),
    ...more,
  });
  return {
    words,
    translator,
    asked,
    kept,
    unreadable,
    later: (ms: number) => {
      time += ms;
    },
    MESSAGE_PATIENCE_MS,
    PATIENCE_MS,
    RETRY_MS,
  };
}

describe('LC-2 languages from the static files', () => {
  beforeEach(() => {
    vi.resetModules();
  });

  it('has English without asking for anything', async () => {
    const { words, translator, asked } = await freshIsolate(async (locale) => answer(fileOf(locale)));
    expect(words('en')).toBeNull();
    expect(asked).toEqual([]);
    expect(translator('en')(WORD)).toBe('There is a problem with this page');
  });

  it('speaks a language once its file is read, and never reads it again', async () => {
    const isolate = await freshIsolate(async (locale) => answer(fileOf(locale)));
    await isolate.words('es');
    expect(isolate.words('es')).toBeNull();
    expect(isolate.asked).toHaveLength(1);
    expect(isolate.translator('es')(WORD)).toBe(es[WORD]);
    expect(isolate.translator('es').locale).toBe('es');
  });

  it('asks for the file of this build by name', async () => {
    const { words, asked } = await freshIsolate(async (locale) => answer(fileOf(locale)));
    await words('zh');
    expect(asked[0]).toMatch(/^\/static\/catalogues\/zh\.[0-9a-f]{8}\.json$/);
  });

  it('reads a file once when many ask at the same time', async () => {
    const file = held<Response>();
    const isolate = await freshIsolate(() => file.promise);
    const waiting = Array.from({ length: 20 }, () => isolate.words('fr'));
    expect(waiting).not.toContain(null);
    file.release(answer(fileOf('fr')));
    await Promise.all(waiting);
    expect(isolate.asked).toHaveLength(1);
    expect(isolate.kept).toHaveLength(1);
    expect(isolate.translator('fr')(WORD)).toBe(fr[WORD]);
  });

  it('keeps languages apart while several are read', async () => {
    const files = { es: held<Response>(), fr: held<Response>(), zh: held<Response>() };
    const isolate = await freshIsolate((locale) => files[locale].promise);
    const all = [isolate.words('es'), isolate.words('fr'), isolate.words('zh')];
    files.zh.release(answer(fileOf('zh')));
    await all[2];
    expect(isolate.translator('zh')(WORD)).toBe(zh[WORD]);
    expect(isolate.translator('es')(WORD)).toBe('There is a problem with this page');
    files.fr.release(answer(fileOf('fr')));
    files.es.release(answer(fileOf('es')));
    await Promise.all(all);
    expect((['es', 'fr', 'zh'] as const).map((locale) => isolate.translator(locale)(WORD))).toEqual([
      es[WORD],
      fr[WORD],
      zh[WORD],
    ]);
  });

  const lacking: Readonly<Record<string, string>> = Object.fromEntries(
    Object.entries(es).filter(([key]) => key !== WORD),
  );
  it.each([
    ['is missing', () => answer('Not found', 'text/plain', 404), 'missing'],
    ['fails', () => Promise.reject(new Error('no connection')), 'failed'],
    ['has another content type', () => answer(fileOf('es'), 'text/html'), 'not-json'],
    ['is cut off', () => answer(JSON.stringify(fileOf('es')).slice(0, -5)), 'not-json'],
    ['is the file of another language', () => answer(fileOf('fr')), 'not-a-catalogue'],
    ['lacks a text', () => answer({ locale: 'es', messages: lacking }), 'not-a-catalogue'],
    [
      'holds something else than texts',
      () => answer({ locale: 'es', messages: { ...es, [WORD]: 1 } }),
      'not-a-catalogue',
    ],
    ['is a list', () => answer([fileOf('es')]), 'not-a-catalogue'],
  ])('speaks English, and says so, where the file %s', async (_name, respond, reason) => {
    const isolate = await freshIsolate(async () => respond());
    await isolate.words('es');
    expect(isolate.translator('es')(WORD)).toBe('There is a problem with this page');
    expect(isolate.translator('es').locale).toBe('en');
    expect(isolate.unreadable).toEqual([`es ${reason}`]);
  });

  it('does not try again at once after a failure, and does later', async () => {
    let broken = true;
    const isolate = await freshIsolate(async (locale) =>
      broken ? answer('', 'text/plain', 500) : answer(fileOf(locale)),
    );
    await isolate.words('es');
    broken = false;
    expect(isolate.words('es')).toBeNull();
    expect(isolate.asked).toHaveLength(1);
    isolate.later(isolate.RETRY_MS);
    await isolate.words('es');
    expect(isolate.translator('es')(WORD)).toBe(es[WORD]);
  });

  it('goes on in English when the file takes too long, and speaks the language when it comes after all', async () => {
    const file = held<Response>();
    const isolate = await freshIsolate(() => file.promise, { pause: async () => {} });
    await isolate.words('es');
    expect(isolate.translator('es').locale).toBe('en');
    expect(isolate.unreadable).toEqual(['es slow']);
    expect(isolate.words('es')).toBeNull();
    file.release(answer(fileOf('es')));
    await Promise.all(isolate.kept);
    expect(isolate.translator('es')(WORD)).toBe(es[WORD]);
  });

  it('lets a message try at once after a page gave up: it cannot be loaded again', async () => {
    let broken = true;
    const isolate = await freshIsolate(async (locale) =>
      broken ? answer('', 'text/plain', 500) : answer(fileOf(locale)),
    );
    await isolate.words('es');
    broken = false;
    await isolate.words('es', isolate.MESSAGE_PATIENCE_MS);
    expect(isolate.translator('es')(WORD)).toBe(es[WORD]);
  });

  it('lets a message wait longer than a page for the same file', async () => {
    const file = held<Response>();
    const pauses: number[] = [];
    const isolate = await freshIsolate(() => file.promise, {
      pause: async (ms) => {
        pauses.push(ms);
        if (ms > isolate.PATIENCE_MS) await new Promise(() => {});
      },
    });
    const message = isolate.words('es', isolate.MESSAGE_PATIENCE_MS);
    await isolate.words('es');
    expect(isolate.translator('es').locale).toBe('en');
    file.release(answer(fileOf('es')));
    await message;
    expect(isolate.translator('es')(WORD)).toBe(es[WORD]);
    expect(pauses).toEqual([isolate.MESSAGE_PATIENCE_MS, isolate.PATIENCE_MS]);
  });
});
