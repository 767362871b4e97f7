import type { FindMailRoute, MailRoute } from '../accounts/rules/email-acceptance.ts';
import { logLine } from './log.ts';

const TIMEOUT_MS = 2000;

interface DnsAnswer {
  readonly Status: number;
  readonly Answer?: readonly { readonly type: number; readonly data: string }[];
}

/** Record types by their numbers (RFC 1035 section 3.2.2, RFC 3596): an answer may hold aliases on the way, too. */
const RECORD_TYPES = { MX: 15, A: 1, AAAA: 28 } as const;
/** Nobody knows: passes, and blocks no more than the address itself. */
const UNKNOWN: MailRoute = { takesMail: true, hosts: [] };

/**
 * How mail reaches a domain (SU-2): by its MX records, else its A or AAAA record, asked over HTTPS. Failures pass: a
 * resolver that does not answer must not keep people out. On a laptop nothing is asked.
 */
export function mailRoute(resolverUrl: string | null): FindMailRoute {
  if (resolverUrl === null) return async () => UNKNOWN;
  /** What the records of one type say; null when the resolver cannot tell. */
  const ask = async (
    domain: string,
    type: keyof typeof RECORD_TYPES,
  ): Promise<{ readonly exists: boolean; readonly data: readonly string[] } | null> => {
    const url = `${resolverUrl}?name=${encodeURIComponent(domain)}&type=${type}`;
    const response = await fetch(url, {
      headers: { accept: 'application/dns-json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return null;
    const { Status, Answer = [] }: DnsAnswer = await response.json();
    if (Status === 3) return { exists: false, data: [] };
    if (Status !== 0) return null;
    return {
      exists: true,
      data: Answer.flatMap((record) => (record.type === RECORD_TYPES[type] ? [record.data] : [])),
    };
  };
  return async (domain) => {
    try {
      const mx = await ask(domain, 'MX');
      if (mx === null) return UNKNOWN;
      // Each is a preference and a host (RFC 1035 section 3.3.9).
      const hosts = mx.data.map((data) => data.replace(/^\s*\d+\s+/, ''));
      // RFC 7505: a lone "." as mail exchanger says that no mail is taken.
      if (!mx.exists || hosts.length > 0)
        return { takesMail: hosts.some((host) => host !== '.'), hosts: hosts.filter((host) => host !== '.') };
      for (const type of ['A', 'AAAA'] as const) {
        const found = await ask(domain, type);
        if (found === null || found.data.length > 0) return UNKNOWN;
      }
      return { takesMail: false, hosts: [] };
    } catch {
      logLine('warn', 'mail_route_unknown', {});
      return UNKNOWN;
    }
  };
}
