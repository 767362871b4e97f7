import type { NewEvent } from '../accounts/ports/events.ts';
import type { Result } from '../kernel/result.ts';
import type { EpochMs } from '../kernel/time.ts';
import type {
  DataKeyWrap,
  Deactivation,
  PersonalKey,
  ProfileLevel,
  SealedProfile,
  UnlockedProfile,
  VerifiedIdentity,
} from './model.ts';

/** What somebody brought to open or to wrap a data key. Used at once, never stored. */
export type DataKeyOpener =
  /** What the one scrypt of the password yields beside the verifier (PI-13). */
  | { readonly kind: 'password'; readonly key: Uint8Array }
  | { readonly kind: 'personal_key'; readonly key: PersonalKey }
  /** 32 bytes of an authenticator's PRF extension, and the factor it is. */
  | { readonly kind: 'prf'; readonly factor: string; readonly output: Uint8Array };

/**
 * Why a profile stays closed: there is no wrap of this kind; it is the wrong key; or wrap or data are not what was stored
 * for this person and profile (PI-7).
 */
export type OpenRefusal = { readonly reason: 'no_wrap' | 'wrong_key' | 'damaged' };

/** New wraps for a profile, to be stored together with what makes them necessary. */
export interface Rewrap {
  readonly profile: string;
  readonly wraps: readonly DataKeyWrap[];
}

/** Verified identities, sealed. Each method is one round trip unless it says otherwise. */
export interface Profiles {
  /** The active profile, else the newest one. */
  readonly find: (account: string) => Promise<SealedProfile | null>;
  /** No storage call. */
  readonly open: (
    account: string,
    profile: SealedProfile,
    opener: DataKeyOpener,
  ) => Promise<Result<UnlockedProfile, OpenRefusal>>;
  /** Wraps the data key of an open profile once more. No storage call. */
  readonly wrap: (
    account: string,
    unlocked: Pick<UnlockedProfile, 'id' | 'dataKey'>,
    opener: DataKeyOpener,
  ) => Promise<DataKeyWrap>;
  /**
   * Encrypts a verified identity under a new data key, wrapped for these openers, in place of whatever profile the account
   * had (PI-15: the data key rotates when somebody is verified anew).
   */
  readonly create: (input: {
    readonly account: string;
    readonly identity: VerifiedIdentity;
    readonly level: ProfileLevel;
    readonly verifiedAt: EpochMs;
    readonly openers: readonly DataKeyOpener[];
    readonly event: NewEvent;
  }) => Promise<UnlockedProfile>;
  /**
   * Stores wraps in place of those of the same kind and factor; false, and nothing happens, when the profile is gone or
   * was locked meanwhile.
   */
  readonly keep: (account: string, rewrap: Rewrap, at: EpochMs, event: NewEvent | null) => Promise<boolean>;
  /**
   * PW-7: wraps and activates in one step, with its original date; false when the profile is gone or active, or when the
   * account's password is no longer the record the wraps were made for.
   */
  readonly reactivate: (
    account: string,
    rewrap: Rewrap,
    password: string,
    events: readonly NewEvent[],
  ) => Promise<boolean>;
  /** PI-7: takes a profile out of use; one that is so already gets the new reason. */
  readonly deactivate: (account: string, profile: string, reason: Deactivation, at: EpochMs) => Promise<void>;
}
