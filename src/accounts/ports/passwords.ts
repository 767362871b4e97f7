/** What one derivation of a new password gives. */
export interface NewPassword {
  /** Sealed, for storage. */
  readonly record: string;
  /** 32 bytes that wrap the person's data key (PI-13); follow from the password and this record alone. Never stored. */
  readonly dataKey: Uint8Array;
}

/** Passwords: one expensive derivation each, whether or not the account exists (AE-2). */
export interface Passwords {
  /** Throws `Busy` when too many derivations are queued (platform PW-3). */
  readonly make: (account: string, password: string) => Promise<NewPassword>;
  /**
   * Compares; an absent record costs the same and never matches. `dataKey` is what this record's derivation gave, null for
   * an imported one. `upgraded` is a new record to store, with the key that wraps must be moved to in the same breath.
   */
  readonly verify: (
    account: string | null,
    record: string | null,
    password: string,
  ) => Promise<
    | { readonly matches: false; readonly dataKey: null; readonly upgraded: null }
    | {
        readonly matches: true;
        readonly dataKey: Uint8Array | null;
        readonly upgraded: NewPassword | null;
      }
  >;
}
