import { err, ok, type Result } from '../../kernel/result.ts';
import { isGoogleMail } from './base-address.ts';
import { DISPOSABLE_DOMAINS, isUnder } from './disposable-domains.ts';
import { domainPart, type EmailAddress, type EmailRefusal, readEmailAddress } from './email-address.ts';

/** How mail reaches a domain. A failing resolver says that it does, by nobody knows which host (SU-2). */
export interface MailRoute {
  /** An MX record, else an A record. */
  readonly takesMail: boolean;
  /** The hosts of its MX records. */
  readonly hosts: readonly string[];
}
export type FindMailRoute = (domain: string) => Promise<MailRoute>;

/** An address somebody may use here, and what the same look-up told of its spellings (SU-4). */
export interface AcceptedAddress {
  readonly address: EmailAddress;
  readonly mailIsGoogle: boolean;
}

/** Providers the sandbox refuses (SU-2): they treat its test mail as abuse. */
export const SANDBOX_REFUSED_DOMAINS: ReadonlySet<string> = new Set([
  'aol.com',
  'bellsouth.net',
  'outlook.com',
  'yahoo.com',
]);

export interface EmailAcceptance {
  readonly sandbox: boolean;
  readonly findMailRoute: FindMailRoute;
  /** Throw-away domains; the built-in list unless a deployment has a longer one. */
  readonly disposableDomains?: ReadonlySet<string>;
}

export type EmailAcceptanceRefusal =
  | EmailRefusal
  | { readonly reason: 'disposable_domain' | 'refused_in_sandbox' | 'no_mail_route' };

/** Everything SU-2 asks of a new address, for sign-up and for adding one (EM-1). The resolver is asked last. */
export async function acceptEmailAddress(
  input: string,
  { sandbox, findMailRoute, disposableDomains = DISPOSABLE_DOMAINS }: EmailAcceptance,
): Promise<Result<AcceptedAddress, EmailAcceptanceRefusal>> {
  const read = readEmailAddress(input);
  if (!read.ok) return read;
  const domain = domainPart(read.value);
  if (isUnder(domain, disposableDomains)) return err({ reason: 'disposable_domain' });
  if (sandbox && SANDBOX_REFUSED_DOMAINS.has(domain)) return err({ reason: 'refused_in_sandbox' });
  const { takesMail, hosts } = await findMailRoute(domain);
  return takesMail
    ? ok({ address: read.value, mailIsGoogle: isGoogleMail(hosts) })
    : err({ reason: 'no_mail_route' });
}
