import type { developers as english } from '../en/developers.ts';
import type { Translation } from '../translation.ts';

export const developers = {
  'developers.home.title': 'Para desarrolladores',
  'developers.nav.label': 'Páginas para desarrolladores',
  'developers.page.english': 'Esta página solo está disponible en inglés.',
  'developers.support.title': 'Diccionario de errores',
} as const satisfies Translation<typeof english>;
