/** Cost of scrypt (RFC 7914): `N` iterations (a power of two), block size `r`, parallelism `p`, output bytes `length`. */
export interface ScryptParams {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly length: number;
}

/** scrypt as a port: it costs memory and time, so the platform decides where it runs and how many run at once. */
export type Scrypt = (password: Uint8Array, salt: Uint8Array, params: ScryptParams) => Promise<Uint8Array>;
