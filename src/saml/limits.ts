/** Numbers with a meaning in the protocol, each with its rule. Sizes of text are UTF-16 units unless they say bytes. */

/** T4: the longest query string, which is also the platform's own limit for an address. */
export const MAX_QUERY_LENGTH = 16 * 1024;
/** T4: the longest form body, in bytes. */
export const MAX_BODY_BYTES = 128 * 1024;
/** T4: the longest message before base64 is undone. */
export const MAX_ENCODED_LENGTH = 96 * 1024;
/** R1: twice and more what any toolkit is known to send; the documented 80 bytes are exceeded by well-known brokers. */
export const MAX_RELAY_STATE_BYTES = 4096;
/** X8: the longest `ID` of a message. */
export const MAX_ID_LENGTH = 256;

/** P10: how long the receiver may accept the assertion. */
export const CONFIRMATION_SECONDS = 180;
/** P11: the assertion holds from this long before it was made, for clocks that run behind ours. */
export const NOT_BEFORE_SKEW_SECONDS = 5;
/** P11: how long the assertion's statements hold. */
export const CONDITIONS_SECONDS = 3600;

/** S17: the skew allowed when a LogoutRequest says until when it holds. */
export const LOGOUT_SKEW_SECONDS = 300;
/** Section 17: how many assertions one remote logout may name. */
export const MOST_SESSION_INDEXES = 32;
/** Section 17: how far `IssueInstant` may be from now, for apps that want it checked. */
export const ISSUE_INSTANT_WINDOW_SECONDS = 300;
/** Section 17: `validUntil` of the full metadata view. */
export const METADATA_VALID_SECONDS = 14 * 24 * 3600;
