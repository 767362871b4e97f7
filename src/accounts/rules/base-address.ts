import { domainPart, type EmailAddress, localPart } from './email-address.ts';

const GOOGLE_DOMAINS: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);
const GOOGLE_MAIL_HOST = /(^|\.)(?:google|googlemail)\.com\.?$/;

/** Whether a domain's mail hosts are Google's, which ignore dots and tags for every domain they serve (SU-4). */
export const isGoogleMail = (mailHosts: readonly string[]): boolean =>
  mailHosts.some((host) => GOOGLE_MAIL_HOST.test(host.toLowerCase()));

/**
 * The mailbox behind an address (SU-4): at Google, dots and everything from a `+` on make no difference, and
 * googlemail.com is gmail.com; elsewhere the address itself. Used only to block, never to find an account.
 */
export function baseAddress(address: EmailAddress, mailIsGoogle: boolean): string {
  const domain = domainPart(address);
  if (!mailIsGoogle && !GOOGLE_DOMAINS.has(domain)) return address;
  const local = localPart(address).replace(/\+.*$/, '').replaceAll('.', '');
  return `${local}@${domain === 'googlemail.com' ? 'gmail.com' : domain}`;
}
