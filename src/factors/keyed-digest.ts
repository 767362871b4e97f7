/** A digest, as text, under a key that the database does not hold. One key for each kind of value. */
export type KeyedDigest = (value: string) => string;
