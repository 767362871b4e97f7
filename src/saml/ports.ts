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

/** Remembers a message id of an app; false when it was remembered already (S17). */
export type RememberMessage = (app: string, id: string, until: EpochMs, now: EpochMs) => Promise<boolean>;

/** The account that an app knows under a subject, if that person ever signed in there; null otherwise (Q3). */
export type FindPerson = (app: string, subject: string) => Promise<string | null>;

/** Remembers that an app was answered from a year that ends, so that its people can be told (Y5). */
export type NoteYear = (year: number, app: string, now: EpochMs) => Promise<void>;

/** What the SAML door needs from outside. */
export interface SamlPorts {
  readonly hall: HallPorts;
  readonly findAppByIssuer: FindAppByIssuer;
  readonly years: SamlYears;
  readonly remember: RememberMessage;
  readonly findPerson: FindPerson;
  readonly noteYear: NoteYear;
  readonly operator: Operator;
  /** The page that explains error ids. */
  readonly docsUrl: string;
  /** One line for the log; facts are enumerations, counts and ids. */
  readonly log: (event: LogEvent, facts: LogFacts) => void;
}
