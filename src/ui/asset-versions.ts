/** Made by scripts/build-assets.ts: a short hash of what each asset is made of, so that browsers may cache for a year. */
export const assetVersions = {
  'gatehouse.css': '40aa0f81',
  'images/favicon.svg': '3a1970d1',
  'images/mark.png': 'c7752e01',
  'js/auto-post.js': 'aa278ca0',
  'js/page.js': '883fc51c',
  'js/password-strength.js': '3b160763',
  'js/saml-decoder.js': 'db182768',
  'js/webauthn.js': 'b83ee03e',
  'words/common-passwords.txt': '4f041005',
} as const;
