import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../src/kernel/locale.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

const HEADINGS: Readonly<Record<Locale, string>> = {
  en: 'Sign in',
  es: 'Iniciar sesión',
  fr: 'Connexion',
  zh: '登录',
};

/** The language a page says it is in, and its title. */
async function readPage(path: string, language?: string): Promise<{ lang: string; title: string }> {
  const headers = language === undefined ? {} : { 'accept-language': language };
  const html = await (await worker.fetch(path, { headers })).text();
  const found = (pattern: RegExp): string => pattern.exec(html)?.[1] ?? 'none';
  return { lang: found(/<html lang="([^"]*)"/), title: found(/<title>([^<]*)<\/title>/) };
}

describe('LC-2 languages from the static files', () => {
  it('answers the first requests of an isolate in their languages, all at once', async () => {
    const asked = Array.from({ length: 6 }, () => LOCALES).flat();
    const pages = await Promise.all(asked.map((locale) => readPage(`/${locale}`)));
    expect(pages.map(({ lang }) => lang)).toEqual(asked);
    expect(pages.map(({ title }) => title.includes(HEADINGS.es))).toEqual(asked.map((l) => l === 'es'));
    expect(pages.map(({ title }) => title.includes(HEADINGS.zh))).toEqual(asked.map((l) => l === 'zh'));
  });

  it.each(LOCALES)('speaks %s by path and by what the browser accepts', async (locale) => {
    for (const page of [await readPage(`/${locale}`), await readPage('/', locale)])
      expect(page).toEqual({ lang: locale, title: expect.stringContaining(HEADINGS[locale]) });
  });

  it('serves the words under names that hold their version', async () => {
    const { assetVersions } = await import('../../src/ui/asset-versions.ts');
    const file = await worker.fetch(`/static/catalogues/es.${assetVersions['catalogues/es.json']}.json`);
    expect(file.status).toBe(200);
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await file.json()).toMatchObject({ locale: 'es' });
  });

  it('reads the error dictionary and the description of the machine interface from there too', async () => {
    const support = await worker.fetch('/developers/support/');
    expect(support.status).toBe(200);
    expect(await support.text()).toContain('data-error-id="bad-client-id"');
    const description = await worker.fetch('/api/admin/v1/openapi.json');
    expect(description.headers.get('content-type')).toBe('application/json');
    expect(await description.json()).toMatchObject({ openapi: '3.1.0' });
  });
});
