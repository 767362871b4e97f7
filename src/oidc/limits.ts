/**
 * Numbers with a meaning in the protocol, each with its clause. Lengths of parameters are in UTF-16 code units after
 * decoding, sizes of messages in characters as received.
 */

/** CFG-8: fewest characters of `state` and of `nonce`. */
export const MIN_STATE_LENGTH = 22;
/** AUT-3: relying parties pack return addresses and more into `state`; twice the promised 4096 characters. */
export const MAX_STATE_LENGTH = 8192;
/** AUT-3: twice the promised 1024 characters. */
export const MAX_NONCE_LENGTH = 2048;
/** The longest any other protocol parameter may be. */
export const MAX_PARAMETER_LENGTH = 2048;
/** An id_token with attributes is a few kilobytes. */
export const MAX_ID_TOKEN_HINT_LENGTH = 8192;
/** RFC 5321 section 4.5.3.1.3: an address fits in 254 characters; a longer hint cannot be one. */
export const MAX_LOGIN_HINT_LENGTH = 254;
/** The whole query of an authorization or logout request, and its form when posted. */
export const MAX_QUERY_LENGTH = 16 * 1024;

/** The whole body of a token request; an assertion may carry its certificate chain. */
export const MAX_TOKEN_BODY_LENGTH = 32 * 1024;
export const MAX_CLIENT_ASSERTION_LENGTH = 16 * 1024;
/** TOK-7: leeway on `exp` and `nbf` of a client assertion. */
export const ASSERTION_LEEWAY_SECONDS = 30;
/** TOK-8: `iat` must lie less than this far ahead. */
export const ASSERTION_IAT_AHEAD_SECONDS = 10;
/** TOK-9: longer ids are not remembered. */
export const MAX_JTI_LENGTH = 512;

/** NET-6: what one isolate answers one app at one address; a hundred a second is more than any app signs people in. */
export const MAX_REQUESTS_PER_MINUTE = 6000;

/** CFG-9, AUT-15: the shortest `verified_within`. */
export const MIN_VERIFIED_WITHIN_DAYS = 30;

/** CFG-7, DSC-1, JWK-1: how long discovery and keys may be cached. */
export const PUBLIC_CACHE_SECONDS = 604_800;
/** NET-1: how long a preflight answer holds. */
export const PREFLIGHT_MAX_AGE_SECONDS = 7200;
