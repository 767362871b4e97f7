/** Made by scripts/build-assets.ts: a short hash of what each asset is made of, so that browsers may cache for a year. */
export const assetVersions = {
  'catalogues/es.json': '14eec422',
  'catalogues/fr.json': '4f6d939f',
  'catalogues/zh.json': '7e90c752',
  'gatehouse.css': '7ef82952',
  'images/favicon.svg': '3a1970d1',
  'images/mark.png': 'c7752e01',
  'js/auto-post.js': '583a00fe',
  'js/page.js': '874c8e23',
  'js/password-strength.js': '2941fa1c',
  'js/saml-decoder.js': '27423583',
  'js/webauthn.js': '8bb904a2',
  'reference/errors.json': '070c6757',
  'reference/openapi-live.json': 'ec705f3f',
  'reference/openapi.json': '65a67ec1',
  'words/common-passwords.txt': 'f035d513',
} as const;
