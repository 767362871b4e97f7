import type { AppSettings } from '../../apps/model.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { hasOption } from './app-options.ts';
import type { SamlError } from './errors.ts';

type Registration = Pick<AppSettings, 'acs_url' | 'acs_urls' | 'acs_indexes' | 'saml_options'>;

/** Every address a Response of this app may be posted to, the default first (A2, V20). */
export const registeredAcs = ({
  acs_url,
  acs_urls,
}: Pick<AppSettings, 'acs_url' | 'acs_urls'>): readonly string[] => [
  ...new Set([...(acs_url === null ? [] : [acs_url]), ...acs_urls]),
];

/**
 * A2: the Response goes to a registered address, whatever the request says. An exact match or, for apps with several,
 * an index selects among them; anything else is ignored, or refused where the app is strict. An index is the number that
 * the app's metadata gives the address; for a registration without such numbers it is the place on our list.
 */
export function chooseAcs(
  app: Registration,
  asked: { readonly acsUrl: string | null; readonly acsIndex: number | null },
): Result<{ readonly acs: string; readonly ignored: boolean }, SamlError> {
  const registered = registeredAcs(app);
  const [byDefault] = registered;
  if (byDefault === undefined) return err('no_response_url');
  const { acsIndex } = asked;
  const isNumbered = acsIndex !== null && Object.keys(app.acs_indexes).length > 0;
  const wanted = asked.acsUrl ?? (isNumbered ? (app.acs_indexes[acsIndex] ?? '') : null);
  if (wanted !== null) {
    if (registered.includes(wanted)) return ok({ acs: wanted, ignored: false });
    return hasOption(app, 'strict_acs') ? err('unregistered_acs_url') : ok({ acs: byDefault, ignored: true });
  }
  const byIndex = acsIndex === null || registered.length === 1 ? undefined : registered[acsIndex];
  return ok({ acs: byIndex ?? byDefault, ignored: false });
}
