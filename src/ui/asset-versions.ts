/** Made by scripts/build-assets.ts: a short hash of what each asset is made of, so that browsers may cache for a year. */
export const assetVersions = {
  'gatehouse.css': '93899434',
  'images/favicon.svg': '3a1970d1',
  'images/mark.png': 'c7752e01',
  'js/page.js': 'ce7ae99b',
  'js/password-strength.js': '3b160763',
  'words/common-passwords.txt': '4f041005',
} as const;
