import type { Accounts } from '../accounts/ports/accounts.ts';
import type { Attempts } from '../accounts/ports/attempts.ts';
import type { Passwords } from '../accounts/ports/passwords.ts';
import type { FindMailRoute } from '../accounts/rules/email-acceptance.ts';
import type { App } from '../apps/model.ts';
import type { FindApp } from '../apps/ports.ts';
import type { Connections } from '../consent/ports.ts';
import type { PhoneService, Phones } from '../factors/phone/ports.ts';
import type { CardPorts } from '../factors/piv/ports.ts';
import type { Factors } from '../factors/ports.ts';
import type { Locale } from '../kernel/locale.ts';
import type { Log } from '../kernel/log.ts';
import type { RequestContext } from '../kernel/request-context.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { Notice } from '../notices/notice.ts';
import type { Profiles } from '../proofing/ports.ts';
import type { GrantConditions, HandOff } from '../sessions/model.ts';
import type { SessionHandle, Sessions, StoredRequests } from '../sessions/ports.ts';
import type { DoorName, GrantedFacts, RefusalReason, StoredSignInRequest } from './model.ts';

export type Environment = 'local' | 'test' | 'sandbox' | 'staging' | 'production';

/** What pages and flows know of the deployment. */
export interface Site {
  readonly environment: Environment;
  readonly brand: string;
  /** Origin without a trailing slash: the base of every absolute link. */
  readonly origin: string;
  readonly secureCookies: boolean;
  /** Documentation pages, without a trailing slash. */
  readonly docsUrl: string;
  readonly links: {
    readonly help?: string;
    readonly privacy?: string;
    readonly security?: string;
    readonly contact?: string;
    readonly accessibility?: string;
    /** What the service is, for people who have not come from an app (UR-9). On no page of ours. */
    readonly marketing?: string;
  };
  /** End other sessions at sign-in, as the reference does (SE-2). */
  readonly singleSession: boolean;
  readonly rulesPublishedAt: EpochMs;
}

/** What a granted sign-in gives a door to encode. */
export interface Granted {
  /** The browser's hold on its session: what opens the personal data in `handOff`. */
  readonly handle: SessionHandle;
  readonly account: string;
  readonly facts: GrantedFacts;
  /** For doors that answer in one message; null with a code. */
  readonly handOff: HandOff | null;
  /** Minted for doors that asked for one. */
  readonly code: string | null;
}

export interface ToEncode {
  /** For a page of our own where there is no answer. */
  readonly c: RequestContext;
  readonly stored: Omit<StoredSignInRequest, 'id'>;
  readonly app: App;
  readonly locale: Locale;
  readonly now: EpochMs;
  readonly nonce: string;
  readonly answer:
    | { readonly kind: 'granted'; readonly granted: Granted }
    | { readonly kind: 'refused'; readonly reason: RefusalReason };
}

/** A front door as the hall sees it: it can prepare a code, encode an answer, and say where cancelling leads. */
export interface Door {
  /** What a code for this question holds; null when the door answers in one message. */
  readonly prepareCode: (
    stored: Omit<StoredSignInRequest, 'id'>,
    app: App,
  ) => { readonly payload: string; readonly conditions: GrantConditions } | null;
  /** Whether the answer goes to an address that only a device with the app on it opens (FLO-8). */
  readonly answersToDevice: (stored: Omit<StoredSignInRequest, 'id'>) => boolean;
  /** The answer on the wire; null when the question no longer fits the app's registration. */
  readonly encode: (input: ToEncode) => Promise<Response | null>;
}

/**
 * Tells people something, at the given addresses, in their language. Failing channels are logged, never thrown; the
 * answer is how many addresses could be reached.
 */
export type Notify = (to: readonly string[], locale: Locale, notice: Notice) => Promise<number>;

/** Seals and opens small cookies of our own. */
export interface CookieSeal {
  readonly seal: (name: string, text: string) => Promise<string>;
  readonly open: (name: string, value: string) => Promise<string | null>;
  /** Keyed tag over a short text, base64url. */
  readonly tag: (name: string, text: string) => string;
  /** CSRF token bound to a value: the secret of a browser nobody signed in with, or the address of a session. */
  readonly csrf: (value: Uint8Array) => string;
  /** Digest under which a browser's device cookie is known. */
  readonly device: (cookie: string) => string;
}

/** Everything the hall and the account rooms need from outside. */
export interface HallPorts {
  readonly site: Site;
  readonly sessions: Sessions;
  readonly requests: StoredRequests;
  readonly accounts: Accounts;
  readonly factors: Factors;
  readonly phones: Phones;
  /** Null where no telephone company is configured: phones are not offered there. */
  readonly phoneService: PhoneService | null;
  readonly profiles: Profiles;
  /** Null where no host for cards is set up: then nobody is offered one (PV-5). */
  readonly cards: CardPorts | null;
  readonly connections: Connections;
  readonly passwords: Passwords;
  readonly attempts: Attempts;
  readonly findApp: FindApp;
  readonly notify: Notify;
  readonly cookies: CookieSeal;
  readonly doors: Readonly<Partial<Record<DoorName, Door>>>;
  /** Most common passwords first; loaded once per isolate. */
  readonly commonPasswords: () => Promise<readonly string[]>;
  /** Whether a SHA-1 (upper-case hex) is in the breached list in use (SU-8). */
  readonly isBreached: (sha1: string) => Promise<boolean>;
  /** The same for passwords that sign in; null where an operator did not turn that on (PW-6). */
  readonly recheckBreached: HallPorts['isBreached'] | null;
  /** How mail reaches a domain (SU-2); failures pass. */
  readonly findMailRoute: FindMailRoute;
  readonly random: (length: number) => Uint8Array<ArrayBuffer>;
  /** Work that may finish after the response. */
  readonly after: (work: Promise<unknown>) => void;
  readonly log: Log;
}
