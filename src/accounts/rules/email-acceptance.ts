import { err, ok, type Result } from '../../kernel/result.ts';
import { DISPOSABLE_DOMAINS, isUnder } from './disposable-domains.ts';
import { domainPart, type EmailAddress, type EmailRefusal, readEmailAddress } from './email-address.ts';

/** Whether a domain takes mail: an MX record, else an A record. A failing resolver answers true (SU-2). */
export type HasMailRoute = (domain: string) => Promise<boolean>;

/** Providers the sandbox refuses (SU-2): they treat its test mail as abuse. */
export const SANDBOX_REFUSED_DOMAINS: ReadonlySet<string> = new Set([
  'aol.com',
  'bellsouth.net',
  'outlook.com',
  'yahoo.com',
]);

export interface EmailAcceptance {
  readonly sandbox: boolean;
  readonly hasMailRoute: HasMailRoute;
  /** Throw-away domains; the built-in list unless a deployment has a longer one. */
  readonly disposableDomains?: ReadonlySet<string>;
}

export type EmailAcceptanceRefusal =
  | EmailRefusal
  | { readonly reason: 'disposable_domain' | 'refused_in_sandbox' | 'no_mail_route' };

/** Everything SU-2 asks of a new address, for sign-up and for adding one (EM-1). The resolver is asked last. */
export async function acceptEmailAddress(
  input: string,
  { sandbox, hasMailRoute, disposableDomains = DISPOSABLE_DOMAINS }: EmailAcceptance,
): Promise<Result<EmailAddress, EmailAcceptanceRefusal>> {
  const read = readEmailAddress(input);
  if (!read.ok) return read;
  const domain = domainPart(read.value);
  if (isUnder(domain, disposableDomains)) return err({ reason: 'disposable_domain' });
  if (sandbox && SANDBOX_REFUSED_DOMAINS.has(domain)) return err({ reason: 'refused_in_sandbox' });
  return (await hasMailRoute(domain)) ? ok(read.value) : err({ reason: 'no_mail_route' });
}
