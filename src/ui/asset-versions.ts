/** Made by scripts/build-assets.ts: a short hash of what each asset is made of, so that browsers may cache for a year. */
export const assetVersions = {
  'catalogues/es.json': '27029e64',
  'catalogues/fr.json': 'd3013df6',
  'catalogues/zh.json': 'a6ce72f8',
  'gatehouse.css': '7ef82952',
  'images/favicon.svg': '3a1970d1',
  'images/mark.png': 'c7752e01',
  'js/auto-post.js': '583a00fe',
  'js/page.js': '874c8e23',
  'js/password-strength.js': '2941fa1c',
  'js/saml-decoder.js': '27423583',
  'js/webauthn.js': '8bb904a2',
  'reference/errors.json': 'ab74cbfd',
  'reference/openapi-live.json': '3ee34bb0',
  'reference/openapi.json': '240741ba',
  'words/common-passwords.txt': 'f035d513',
} as const;
