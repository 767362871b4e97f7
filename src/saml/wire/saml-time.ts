import type { EpochMs } from '../../kernel/time.ts';

/** An instant as SAML writes it: UTC, whole seconds never rounded up, `Z` (SAML Core section 1.3.3, P4). */
export function samlTime(at: EpochMs): string {
  const second = Math.floor(at / 1000);
  const known = spelled.get(second);
  if (known !== undefined) return known;
  const made = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
  if (spelled.size >= MOST_SPELLED) spelled.clear();
  spelled.set(second, made);
  return made;
}

/** One answer has five instants, and all answers of a second have four of them in common. */
const spelled = new Map<number, string>();
const MOST_SPELLED = 64;

const XS_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

/** Reads an instant; one without a zone is UTC, as SAML demands. Null when it is none. */
export function readSamlTime(text: string): EpochMs | null {
  if (!XS_DATE_TIME.test(text)) return null;
  const at = Date.parse(/Z$|[+-]\d{2}:\d{2}$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
}
