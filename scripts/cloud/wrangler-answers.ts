import { isRecord, stringAt } from '../support/record.ts';

/** The JSON in what wrangler printed: it may stand between notices. Null when there is none. */
export function jsonIn(text: string): unknown {
  for (const match of text.matchAll(/^[[{]/gm)) {
    const rest = text.slice(match.index);
    const ends = [...rest.matchAll(/[\]}]\s*$/gm)].map((end) => end.index + 1).reverse();
    for (const end of ends) {
      try {
        return JSON.parse(rest.slice(0, end));
      } catch {
        // Not where the document ends; the next candidate may be.
      }
    }
  }
  return null;
}

const rows = (text: string): readonly Readonly<Record<string, unknown>>[] => {
  const body = jsonIn(text);
  return Array.isArray(body) ? body.filter(isRecord) : [];
};

/** The id of the D1 database with this name in `wrangler d1 list --json`, or null. */
export const databaseId = (listing: string, name: string): string | null =>
  stringAt(
    rows(listing).find((row) => row.name === name),
    'uuid',
  );

/** The id of the KV namespace with this title in `wrangler kv namespace list`, or null. */
export const namespaceId = (listing: string, title: string): string | null =>
  stringAt(
    rows(listing).find((row) => row.title === title),
    'id',
  );

/** Names in `wrangler secret list --format json`. */
export const secretNames = (listing: string): readonly string[] =>
  rows(listing).flatMap((row) => (typeof row.name === 'string' ? [row.name] : []));

/** Whether a failed `secret list` only says that the Worker was never deployed (error 10007). */
export const saysNoWorker = (text: string): boolean =>
  /\b10007\b|Worker.*(?:does not exist|not found)/i.test(text);
