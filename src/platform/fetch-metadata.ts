import type { Environment } from '../apps/environment.ts';
import { checkUrl, checkUrlHere, type UrlRefusal } from '../apps/urls.ts';
import { fromUtf8 } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { SECOND } from '../kernel/time.ts';

/** M10: one deadline for everything together, redirects included. */
const PATIENCE_MS = 5 * SECOND;
const MAX_BYTES = 512 * 1024;
const MAX_REDIRECTS = 3;
/** What servers call an XML document: SAML Metadata's own type (its appendix A) and the general ones. */
const XML_TYPE = /^(?:application\/samlmetadata\+xml|(?:application|text)\/xml)\s*(?:;|$)/i;

/** Why a document was not fetched; `UrlRefusal` speaks of the address, or of one it was redirected to. */
export type FetchRefusal = {
  readonly reason: UrlRefusal | 'unreachable' | 'not_found' | 'not_xml' | 'too_large' | 'too_many_redirects';
};

/** Fetches a partner's metadata document from an address that partner gave. */
export type FetchMetadata = (url: string) => Promise<Result<string, FetchRefusal>>;

/**
 * Fetches XML from an address somebody outside chose (portal-and-operations 1.5 rule 11, M10). Each address on the way
 * is checked before anything is sent to it: `https` on its own port to a public name wherever we run on the internet,
 * so never to ourselves, to neighbours or by number. Redirects are followed by us, a few, because the runtime would
 * not ask. Nothing of ours travels along: no cookie, no authorization.
 */
export const fetchMetadata =
  (environment: Environment, send: typeof fetch = fetch): FetchMetadata =>
  async (address) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    let url = address;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const allowed = mayAsk(url, environment);
      if (!allowed.ok) return err({ reason: allowed.error });
      try {
        const response = await send(url, {
          redirect: 'manual',
          headers: { accept: 'application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.8' },
          signal,
        });
        const next = response.headers.get('location');
        if (response.status < 300 || response.status > 399 || next === null) return await textOf(response);
        await response.body?.cancel();
        if (!URL.canParse(next, url)) return err({ reason: 'url.invalid' });
        url = new URL(next, url).href;
      } catch {
        return err({ reason: 'unreachable' });
      }
    }
    return err({ reason: 'too_many_redirects' });
  };

function mayAsk(url: string, environment: Environment): Result<string, UrlRefusal> {
  const formed = checkUrl(url, 'server');
  return formed.ok ? checkUrlHere(url, 'server', environment) : formed;
}

async function textOf(response: Response): Promise<Result<string, FetchRefusal>> {
  const refuse = async (reason: FetchRefusal['reason']) => {
    await response.body?.cancel();
    return err({ reason });
  };
  if (response.status !== 200) return refuse('not_found');
  if (!XML_TYPE.test(response.headers.get('content-type') ?? '')) return refuse('not_xml');
  if (Number(response.headers.get('content-length') ?? 0) > MAX_BYTES) return refuse('too_large');
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MAX_BYTES) return err({ reason: 'too_large' });
    parts.push(part);
  }
  const text = fromUtf8(Buffer.concat(parts));
  return text === null ? err({ reason: 'not_xml' }) : ok(text);
}
