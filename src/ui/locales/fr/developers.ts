import type { developers as english } from '../en/developers.ts';
import type { Translation } from '../translation.ts';

export const developers = {
  'developers.home.title': 'Pour les développeurs',
  'developers.nav.label': 'Pages pour les développeurs',
  'developers.page.english': 'Cette page n’est disponible qu’en anglais.',
  'developers.support.title': 'Dictionnaire des erreurs',
} as const satisfies Translation<typeof english>;
