import { type EpochMs, MINUTE } from '../../kernel/time.ts';
import { type Card, type CertificateError, PIV_ERRORS } from './model.ts';

/** What the host on which cards are presented found out, on its way back. */
export interface CardFinding {
  readonly at: EpochMs;
  readonly result: { readonly card: Card } | { readonly error: CertificateError };
}

/** A finding is fetched by a redirect at once. */
export const FINDING_LIFETIME_MS = 2 * MINUTE;

/** The name a finding is sealed under: with another nonce it does not open (PV-1). */
export const findingName = (nonce: string): string => `card-token|${nonce}`;

export const writeFinding = (finding: CardFinding): string => JSON.stringify(finding);

const isCertificateError = (value: unknown): value is CertificateError =>
  PIV_ERRORS.some((error) => error === value && error.startsWith('certificate.'));

const entriesOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);

/** Reads a finding that was opened; null when it is too old or not one. */
export function readFinding(text: string, now: EpochMs): CardFinding | null {
  const found = entriesOf(JSON.parse(text));
  const result = entriesOf(found.get('result'));
  const at = found.get('at');
  if (typeof at !== 'number' || now < at || now >= at + FINDING_LIFETIME_MS) return null;
  const error = result.get('error');
  if (isCertificateError(error)) return { at, result: { error } };
  const card = entriesOf(result.get('card'));
  const [identity, subject, issuer, keyId] = ['identity', 'subject', 'issuer', 'keyId'].map((name) =>
    card.get(name),
  );
  if (typeof identity !== 'string' || typeof subject !== 'string') return null;
  if (typeof issuer !== 'string' || typeof keyId !== 'string') return null;
  return { at, result: { card: { identity, subject, issuer, keyId } } };
}
