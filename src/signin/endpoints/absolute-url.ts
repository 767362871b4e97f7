import type { Locale } from '../../kernel/locale.ts';
import { localizedPath } from '../../ui/index.ts';
import type { HallPorts } from '../ports.ts';

/** The address of one of our own pages for a mail, in the language of the mail (UR-1). */
export const absoluteUrl = (hall: HallPorts, locale: Locale, path: string): string =>
  `${hall.site.origin}${localizedPath(locale, path)}`;
