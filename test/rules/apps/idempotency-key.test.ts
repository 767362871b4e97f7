import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../src/kernel/time.ts';
import { admin, NOW } from './admin.ts';
import { anOidcDocument, pem } from './documents.ts';

const key = (text: string) => ({ 'Idempotency-Key': text });

describe('M3 Idempotency-Key', () => {
  it('a request sent twice acts once and is answered the same', async () => {
    const { call } = admin();
    const first = await call('POST', '/apps', anOidcDocument(), key('one'));
    const second = await call('POST', '/apps', anOidcDocument(), key('one'));
    expect([first.status, second.status]).toEqual([201, 201]);
    for (const name of ['ETag', 'Location', 'Content-Type', 'Cache-Control'])
      expect(second.headers.get(name), name).toBe(first.headers.get(name));
    expect(await second.text()).toBe(await first.text());
    expect((await call('POST', '/apps', anOidcDocument())).status, 'without the key it is another').toBe(409);
  });

  it('a change sent twice is not told that it came too late', async () => {
    const { call } = admin();
    const made = await call('POST', '/apps', anOidcDocument());
    const { uuid }: { uuid: string } = await made.json();
    const change = (headers: Record<string, string>) =>
      call(
        'PATCH',
        `/apps/${uuid}`,
        { description: 'x' },
        { 'If-Match': made.headers.get('ETag') ?? '', ...headers },
      );
    expect((await change(key('c'))).status).toBe(200);
    expect((await change(key('c'))).status).toBe(200);
    expect((await change({})).status).toBe(412);
    const audit: unknown[] = await (await call('GET', `/audit?item_id=${uuid}`)).json();
    expect(audit).toHaveLength(2);
  });

  it('holds for certificates, and for deleting', async () => {
    const { call } = admin();
    const { uuid }: { uuid: string } = await (await call('POST', '/apps', anOidcDocument())).json();
    const add = () => call('POST', `/apps/${uuid}/certs`, { cert: pem('first') }, key('cert'));
    const once = await (await add()).json();
    expect(await (await add()).json()).toEqual(once);
    const remove = () => call('DELETE', `/apps/${uuid}`, undefined, { 'If-Match': '*', ...key('gone') });
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
  });

  it('refuses a key that belongs to another request', async () => {
    const { call } = admin();
    await call('POST', '/apps', anOidcDocument(), key('one'));
    for (const [path, body] of [
      ['/apps', anOidcDocument({ issuer: 'other' })],
      ['/apps?dry_run=true', anOidcDocument()],
      ['/apps/import', [anOidcDocument()]],
    ] as const) {
      const refused = await call('POST', path, body, key('one'));
      expect(refused.status, path).toBe(422);
      expect(await refused.json()).toMatchObject({ type: '/developers/support/#idempotency-key-reused' });
    }
  });

  it('a refused request leaves its key free for the corrected one', async () => {
    const { call } = admin();
    expect((await call('POST', '/apps', anOidcDocument({ ial: 9 }), key('one'))).status).toBe(422);
    expect((await call('POST', '/apps', anOidcDocument(), key('one'))).status).toBe(201);
  });

  it('of two at once one acts; the other is told to wait, and then gets the same answer', async () => {
    const { call, ports } = admin();
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slow = admin({
      ...ports,
      registry: {
        ...ports.registry,
        create: async (...args) => {
          await held;
          return ports.registry.create(...args);
        },
      },
    });
    const first = slow.call('POST', '/apps', anOidcDocument(), key('one'));
    await new Promise((resolve) => setTimeout(resolve));
    const second = await call('POST', '/apps', anOidcDocument(), key('one'));
    expect(second.status).toBe(409);
    expect(second.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect(await second.json()).toMatchObject({ type: '/developers/support/#request-running' });
    goOn();
    expect((await first).status).toBe(201);
    expect((await call('POST', '/apps', anOidcDocument(), key('one'))).status).toBe(201);
  });

  it('a request that failed on our side leaves its key free', async () => {
    const { call, ports } = admin();
    const failing = admin({
      ...ports,
      registry: {
        ...ports.registry,
        create: async () => {
          throw new Error('out');
        },
      },
    });
    expect((await failing.call('POST', '/apps', anOidcDocument(), key('one'))).status).toBe(500);
    expect((await call('POST', '/apps', anOidcDocument(), key('one'))).status).toBe(201);
  });

  it('is forgotten after 24 hours', async () => {
    const { call, ports } = admin();
    const later = (ms: number) =>
      admin({
        ...ports,
        answered: { ...ports.answered, begin: (a, b, _now) => ports.answered.begin(a, b, NOW + ms) },
      });
    await call('POST', '/apps', anOidcDocument(), key('one'));
    expect((await later(DAY - MINUTE).call('POST', '/apps', anOidcDocument(), key('one'))).status).toBe(201);
    expect((await later(DAY).call('POST', '/apps', anOidcDocument(), key('one'))).status).toBe(409);
  });

  it.each([['x'.repeat(256)], ['a\tb'], ['clé']])('refuses %.10j as a key', async (text) => {
    const { call } = admin();
    const refused = await call('POST', '/apps', anOidcDocument(), key(text));
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ type: '/developers/support/#bad-idempotency-key' });
  });

  it('is not looked at where nothing is changed', async () => {
    const { call } = admin();
    const read = () => call('GET', '/apps', undefined, key('one'));
    expect(await (await read()).json()).toEqual([]);
    await call('POST', '/apps', anOidcDocument());
    expect(await (await read()).json()).toHaveLength(1);
  });
});
