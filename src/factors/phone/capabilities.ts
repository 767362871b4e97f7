import type { Channel, E164 } from './model.ts';
import { type NumberPlan, numberPlans, planOf } from './number-plans.ts';

/** What a country's numbers can get, before and after a number was confirmed once (PH-1). */
export interface CountryCapability {
  readonly country: string;
  readonly code: string;
  readonly sms: boolean;
  readonly voice: boolean;
  readonly smsUnconfirmed: boolean;
  readonly voiceUnconfirmed: boolean;
}

/** Calls are cheap and well understood here, also to strangers. */
const VOICE_FOR_ALL: ReadonlySet<string> = new Set(['US', 'CA', 'PR', 'GU', 'VI', 'AS', 'MP']);
/** Calls only to numbers that proved to be somebody's: a first call to a stranger is what toll fraud lives on. */
const VOICE_CONFIRMED: ReadonlySet<string> = new Set([
  'AU',
  'DE',
  'ES',
  'FR',
  'GB',
  'IE',
  'IT',
  'JP',
  'KR',
  'MX',
]);
/** A text costs many times the usual here: only for numbers confirmed already. */
const TEXT_CONFIRMED: ReadonlySet<string> = new Set(['BI', 'LY', 'SO', 'TJ', 'TM', 'UZ', 'YE']);
/** Numbers exist, but no route delivers texts reliably. */
const NO_TEXT: ReadonlySet<string> = new Set(['ER', 'IO', 'SS', 'SJ', 'TK', 'VA', 'WF', 'CC', 'CX']);

/** Which countries an operator serves; null: all we can reach. */
export type CountryAllowList = ReadonlySet<string> | null;

const capability = ({ country, code }: NumberPlan): CountryCapability => ({
  country,
  code,
  sms: !NO_TEXT.has(country),
  voice: VOICE_FOR_ALL.has(country) || VOICE_CONFIRMED.has(country),
  smsUnconfirmed: !NO_TEXT.has(country) && !TEXT_CONFIRMED.has(country),
  voiceUnconfirmed: VOICE_FOR_ALL.has(country),
});

/** What a country can get here; null when it is not served. */
export function capabilityOf(country: string, allowed: CountryAllowList): CountryCapability | null {
  const plan = planOf(country);
  return plan === null || (allowed !== null && !allowed.has(country)) ? null : capability(plan);
}

/** All countries served, in no particular order. */
export const capabilities = (allowed: CountryAllowList): readonly CountryCapability[] =>
  [...numberPlans().values()]
    .map(capability)
    .filter(({ country }) => allowed === null || allowed.has(country));

/** Whether a channel may be used for a number of this country. */
export function canReach(
  { sms, voice, smsUnconfirmed, voiceUnconfirmed }: CountryCapability,
  channel: Channel,
  confirmed: boolean,
): boolean {
  if (channel === 'sms') return confirmed ? sms : smsUnconfirmed;
  return confirmed ? voice : voiceUnconfirmed;
}

/** The block of a hundred or a thousand neighbours a number belongs to: what pumped traffic walks through. */
export const blockOf = (number: E164): string => number.slice(0, -3);

/** Countries most people here call from; their hourly share of codes to new numbers is larger. */
export const isHomeCountry = (country: string): boolean => VOICE_FOR_ALL.has(country);
