import type { FindAppByIssuer } from '../apps/ports.ts';
import type { LogEvent, LogFacts } from '../kernel/log.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { HallPorts } from '../signin/ports.ts';
import type { Operator } from './wire/metadata.ts';

/** One year whose endpoints serve. */
export interface ServingYear {
  readonly year: number;
  readonly state: 'live' | 'retiring';
  readonly key: CryptoKey;
  /** Base64 DER on one line: the signing certificate, then one that was just replaced, for a day (Y11). */
  readonly certificates: readonly [string, ...string[]];
  readonly notAfter: EpochMs;
}

/** The SAML side of the key ring. Answers come from isolate memory, at most a minute old. */
export interface SamlYears {
  /** The year if its endpoints serve; null for one that is future, retired or never was (E4). */
  readonly serving: (year: number) => Promise<ServingYear | null>;
  /** Every serving year, the newest first. */
  readonly all: () => Promise<readonly ServingYear[]>;
  /** The signed metadata document of a serving year as published (M1). */
  readonly metadata: (year: number) => Promise<string | null>;
}

/** Builds the metadata of a year, signs it, and reads and verifies its own work; throws when that fails (Y9). */
export type MakeMetadata = (year: Omit<ServingYear, 'state'>) => Promise<string>;

/**
 * Remembers a message of an app for a day, and whom it is about (S17). When it was first met, which is `now` the first
 * time, so that a repeat can finish what a failure left undone; null when it was met about somebody else.
 */
export type RememberMessage = (
  app: string,
  id: string,
  whom: string,
  now: EpochMs,
) => Promise<EpochMs | null>;

/** Whom an app knows under a subject, and when that person disconnected it; null when nobody (Q3). */
export type FindPerson = (
  app: string,
  subject: string,
) => Promise<{ readonly account: string; readonly disconnectedAt: EpochMs | null } | null>;

/** Remembers that an app was answered from a year that ends, so that its people can be told (Y5). */
export type NoteYear = (year: number, app: string, now: EpochMs) => Promise<void>;

/** Assertions signed and sign-ins completed within a day (V23). */
export interface DayCount {
  /** Midnight UTC. */
  readonly start: EpochMs;
  readonly assertions: number;
  readonly signIns: number;
}

/** What the SAML door needs from outside. */
export interface SamlPorts {
  readonly hall: HallPorts;
  readonly findAppByIssuer: FindAppByIssuer;
  readonly years: SamlYears;
  readonly remember: RememberMessage;
  readonly findPerson: FindPerson;
  readonly noteYear: NoteYear;
  /** Counts an assertion that was signed (V23). */
  readonly issued: () => void;
  readonly operator: Operator;
  /** The page that explains error ids. */
  readonly docsUrl: string;
  /** One line for the log; facts are enumerations, counts and ids. */
  readonly log: (event: LogEvent, facts: LogFacts) => void;
}
