import type { SignInAccount } from '../accounts/model.ts';
import type { NewEvent, SecondFactorRecord, SecondFactorSuccess } from '../accounts/ports/events.ts';
import type { Result } from '../kernel/result.ts';
import type { PersonalKey } from '../proofing/model.ts';
import type { FactorKind } from './model.ts';
import type { Card, HeldCard } from './piv/model.ts';
import type { HeldCredential, WebauthnCredential, WebauthnKind } from './webauthn/model.ts';

/** Second factors in the database. Secrets go in and come out in the clear; rows hold them sealed. */
export interface Factors {
  /** TOTP secrets of an account, with their last accepted steps (one round trip). */
  readonly totps: (account: string) => Promise<
    readonly {
      readonly id: string;
      readonly secret: Uint8Array<ArrayBuffer>;
      readonly lastStep: number | null;
    }[]
  >;
  readonly addTotp: (input: {
    readonly account: string;
    readonly name: string;
    readonly secret: Uint8Array<ArrayBuffer>;
    readonly step: number;
    readonly event: NewEvent;
  }) => Promise<Result<{ readonly id: string }, { reason: 'limit' | 'name_taken' }>>;
  /**
   * Remembers the accepted step and, in the same write, the success; null when the same or a later step was accepted
   * before: a replay (TO-1), which leaves no trace.
   */
  readonly acceptTotpStep: (
    id: string,
    step: number,
    success: SecondFactorSuccess,
  ) => Promise<SecondFactorRecord | null>;
  readonly rename: (
    account: string,
    id: string,
    name: string,
  ) => Promise<Result<null, { reason: 'gone' | 'name_taken' }>>;
  /**
   * Revokes remembered devices too (MM-3). False when it is gone, the last method (MM-2), or the event's session was ended
   * meanwhile; `undo` takes back one that was added a moment ago, even the last.
   */
  readonly remove: (account: string, id: string, event: NewEvent, undo?: boolean) => Promise<boolean>;

  /** Stores a new WebAuthn credential; a credential id belongs to one account (WebAuthn section 7.1). */
  readonly addWebauthn: (input: {
    readonly account: string;
    readonly kind: WebauthnKind;
    readonly name: string;
    readonly credential: WebauthnCredential;
    readonly event: NewEvent;
  }) => Promise<Result<{ readonly id: string }, { reason: 'name_taken' | 'credential_taken' }>>;
  readonly webauthnCredentials: (account: string) => Promise<readonly HeldCredential[]>;
  /** By credential id, base64url, whoever's it is; and the account it opens (one round trip). */
  readonly findByCredential: (
    id: string,
  ) => Promise<{ readonly held: HeldCredential; readonly account: SignInAccount } | null>;
  /**
   * Keeps the credential as its use left it and writes the success down; null when another use came first, so that of
   * several one wins.
   */
  readonly recordSecondUse: (
    held: HeldCredential,
    used: WebauthnCredential,
    success: SecondFactorSuccess,
  ) => Promise<SecondFactorRecord | null>;

  /**
   * Stores a card; its subject belongs to one account (PV-2). `replaces` is a card of the same account that goes in the
   * same moment, with what its removal means (MM-3).
   */
  readonly addCard: (input: {
    readonly account: string;
    readonly name: string;
    readonly card: Card;
    readonly replaces: string | null;
    readonly event: NewEvent;
  }) => Promise<Result<{ readonly id: string }, { reason: 'limit' | 'name_taken' | 'card_taken' }>>;
  readonly cards: (account: string) => Promise<readonly HeldCard[]>;
  /** By the subject of its certificate (`Card.identity`), whoever's it is; and the account it opens (one round trip). */
  readonly findByCard: (
    identity: string,
  ) => Promise<{ readonly held: HeldCard; readonly account: SignInAccount } | null>;
  /**
   * Keeps when it was used and the names its certificate bears now, and writes the success down; null when it was removed
   * meanwhile.
   */
  readonly recordSecondCardUse: (
    held: HeldCard,
    card: Card,
    success: SecondFactorSuccess,
  ) => Promise<SecondFactorRecord | null>;

  /**
   * Replaces all codes with new ones and returns them, normalised; revokes remembered devices on regeneration (BC-3). None
   * when the event's session was ended meanwhile.
   */
  readonly replaceBackupCodes: (
    account: string,
    event: NewEvent,
    regenerated: boolean,
  ) => Promise<readonly string[]>;
  /**
   * Consumes a code atomically and writes the success down with it; tells how many are left, null when it is not a live
   * code of this account.
   */
  readonly consumeBackupCode: (
    normalised: string,
    success: SecondFactorSuccess,
  ) => Promise<(SecondFactorRecord & { readonly left: number }) | null>;
  /**
   * Deletes them all and revokes remembered devices (BC-3); false when no other method than face or touch unlock would be
   * left (MM-2). `undo`: they were made a moment ago and are taken back, whatever is left.
   */
  readonly deleteBackupCodes: (account: string, event: NewEvent, undo?: boolean) => Promise<boolean>;
  /** A personal key as second factor, which no page offers any more (PK-1). */
  readonly addPersonalKey: (input: {
    readonly account: string;
    readonly key: PersonalKey;
    readonly event: NewEvent;
  }) => Promise<void>;
  /** Uses it up and writes the success down with it; null when it is not the key of this account. */
  readonly consumePersonalKey: (
    key: PersonalKey,
    success: SecondFactorSuccess,
  ) => Promise<SecondFactorRecord | null>;
  /** Kinds held now, for session facts. */
  readonly kinds: (account: string) => Promise<readonly FactorKind[]>;
}
