import { apiDescription } from '../../src/apps/openapi-documents.ts';
import { ERROR_DICTIONARY } from '../../src/developers/errors.ts';
import type { CatalogueFile, FiledLocale } from '../../src/ui/catalogue-file.ts';
import { es } from '../../src/ui/locales/es.ts';
import { fr } from '../../src/ui/locales/fr.ts';
import type { Messages } from '../../src/ui/locales/messages.ts';
import { zh } from '../../src/ui/locales/zh.ts';

const catalogue = (locale: FiledLocale, messages: Messages): CatalogueFile => ({ locale, messages });

/**
 * What the Worker reads from its static files instead of carrying it, by name, as JSON. The sources stay TypeScript,
 * where their completeness is checked.
 */
export const dataFiles: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'catalogues/es.json': catalogue('es', es),
    'catalogues/fr.json': catalogue('fr', fr),
    'catalogues/zh.json': catalogue('zh', zh),
    'reference/errors.json': ERROR_DICTIONARY,
    'reference/openapi.json': apiDescription('sandbox'),
    'reference/openapi-live.json': apiDescription('production'),
  }).map(([name, data]) => [name, JSON.stringify(data)]),
);
