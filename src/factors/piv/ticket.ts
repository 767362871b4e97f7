import { toBase64Url } from '../../kernel/bytes.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import { type EpochMs, MINUTE } from '../../kernel/time.ts';

/** What a card is presented for. */
export const CARD_PURPOSES = ['set-up', 'challenge', 'sign-in'] as const;
export type CardPurpose = (typeof CARD_PURPOSES)[number];

/** Where a browser goes on after its card was looked at. */
export const RETURN_PATHS: Readonly<Record<CardPurpose, string>> = {
  'set-up': '/piv_cac',
  challenge: '/login/two_factor/piv_cac',
  'sign-in': '/login/piv_cac',
};

/** How long somebody may take to find the card and type its PIN. */
export const TICKET_LIFETIME_MS = 10 * MINUTE;

/** What travels to the host on which the card is presented: no more than an errand and a nonce. */
export interface CardTicket {
  /** 128 random bits, base64url. */
  readonly nonce: string;
  readonly purpose: CardPurpose;
  readonly at: EpochMs;
}

/** Keyed tag over a short text. */
export type Tag = (text: string) => string;

const bodyOf = ({ nonce, purpose, at }: CardTicket): string => `${nonce}.${purpose}.${at.toString(36)}`;

/** A new errand. */
export const newTicket = (
  random: (length: number) => Uint8Array,
  purpose: CardPurpose,
  at: EpochMs,
): CardTicket => ({ nonce: toBase64Url(random(16)), purpose, at });

/** PV-1: the errand as text; tagged, so that the other host works for our own errands only. */
export const writeTicket = (ticket: CardTicket, tag: Tag): string =>
  `${bodyOf(ticket)}.${tag(bodyOf(ticket))}`;

/** Reads an errand; null when it is not ours or too old. */
export function readTicket(text: string, tag: Tag, now: EpochMs): CardTicket | null {
  const [, nonce, purposeText, atText, tagText] =
    /^([\w-]{22})\.([a-z-]{1,12})\.([0-9a-z]{1,11})\.([\w-]{1,64})$/.exec(text) ?? [];
  const purpose = CARD_PURPOSES.find((one) => one === purposeText);
  if (nonce === undefined || purpose === undefined || atText === undefined || tagText === undefined)
    return null;
  const ticket = { nonce, purpose, at: Number.parseInt(atText, 36) };
  if (!equalSecrets(tag(bodyOf(ticket)), tagText)) return null;
  return now >= ticket.at && now < ticket.at + TICKET_LIFETIME_MS ? ticket : null;
}
