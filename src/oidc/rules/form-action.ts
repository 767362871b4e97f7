import type { App } from '../../apps/model.ts';
import { formActionSource } from './origins.ts';

const cache = new WeakMap<readonly string[], readonly string[]>();

function sources(uris: readonly string[]): readonly string[] {
  const known = cache.get(uris);
  if (known !== undefined) return known;
  const reduced = [...new Set(uris.map(formActionSource))].filter((source) => source !== null);
  cache.set(uris, reduced);
  return reduced;
}

/**
 * NET-4, NET-5: the value of `form-action` on pages from which a form may lead to the app: ourselves and every
 * registered URI in reduced form (the requested one is among them, or there would be no request). Browsers apply the
 * directive to the whole chain of redirects, so hops behind the callback must be registered too. Without an app:
 * ourselves.
 */
export function formAction(app: Pick<App, 'redirect_uris' | 'post_logout_redirect_uris'> | null): string {
  if (app === null) return "'self'";
  const all = new Set(["'self'", ...sources(app.redirect_uris), ...sources(app.post_logout_redirect_uris)]);
  return [...all].join(' ');
}
