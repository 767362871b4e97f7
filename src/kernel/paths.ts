/** Paths that appear both in routing and in published documents, written once. */
export const PATHS = {
  discovery: '/.well-known/openid-configuration',
  oauthMetadata: '/.well-known/oauth-authorization-server',
  authorize: '/openid_connect/authorize',
  token: '/api/openid_connect/token',
  userinfo: '/api/openid_connect/userinfo',
  certs: '/api/openid_connect/certs',
  logout: '/openid_connect/logout',
} as const;
