import type { Locale } from '../kernel/locale.ts';
import type { Clock } from '../kernel/ports.ts';
import { dataFilePath, type ReadFile } from './assets.ts';
import { type FiledLocale, readCatalogue } from './catalogue-file.ts';
import { addCatalogue, hasCatalogue } from './i18n.ts';

/** Why a language's words are not here. */
export type UnreadableCatalogue = 'failed' | 'missing' | 'not-json' | 'not-a-catalogue' | 'slow';

/** What loading needs from outside. */
export interface CataloguePorts {
  readonly readFile: ReadFile;
  /** Lets work go on when the request that began it has been given up: others wait for the same. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  /** Resolves after that many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  readonly clock: Clock;
  /** Told each time a language's words could not be read. */
  readonly onUnreadable: (locale: FiledLocale, reason: UnreadableCatalogue) => void;
}

/**
 * Sees that a language's words are here. Null when they are, or when they cannot be had just now; otherwise a promise
 * to await before anything is said. It never rejects and takes at most `patienceMs`, {@link PATIENCE_MS} unless told:
 * the request then goes on in English.
 */
export type Words = (locale: Locale, patienceMs?: number) => Promise<void> | null;

/** How long a page waits for its language. */
export const PATIENCE_MS = 2000;
/** How long a message waits for its language: nobody watches, and it cannot be loaded again. */
export const MESSAGE_PATIENCE_MS = 10_000;
/**
 * After a failure, how long pages stay English before the file is tried again: every try makes somebody wait. Whoever
 * has more patience than a page tries at once.
 */
export const RETRY_MS = 10_000;

const isJson = (response: Response): boolean =>
  /^application\/json\b/i.test(response.headers.get('content-type') ?? '');

async function load(locale: FiledLocale, readFile: ReadFile): Promise<UnreadableCatalogue | null> {
  let file: unknown;
  try {
    const response = await readFile(dataFilePath(`catalogues/${locale}.json`));
    if (!response.ok || !isJson(response)) {
      await response.body?.cancel();
      return response.ok ? 'not-json' : 'missing';
    }
    file = await response.json();
  } catch (error) {
    return error instanceof SyntaxError ? 'not-json' : 'failed';
  }
  const messages = readCatalogue(file, locale);
  if (messages === null) return 'not-a-catalogue';
  addCatalogue(locale, messages);
  return null;
}

/** Loads languages from the static files: each once per isolate, however many requests ask at the same time. */
export function catalogueLoader(ports: CataloguePorts): Words {
  const loading = new Map<FiledLocale, Promise<void>>();
  const retryAt = new Map<FiledLocale, number>();

  const giveUp = (locale: FiledLocale, reason: UnreadableCatalogue): void => {
    retryAt.set(locale, ports.clock() + RETRY_MS);
    ports.onUnreadable(locale, reason);
  };
  const begin = async (locale: FiledLocale): Promise<void> => {
    const reason = await load(locale, ports.readFile);
    loading.delete(locale);
    if (reason !== null) giveUp(locale, reason);
  };
  const wait = async (locale: FiledLocale, work: Promise<void>, patienceMs: number): Promise<void> => {
    await Promise.race([work, ports.pause(patienceMs)]);
    if (loading.get(locale) !== work) return;
    // Still not here. Its request may be gone and never come back, so nobody else waits for this one.
    loading.delete(locale);
    giveUp(locale, 'slow');
  };

  return (locale, patienceMs = PATIENCE_MS) => {
    if (locale === 'en' || hasCatalogue(locale)) return null;
    const begun = loading.get(locale);
    if (begun !== undefined) return wait(locale, begun, patienceMs);
    if (patienceMs <= PATIENCE_MS && ports.clock() < (retryAt.get(locale) ?? 0)) return null;
    const work = begin(locale);
    loading.set(locale, work);
    ports.keepAlive(work);
    return wait(locale, work, patienceMs);
  };
}
