declare const verified: unique symbol;

/**
 * A value whose every part was covered by a signature that verified. Only `verifyEnvelopedSignature` and
 * `verifyRedirectSignature` make one, so a function that asks for it cannot be given what somebody else wrote.
 */
export type Verified<T> = T & { readonly [verified]: true };

/** The brand's maker, for those two functions alone; a test keeps it that way. */
export const markVerified = <T>(value: T): Verified<T> => value as Verified<T>;
