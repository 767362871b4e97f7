import { err, ok, type Result } from '../../kernel/result.ts';

declare const emailAddress: unique symbol;
/** A well-formed address, trimmed and lower-case: the form that is stored, compared and fingerprinted (SU-2). */
export type EmailAddress = string & { readonly [emailAddress]: true };

/** Characters of a whole address and of its local part (RFC 5321 section 4.5.3.1). */
export const EMAIL_MAX = 254;
const LOCAL_MAX = 64;
const LONGEST_INPUT = 1024;

export type EmailRefusal = { readonly reason: 'missing' | 'malformed' | 'domain_not_ascii' };

const NOT_ASCII = /[^\x20-\x7e]/;
/** Dot-atom of RFC 5322 section 3.2.3; quoted local parts are lawful but nobody has one. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const NUMERIC = /^\d+$/;

/** At least two labels of letters, digits and inner dashes, the last of them not a number. */
function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return (
    labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !NUMERIC.test(labels.at(-1) ?? '')
  );
}

/**
 * Reads an address as typed (SU-2). The ASCII check comes before lower-casing, since some other letters, the Kelvin
 * sign for one, turn into ASCII ones when lower-cased and would slip into somebody else's address.
 */
export function readEmailAddress(input: string): Result<EmailAddress, EmailRefusal> {
  if (input.length > LONGEST_INPUT) return err({ reason: 'malformed' });
  const trimmed = input.trim();
  if (trimmed === '') return err({ reason: 'missing' });
  const at = trimmed.lastIndexOf('@');
  if (at < 0) return err({ reason: 'malformed' });
  if (NOT_ASCII.test(trimmed.slice(at + 1))) return err({ reason: 'domain_not_ascii' });
  if (NOT_ASCII.test(trimmed) || trimmed.length > EMAIL_MAX) return err({ reason: 'malformed' });
  const address = trimmed.toLowerCase();
  const local = address.slice(0, at);
  if (local.length > LOCAL_MAX || !LOCAL.test(local) || !isDomain(address.slice(at + 1)))
    return err({ reason: 'malformed' });
  return ok(address as EmailAddress); // the brand's one maker
}

/** What stands before the at sign. */
export const localPart = (address: EmailAddress): string => address.slice(0, address.lastIndexOf('@'));

/** What stands after it. */
export const domainPart = (address: EmailAddress): string => address.slice(address.lastIndexOf('@') + 1);
