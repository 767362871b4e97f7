import { type Document, settingsOf, showSettings } from './document.ts';
import type { App } from './model.ts';
import { writeYaml } from './write-yaml.ts';

/**
 * Apps as a bundle that `planImport` reads back (portal-and-operations M5 to M7): JSON holds a list under `apps`, YAML
 * a map from issuer. Ids and times stay behind; `logos` gives the data URL for a logo path, null when its bytes are
 * gone.
 */
export function exportApps(
  apps: readonly App[],
  format: 'json' | 'yaml',
  logos: ReadonlyMap<string, string | null>,
): string {
  const documents = apps.map((app): Document => {
    const settings = settingsOf(app);
    const logo = settings.logo === null ? null : (logos.get(settings.logo) ?? null);
    return { ...showSettings(settings), logo };
  });
  if (format === 'json') return JSON.stringify({ apps: documents });
  const byIssuer = Object.fromEntries(documents.map(({ issuer, ...rest }) => [issuer, rest]));
  return writeYaml(byIssuer);
}
