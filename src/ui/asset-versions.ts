/** Made by scripts/build-assets.ts: a short hash of what each asset is made of, so that browsers may cache for a year. */
export const assetVersions = {
  'catalogues/es.json': '2ad0d7bf',
  'catalogues/fr.json': 'f4d70475',
  'catalogues/zh.json': '586315c4',
  'gatehouse.css': '14e02f5b',
  'images/favicon.svg': '3a1970d1',
  'images/mark.png': 'c7752e01',
  'js/auto-post.js': '583a00fe',
  'js/page.js': '874c8e23',
  'js/password-strength.js': '2941fa1c',
  'js/saml-decoder.js': '27423583',
  'js/webauthn.js': '8bb904a2',
  'reference/errors.json': '49dba3e6',
  'reference/openapi-live.json': '064bef06',
  'reference/openapi.json': '32f813cc',
  'words/common-passwords.txt': 'f035d513',
} as const;
