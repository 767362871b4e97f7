import { describe, expect, it } from 'vitest';
import { fetchMetadata } from '../../../src/platform/fetch-metadata.ts';

const XML = { 'content-type': 'application/samlmetadata+xml' };

/** A partner's servers: what each address answers, and which were asked. */
function servers(answers: Readonly<Record<string, () => Response>>) {
  const asked: string[] = [];
  const inits: (RequestInit | undefined)[] = [];
  const send: typeof fetch = async (input, init) => {
    const url = String(input);
    asked.push(url);
    inits.push(init);
    const answer = answers[url];
    if (answer === undefined) throw new TypeError('no route to host');
    return answer();
  };
  return { send, asked, inits };
}
const redirectTo = (location: string) => () => new Response(null, { status: 302, headers: { location } });

describe('M10 metadata is fetched from an address', () => {
  it('gives the document of a public host, and sends nothing of ours along', async () => {
    const { send, inits } = servers({
      'https://sp.agency.gov/md': () => new Response('<a/>', { headers: XML }),
    });
    const text = await fetchMetadata('production', send)('https://sp.agency.gov/md');
    expect(text).toStrictEqual({ ok: true, value: '<a/>' });
    expect(inits[0]).toMatchObject({ redirect: 'manual' });
    expect(Object.keys(inits[0]?.headers ?? {})).toStrictEqual(['accept']);
  });

  it.each([
    ['http://sp.agency.gov/md', 'url.https'],
    ['https://sp.agency.gov:8443/md', 'url.port'],
    ['https://localhost/md', 'url.localhost'],
    ['https://127.0.0.1/md', 'url.localhost'],
    ['https://127.1/md', 'url.localhost'],
    ['https://0x7f000001/md', 'url.localhost'],
    ['https://2130706433/md', 'url.localhost'],
    ['https://10.0.0.7/md', 'url.private'],
    ['https://169.254.169.254/latest/meta-data', 'url.private'],
    ['https://192.168.1.1/', 'url.private'],
    ['https://metadata/computeMetadata', 'url.private'],
    ['https://db.internal/md', 'url.private'],
    ['https://[::1]/md', 'url.host'],
    ['https://user:pass@sp.agency.gov/md', 'url.invalid'],
    ['file:///etc/passwd', 'url.scheme'],
    ['data:text/xml,a', 'url.scheme'],
    ['not an address', 'url.invalid'],
  ])('never asks %s', async (url, reason) => {
    const { send, asked } = servers({});
    const result = await fetchMetadata('production', send)(url);
    expect(result).toStrictEqual({ ok: false, error: { reason } });
    expect(asked).toStrictEqual([]);
  });

  it('follows a few redirects to public hosts', async () => {
    const { send, asked } = servers({
      'https://sp.agency.gov/md': redirectTo('/saml/md.xml'),
      'https://sp.agency.gov/saml/md.xml': () =>
        new Response('<a/>', { headers: { 'content-type': 'text/xml' } }),
    });
    expect(await fetchMetadata('sandbox', send)('https://sp.agency.gov/md')).toStrictEqual({
      ok: true,
      value: '<a/>',
    });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['http://sp.agency.gov/md', 'url.https'],
    ['https://10.0.0.7/md', 'url.private'],
    ['https://localhost/md', 'url.localhost'],
    ['//169.254.169.254/', 'url.private'],
  ])('does not follow a redirect to %s', async (location, reason) => {
    const { send, asked } = servers({ 'https://sp.agency.gov/md': redirectTo(location) });
    const result = await fetchMetadata('sandbox', send)('https://sp.agency.gov/md');
    expect(result).toStrictEqual({ ok: false, error: { reason } });
    expect(asked).toHaveLength(1);
  });

  it('gives up on redirects that do not end', async () => {
    const { send, asked } = servers({ 'https://sp.agency.gov/md': redirectTo('/md') });
    const result = await fetchMetadata('sandbox', send)('https://sp.agency.gov/md');
    expect(result).toStrictEqual({ ok: false, error: { reason: 'too_many_redirects' } });
    expect(asked).toHaveLength(4);
  });

  it.each<[string, () => Response, string]>([
    ['a page', () => new Response('<p>', { headers: { 'content-type': 'text/html' } }), 'not_xml'],
    ['bytes that are not UTF-8', () => new Response(new Uint8Array([0xff]), { headers: XML }), 'not_xml'],
    ['nothing', () => new Response(null, { status: 404, headers: XML }), 'not_found'],
    ['too much', () => new Response('x'.repeat(512 * 1024 + 1), { headers: XML }), 'too_large'],
    [
      'too much by its own account',
      () => new Response('x', { headers: { ...XML, 'content-length': '600000' } }),
      'too_large',
    ],
  ])('refuses %s', async (_what, answer, reason) => {
    const { send } = servers({ 'https://sp.agency.gov/md': answer });
    const result = await fetchMetadata('sandbox', send)('https://sp.agency.gov/md');
    expect(result).toStrictEqual({ ok: false, error: { reason } });
  });

  it('says that a server is out of reach', async () => {
    const { send } = servers({});
    const result = await fetchMetadata('sandbox', send)('https://sp.agency.gov/md');
    expect(result).toStrictEqual({ ok: false, error: { reason: 'unreachable' } });
  });

  it('reads from a laptop where the house runs on one', async () => {
    const { send } = servers({ 'http://localhost:9292/md': () => new Response('<a/>', { headers: XML }) });
    expect(await fetchMetadata('local', send)('http://localhost:9292/md')).toMatchObject({ ok: true });
  });
});
