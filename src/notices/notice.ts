/**
 * Every message Gatehouse sends about an account (accounts 22), with the facts its text needs. Addresses and the
 * language are given beside it. Urls are absolute.
 */
export type Notice =
  | { readonly kind: 'confirm-sign-up'; readonly url: string; readonly hours: number }
  | { readonly kind: 'already-registered'; readonly signInUrl: string; readonly resetUrl: string }
  | { readonly kind: 'sign-up-suspended' }
  | { readonly kind: 'confirm-added-email'; readonly url: string; readonly hours: number }
  | { readonly kind: 'added-email-taken'; readonly signInUrl: string }
  | { readonly kind: 'reset-password'; readonly url: string; readonly minutes: number }
  /** Somebody else may know the password: an operator asks for another one (PW-6). */
  | { readonly kind: 'please-reset-password'; readonly url: string }
  | { readonly kind: 'reset-unknown-account'; readonly signUpUrl: string; readonly address: string }
  | { readonly kind: 'reset-suspended' }
  | { readonly kind: 'password-changed'; readonly disavowUrl: string; readonly at: number }
  | { readonly kind: 'email-added'; readonly accountUrl: string; readonly at: number }
  | { readonly kind: 'email-deleted'; readonly accountUrl: string; readonly at: number }
  | {
      readonly kind: 'factor-added';
      /** In words of the message's language, with its owner's name for it. */
      readonly factor: string;
      readonly disavowUrl: string;
      readonly at: number;
    }
  | {
      readonly kind: 'factor-removed';
      /** In words of the message's language, with its owner's name for it. */
      readonly factor: string;
      readonly disavowUrl: string;
      readonly at: number;
    }
  | {
      readonly kind: 'new-device';
      /** false: only the password was given. */
      readonly complete: boolean;
      readonly browser: string;
      readonly place: string;
      /** When the password was given; null where a passkey or card stood for it. */
      readonly passwordAt: number | null;
      readonly at: number;
      readonly disavowUrl: string;
    }
  | { readonly kind: 'app-connected'; readonly app: string; readonly accountUrl: string; readonly at: number }
  | {
      readonly kind: 'app-disconnected';
      readonly app: string;
      readonly accountUrl: string;
      readonly at: number;
    }
  /** A personal key was issued in place of the one before (PK-2). */
  | { readonly kind: 'personal-key-issued'; readonly disavowUrl: string; readonly at: number }
  /** The personal key signed somebody in, or unlocked their data after a reset. */
  | { readonly kind: 'personal-key-used'; readonly disavowUrl: string; readonly at: number }
  | { readonly kind: 'account-deleted'; readonly at: number }
  | { readonly kind: 'browsers-forgotten'; readonly at: number }
  | { readonly kind: 'account-reset-requested'; readonly cancelUrl: string; readonly at: number }
  | { readonly kind: 'account-reset-ready'; readonly url: string; readonly hours: number }
  | { readonly kind: 'account-reset-cancelled'; readonly at: number }
  /** To the people who run an app: a new SAML year opened beside theirs (saml Y5). */
  | {
      readonly kind: 'saml-year-opened';
      readonly app: string;
      readonly year: number;
      readonly ends: number;
      readonly metadataUrl: string;
    }
  /** To the people whose app still uses a SAML year that ends soon. */
  | {
      readonly kind: 'saml-year-ends';
      readonly app: string;
      readonly old: number;
      readonly year: number;
      readonly ends: number;
      readonly metadataUrl: string;
    }
  | { readonly kind: 'account-suspended' }
  | { readonly kind: 'account-reinstated'; readonly signInUrl: string };
