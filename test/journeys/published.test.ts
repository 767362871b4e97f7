import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

describe('DSC-1 discovery', () => {
  it('is cached for a week, carries an ETag and answers 304 to it', async () => {
    const first = await worker.fetch('/.well-known/openid-configuration');
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('max-age=604800, public');
    expect(first.headers.get('set-cookie')).toBeNull();
    const etag = first.headers.get('etag') ?? '';
    const again = await worker.fetch('/.well-known/openid-configuration', {
      headers: { 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it.each(['/.well-known/openid-configuration', '/api/openid_connect/certs'])(
    'sends %s alike to browsers and to scripts of other origins, which it does not know',
    async (path) => {
      const plain = await worker.fetch(path);
      const fromScript = await worker.fetch(path, { headers: { origin: 'https://elsewhere.test' } });
      expect(await fromScript.text()).toBe(await plain.text());
      expect(fromScript.headers.get('access-control-allow-origin')).toBeNull();
      for (const name of ['vary', 'etag', 'cache-control', 'content-type', 'strict-transport-security'])
        expect(fromScript.headers.get(name), name).toBe(plain.headers.get(name));
      expect(plain.headers.get('vary')).toBe('Origin');
    },
  );

  it('is the same under a locale and at the RFC 8414 address', async () => {
    const plain = await (await worker.fetch('/.well-known/openid-configuration')).text();
    expect(await (await worker.fetch('/es/.well-known/openid-configuration')).text()).toBe(plain);
    expect(await (await worker.fetch('/.well-known/oauth-authorization-server')).text()).toBe(plain);
  });
});

describe('LO-7 hosts', () => {
  it('answers 421 for a host that is not the issuer', async () => {
    expect((await worker.fetch('https://elsewhere.test/')).status).toBe(421);
  });
});
