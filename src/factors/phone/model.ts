declare const e164: unique symbol;

/** A telephone number in international form, `+` and 7 to 15 digits (ITU-T E.164). Made by `readPhoneNumber` only. */
export type E164 = string & { readonly [e164]: true };

/** How a code reaches a phone. */
export const CHANNELS = ['sms', 'voice'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Whether a word from outside names a channel. */
export const isChannel = (word: unknown): word is Channel => word === 'sms' || word === 'voice';

/** A number that follows its country's numbering plan. */
export interface PhoneNumber {
  readonly e164: E164;
  /** ISO 3166-1 alpha-2 of the country or territory the number belongs to. */
  readonly country: string;
  /** Digits after the calling code, without a trunk prefix. */
  readonly national: string;
}

/** A phone of an account, opened (DM-3). */
export interface HeldPhone {
  readonly id: string;
  readonly number: E164;
  readonly country: string;
  /** How its owner prefers to get codes (PH-5). */
  readonly delivery: Channel;
  readonly isDefault: boolean;
  readonly createdAt: number;
}

/** Why a message did not reach a number (PH-7); each has words of its own. */
export const DELIVERY_FAILURES = [
  'invalid_number',
  'unsupported_area',
  'unavailable',
  'opted_out',
  'throttled',
  'landline',
  'blocked',
] as const;
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number];

/** What kind of line a look-up found (PH-2). */
export type LineType = 'mobile' | 'landline' | 'voip' | 'premium' | 'blocked' | 'unknown';
