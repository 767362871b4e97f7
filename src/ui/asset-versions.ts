/** Made by scripts/build-assets.ts: a short hash of what each asset is made of, so that browsers may cache for a year. */
export const assetVersions = {
  'catalogues/es.json': '540361bd',
  'catalogues/fr.json': '3386ef83',
  'catalogues/zh.json': '528a655e',
  'gatehouse.css': '14e02f5b',
  'images/favicon.svg': '3a1970d1',
  'images/mark.png': 'c7752e01',
  'js/auto-post.js': '583a00fe',
  'js/page.js': '874c8e23',
  'js/password-strength.js': '2941fa1c',
  'js/saml-decoder.js': '27423583',
  'js/webauthn.js': '8bb904a2',
  'reference/errors.json': '070c6757',
  'reference/openapi-live.json': '6f9ab848',
  'reference/openapi.json': 'd4d037af',
  'words/common-passwords.txt': 'f035d513',
} as const;
