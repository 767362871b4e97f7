import { LOCALES } from '../../kernel/locale.ts';
import { localizedPath } from '../../ui/index.ts';
import type { Act } from './act.tsx';

const OPEN = ['/', '/users/password/new', '/sign_up/enter_email'] as const;

/** UR-11: three pages in each language may be indexed, nothing else. */
export const robotsText = (): string =>
  [
    'User-agent: *',
    'Disallow: /',
    ...OPEN.flatMap((path) => [path, ...LOCALES.map((locale) => localizedPath(locale, path))]).map(
      (path) => `Allow: ${path}$`,
    ),
    '',
  ].join('\n');

/** `/robots.txt`. */
export const robots: Act = () =>
  new Response(robotsText(), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=86400' },
  });
