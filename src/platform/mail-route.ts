import { logLine } from './log.ts';

const TIMEOUT_MS = 2000;

interface DnsAnswer {
  readonly Status: number;
  readonly Answer?: readonly { readonly type: number; readonly data: string }[];
}

/**
 * Whether mail can reach a domain (SU-2): an MX record, else an A or AAAA record, asked over HTTPS. Failures pass:
 * a resolver that does not answer must not keep people out. On a laptop nothing is asked.
 */
export function mailRoute(resolverUrl: string | null): (domain: string) => Promise<boolean> {
  if (resolverUrl === null) return async () => true;
  const ask = async (domain: string, type: string): Promise<boolean | null> => {
    const url = `${resolverUrl}?name=${encodeURIComponent(domain)}&type=${type}`;
    const response = await fetch(url, {
      headers: { accept: 'application/dns-json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return null;
    const answer: DnsAnswer = await response.json();
    if (answer.Status === 3) return false;
    // RFC 7505: a lone "." as mail exchanger says that no mail is taken.
    return answer.Status === 0 ? (answer.Answer ?? []).some(({ data }) => !/^\d+ \.$/.test(data)) : null;
  };
  return async (domain) => {
    try {
      for (const type of ['MX', 'A', 'AAAA']) {
        const found = await ask(domain, type);
        if (found === null || found) return true;
      }
      return false;
    } catch {
      logLine('warn', 'mail_route_unknown', {});
      return true;
    }
  };
}
