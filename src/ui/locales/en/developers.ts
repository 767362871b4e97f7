export const developers = {
  'developers.home.title': 'For developers',
  'developers.nav.label': 'Developer pages',
  'developers.page.english': 'This page is available in English only.',
  'developers.support.title': 'Error dictionary',
} as const;
