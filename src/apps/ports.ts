import type { Result } from '../kernel/result.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { App, AppSettings } from './model.ts';

/** The app with this issuer (byte for byte), active or not; at most 30 s old. */
export type FindAppByIssuer = (issuer: string) => Promise<App | null>;
/** The app with this uuid; at most 30 s old. */
export type FindApp = (uuid: string) => Promise<App | null>;
/** Whether this origin (scheme, host, port) belongs to a registered redirect URI of any active app (NET-1). */
export type IsRegisteredOrigin = (origin: string) => Promise<boolean>;

/** Where app settings are written; every write appends an audit line with the object before and after (P50). */
export interface AppRegistry {
  /** All apps in issuer order, uncached. */
  readonly list: () => Promise<readonly App[]>;
  /** Uncached reads for the machine interface. */
  readonly byUuid: (uuid: string) => Promise<App | null>;
  readonly byIssuer: (issuer: string) => Promise<App | null>;
  readonly create: (
    settings: AppSettings,
    actor: string,
    now: EpochMs,
  ) => Promise<Result<App, { reason: 'issuer_taken' }>>;
  /** Replaces all settings; the issuer cannot change. `etag`, when given, must be the current one. */
  readonly replace: (
    uuid: string,
    settings: AppSettings,
    actor: string,
    now: EpochMs,
    etag: string | null,
  ) => Promise<Result<App, { reason: 'not_found' | 'stale' }>>;
  /** `etag`, when given, must be the current one. */
  readonly remove: (
    uuid: string,
    actor: string,
    now: EpochMs,
    etag: string | null,
  ) => Promise<Result<null, { reason: 'not_found' | 'stale' }>>;
  /** All or nothing: creates and replaces in one transaction. */
  readonly importAll: (
    settings: readonly AppSettings[],
    actor: string,
    now: EpochMs,
  ) => Promise<{ created: string[]; updated: string[] }>;
}

/** One stored line of history (P50). */
export interface AuditEntry {
  readonly id: number;
  readonly time: EpochMs;
  readonly actor: string;
  readonly action: string;
  readonly itemType: string;
  readonly itemId: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

/** History, newest first: of one item or of all, before the entry `before` when given, at most `limit` lines. */
export type ReadAudit = (query: {
  readonly itemId: string | null;
  readonly before: number | null;
  readonly limit: number;
}) => Promise<readonly AuditEntry[]>;

/** Keeps the rebuilt bytes of a logo under their SHA-256 (lower-case hex); saving twice is harmless. */
export type SaveLogo = (sha256: string, type: 'png' | 'svg', bytes: Uint8Array) => Promise<void>;
/** The bytes of a stored logo. */
export type LoadLogo = (sha256: string, type: 'png' | 'svg') => Promise<Uint8Array<ArrayBuffer> | null>;

/** An answer as it is kept for a request sent again. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Requests that named an `Idempotency-Key` in the last 24 hours (M3); keys and requests are digests. */
export interface AnsweredRequests {
  /** Takes the key for this request, or tells what it was used for; of two at once one gets it. */
  readonly begin: (
    key: string,
    request: string,
    now: EpochMs,
  ) => Promise<
    | { readonly kind: 'new' | 'running' | 'other' }
    | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  >;
  /** Keeps the answer of the request that took the key. */
  readonly finish: (key: string, answer: KeptAnswer) => Promise<void>;
  /** Frees the key: nothing was done. */
  readonly release: (key: string) => Promise<void>;
}
