import { describe, expect, it } from 'vitest';
import { admin, TOKEN } from './admin.ts';
import { anOidcDocument, aSamlDocument, pem } from './documents.ts';

/** Whatever version stands there. */

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

async function created(call: ReturnType<typeof admin>['call'], document: unknown) {
  const response = await call('POST', '/apps', document);
  expect(response.status).toBe(201);
  const body: Record<string, unknown> = await response.json();
  return { uuid: String(body.uuid), body, etag: response.headers.get('ETag') ?? '' };
}

describe('M1 bearer token', () => {
  const { app } = admin();
  it.each([[undefined], ['Bearer wrong'], [`Bearer ${TOKEN}x`], [`Basic ${TOKEN}`], [TOKEN], ['Bearer ']])(
    'refuses %j with a challenge',
    async (authorization) => {
      const response = await app.request('/api/admin/v1/apps', {
        headers: authorization === undefined ? {} : { Authorization: authorization },
      });
      expect(response.status).toBe(401);
      expect(response.headers.get('WWW-Authenticate')).toMatch(/^Bearer realm=/);
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    },
  );

  it('admits nobody when no token is set', async () => {
    const { app: closed } = admin({ adminToken: '' });
    const response = await closed.request('/api/admin/v1/apps', { headers: { Authorization: 'Bearer ' } });
    expect(response.status).toBe(401);
  });

  it('guards paths that do not exist', async () => {
    expect((await app.request('/api/admin/v1/nothing')).status).toBe(401);
    const { call } = admin();
    expect((await call('GET', '/nothing')).status).toBe(404);
  });
});

describe('POST /apps', () => {
  it('answers 201 with the document, its place and its version', async () => {
    const { call } = admin();
    const response = await call('POST', '/apps', anOidcDocument());
    expect(response.status).toBe(201);
    const body: Record<string, unknown> = await response.json();
    expect(body).toMatchObject({
      issuer: 'urn:gov:example:openidconnect:sp:permits',
      friendly_name: 'Example Permits',
      protocol: 'oidc',
      pkce: false,
      created_at: '2026-06-01T00:00:00.000Z',
      updated_at: '2026-06-01T00:00:00.000Z',
    });
    expect(body.agency_id).toBe(body.uuid);
    expect(response.headers.get('Location')).toBe(`/api/admin/v1/apps/${body.uuid}`);
    expect(response.headers.get('ETag')).toBe(`"${body.etag}"`);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });

  it('answers 409 for an issuer that exists', async () => {
    const { call } = admin();
    await created(call, anOidcDocument());
    const response = await call('POST', '/apps', anOidcDocument({ friendly_name: 'Other' }));
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      status: 409,
      errors: [{ field: 'issuer', code: 'issuer.taken' }],
    });
  });

  it('answers 422 with every field at fault, as RFC 9457 has it', async () => {
    const { call } = admin();
    const response = await call('POST', '/apps', { issuer: 'has space', surprise: 1 });
    expect(response.status).toBe(422);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    const problem: { errors: { field: string; code: string; message: string }[] } = await response.json();
    expect(problem).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status: 422,
      request_id: 'request-1',
    });
    expect(problem.errors).toMatchObject([
      { field: 'surprise', code: 'unknown_field', message: expect.any(String) },
    ]);
  });

  it.each([
    ['{"issuer":', 'application/json', 400],
    ['', 'application/json', 400],
    ['issuer=a', 'application/x-www-form-urlencoded', 415],
    ['{}', 'text/plain', 415],
    ['{}', 'application/json; charset=utf-8', 422],
    [`"${'x'.repeat(1_048_576)}"`, 'application/json', 413],
  ])('answers %.12s of %s with %i', async (body, type, status) => {
    const { call } = admin();
    expect((await call('POST', '/apps', body, { 'Content-Type': type })).status).toBe(status);
  });

  it('shares an agency between apps, by name in any case', async () => {
    const { call } = admin();
    const first = await created(call, anOidcDocument({ issuer: 'a', agency: 'DHS' }));
    const second = await created(call, anOidcDocument({ issuer: 'b', agency: 'dhs' }));
    const third = await created(call, anOidcDocument({ issuer: 'c', agency: 'GSA' }));
    expect(second.body.agency_id).toBe(first.body.agency_id);
    expect(third.body.agency_id).not.toBe(first.body.agency_id);
    expect(first.body.agency_id).not.toBe(first.uuid);
  });

  it('only checks with dry_run', async () => {
    const { call } = admin();
    const response = await call('POST', '/apps?dry_run=true', anOidcDocument());
    expect(response.status).toBe(200);
    expect(await (await call('GET', '/apps')).json()).toEqual([]);
  });

  it('tells with dry_run that the issuer is taken', async () => {
    const { call } = admin();
    await created(call, anOidcDocument());
    expect((await call('POST', '/apps?dry_run=true', anOidcDocument())).status).toBe(409);
  });

  it('stores a logo that comes inside the document', async () => {
    const { call, app } = admin();
    const { body } = await created(
      call,
      anOidcDocument({ logo: `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}` }),
    );
    expect(body.logo).toMatch(/^\/logos\/[0-9a-f]{64}\.svg$/);
    expect((await app.request(String(body.logo))).status).toBe(200);
  });
});

describe('GET /apps', () => {
  it('finds one by issuer, byte for byte', async () => {
    const { call } = admin();
    await created(call, anOidcDocument({ issuer: 'urn:a?b&c' }));
    const found: unknown = await (
      await call('GET', `/apps?issuer=${encodeURIComponent('urn:a?b&c')}`)
    ).json();
    expect(found).toMatchObject([{ issuer: 'urn:a?b&c' }]);
    expect(await (await call('GET', '/apps?issuer=URN:A')).json()).toEqual([]);
  });

  it('lists a hundred at a time', async () => {
    const { call, ports } = admin();
    const template = await created(call, anOidcDocument({ issuer: 'app-000' }));
    const app = await ports.registry.byUuid(template.uuid);
    if (app === null) throw new Error('missing');
    for (let index = 1; index < 105; index += 1) {
      await ports.registry.create({ ...app, issuer: `app-${String(index).padStart(3, '0')}` }, 'test', 0);
    }
    const first = await call('GET', '/apps');
    const next = /^<\/api\/admin\/v1(.*)>; rel="next"$/.exec(first.headers.get('Link') ?? '')?.[1] ?? '';
    const second = await call('GET', next);
    const shown: unknown[][] = [await first.json(), await second.json()];
    expect(shown.map((apps) => apps.length)).toEqual([100, 5]);
    expect(shown[1]?.[0]).toMatchObject({ issuer: 'app-100' });
    expect(second.headers.get('Link')).toBeNull();
    expect((await call('GET', '/apps?cursor=*')).status).toBe(400);
  });

  it('answers 404 for an unknown uuid', async () => {
    const { call } = admin();
    for (const method of ['GET', 'DELETE']) {
      expect((await call(method, '/apps/6f1c2a3e-0b7d-4c55-9d8e-1a2b3c4d5e6f')).status).toBe(404);
    }
  });
});

describe('PUT and PATCH /apps/{uuid}', () => {
  it('takes back what GET gave', async () => {
    const { call } = admin();
    const { uuid, body } = await created(call, aSamlDocument({ help_text: { sign_in: 'first_time' } }));
    const response = await call('PUT', `/apps/${uuid}`, body);
    expect(response.status).toBe(200);
    const { etag: _before, ...before } = body;
    const { etag: _after, ...after }: Record<string, unknown> = await response.json();
    expect(after).toEqual(before);
  });

  it('SUB-5 PUT moves an app to another agency only where the document says so', async () => {
    const { call } = admin();
    const { uuid, body } = await created(call, anOidcDocument({ agency: 'DHS' }));
    const put = async (fields: Readonly<Record<string, unknown>>): Promise<unknown> =>
      (await call('PUT', `/apps/${uuid}`, anOidcDocument(fields))).json();
    expect(await put({ friendly_name: 'Other' })).toMatchObject({ agency: 'DHS', agency_id: body.agency_id });
    expect(await put({ agency: null })).toMatchObject({ agency: null, agency_id: uuid });
    expect(await put({ agency: 'GSA' })).toMatchObject({ agency: 'GSA' });
  });

  it('PUT returns what is left out to its default', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument({ ial: 2, description: 'x' }));
    const response = await call('PUT', `/apps/${uuid}`, anOidcDocument());
    expect(await response.json()).toMatchObject({ ial: 1, description: null });
  });

  it('PATCH changes what it names, and null means default', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument({ ial: 2, description: 'x' }));
    const response = await call(
      'PATCH',
      `/apps/${uuid}`,
      { description: null, friendly_name: 'New' },
      { 'Content-Type': 'application/merge-patch+json' },
    );
    expect(await response.json()).toMatchObject({ ial: 2, description: null, friendly_name: 'New' });
  });

  it('PATCH of the protocol takes pkce along, and the other way round', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument());
    const toPkce = await call('PATCH', `/apps/${uuid}`, { identity_protocol: 'openid_connect_pkce' });
    expect(await toPkce.json()).toMatchObject({ pkce: true });
    const back = await call('PATCH', `/apps/${uuid}`, { pkce: false });
    expect(await back.json()).toMatchObject({
      identity_protocol: 'openid_connect_private_key_jwt',
      pkce: false,
    });
  });

  it('never changes the issuer', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument());
    const response = await call('PATCH', `/apps/${uuid}`, { issuer: 'other' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ code: 'issuer.immutable' }] });
  });

  it('M3 changes whatever stands there when no If-Match says otherwise', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument());
    for (const headers of [{}, { 'If-Match': '' }, { 'If-Match': '*' }]) {
      expect((await call('PATCH', `/apps/${uuid}`, { friendly_name: 'New' }, headers)).status).toBe(200);
      expect((await call('PUT', `/apps/${uuid}`, anOidcDocument(), headers)).status).toBe(200);
    }
    expect((await call('DELETE', `/apps/${uuid}`)).status).toBe(204);
  });

  it('M3 a dry run tells that a change would come too late', async () => {
    const { call } = admin();
    const { uuid, etag } = await created(call, anOidcDocument());
    const check = (version: string) =>
      call('PATCH', `/apps/${uuid}?dry_run=true`, { description: '1' }, { 'If-Match': version });
    expect((await check(etag)).status).toBe(200);
    expect((await check('"of-another-time"')).status).toBe(412);
  });

  it('M3 takes one of several versions, as RFC 9110 section 13.1.1 writes them', async () => {
    const { call } = admin();
    const { uuid, etag } = await created(call, anOidcDocument());
    const change = (version: string) =>
      call('PATCH', `/apps/${uuid}`, { description: version }, { 'If-Match': version });
    expect((await change('"one", "two"')).status).toBe(412);
    expect((await change(`"one", ${etag}`)).status).toBe(200);
  });

  it('M3 changes and deletes the version that If-Match names and no other', async () => {
    const { call } = admin();
    const { uuid, etag } = await created(call, anOidcDocument());
    const first = await call('PATCH', `/apps/${uuid}`, { description: '1' }, { 'If-Match': etag });
    expect(first.status).toBe(200);
    expect((await call('PATCH', `/apps/${uuid}`, { description: '2' }, { 'If-Match': etag })).status).toBe(
      412,
    );
    expect((await call('PUT', `/apps/${uuid}`, anOidcDocument(), { 'If-Match': etag })).status).toBe(412);
    expect((await call('DELETE', `/apps/${uuid}`, undefined, { 'If-Match': etag })).status).toBe(412);
    expect((await call('PATCH', `/apps/${uuid}`, { description: '3' }, { 'If-Match': '*' })).status).toBe(
      200,
    );
  });

  it('refuses a patch that is no object', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument());
    expect((await call('PATCH', `/apps/${uuid}`, [])).status).toBe(400);
  });
});

describe('DELETE /apps/{uuid}', () => {
  it('keeps the issuer for the same team, with its uuid (P51, 1.4)', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument({ team: 'Permits' }));
    expect((await call('DELETE', `/apps/${uuid}`)).status).toBe(204);
    expect((await call('GET', `/apps/${uuid}`)).status).toBe(404);
    expect((await call('POST', '/apps', anOidcDocument({ team: 'Others' }))).status).toBe(409);
    expect((await created(call, anOidcDocument({ team: 'Permits' }))).uuid).toBe(uuid);
  });
});

describe('POST /apps/{uuid}/disable and /enable', () => {
  it('switch the app off and on', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument());
    expect(await (await call('POST', `/apps/${uuid}/disable`)).json()).toMatchObject({ active: false });
    expect(await (await call('POST', `/apps/${uuid}/disable`)).json()).toMatchObject({ active: false });
    expect(await (await call('POST', `/apps/${uuid}/enable`)).json()).toMatchObject({ active: true });
  });
});

describe('certificates of an app', () => {
  it('are looked at with dry_run, told and not kept; so are logos', async () => {
    const stored: string[] = [];
    const { call } = admin({
      saveLogo: async (sha256) => {
        stored.push(sha256);
      },
    });
    const { uuid } = await created(call, anOidcDocument());
    const check = await call('POST', `/apps/${uuid}/certs?dry_run=true`, { cert: pem('first') });
    expect(check.status).toBe(200);
    expect(await check.json()).toMatchObject({ key_bits: 2048, warnings: [] });
    expect(await (await call('GET', `/apps/${uuid}/certs`)).json()).toEqual({ certs: [] });
    const logo = await call('PUT', `/apps/${uuid}/logo?dry_run=true`, SVG, {
      'Content-Type': 'image/svg+xml',
    });
    expect(await logo.json()).toMatchObject({ logo: expect.stringMatching(/^\/logos\//) });
    expect(await (await call('GET', `/apps/${uuid}`)).json()).toMatchObject({ logo: null });
    expect(stored).toEqual([]);
  });

  it('are added as PEM or JSON, listed, and removed by fingerprint', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument());
    const first = await call('POST', `/apps/${uuid}/certs`, pem('first'), {
      'Content-Type': 'application/x-pem-file',
    });
    expect(first.status).toBe(201);
    const details: { sha256: string } = await first.json();
    expect(details).toMatchObject({ key_bits: 2048, warnings: [] });
    expect((await call('POST', `/apps/${uuid}/certs`, { cert: pem('second') })).status).toBe(201);
    const again = await call('POST', `/apps/${uuid}/certs`, { cert: pem('second') });
    expect(await again.json()).toMatchObject({ errors: [{ code: 'certs.duplicate' }] });
    const listed: { certs: unknown[] } = await (await call('GET', `/apps/${uuid}/certs`)).json();
    expect(listed.certs).toHaveLength(2);
    const colons = details.sha256.toUpperCase().match(/../g)?.join(':') ?? '';
    expect((await call('DELETE', `/apps/${uuid}/certs/${colons}`)).status).toBe(204);
    expect((await call('DELETE', `/apps/${uuid}/certs/${details.sha256}`)).status).toBe(404);
  });

  it('tell when only the first of several was taken', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument());
    const response = await call('POST', `/apps/${uuid}/certs`, { cert: pem('first') + pem('second') });
    const body: { warnings: string[] } = await response.json();
    expect(body.warnings).toHaveLength(1);
  });

  it('stay while encryption needs one', async () => {
    const { call } = admin();
    const { uuid } = await created(call, aSamlDocument());
    const listed: { certs: { sha256: string }[] } = await (await call('GET', `/apps/${uuid}/certs`)).json();
    const response = await call('DELETE', `/apps/${uuid}/certs/${listed.certs[0]?.sha256}`);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ code: 'certs.required' }] });
  });
});

describe('P35 logos', () => {
  it('are put as bytes and served so that they can only be drawn', async () => {
    const { call, app } = admin();
    const { uuid } = await created(call, anOidcDocument());
    const put = await call('PUT', `/apps/${uuid}/logo`, SVG, { 'Content-Type': 'image/svg+xml' });
    const body: { logo: string } = await put.json();
    const served = await app.request(body.logo);
    expect(served.status).toBe(200);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('immutable'),
    });
    expect(await (await call('DELETE', `/apps/${uuid}/logo`)).json()).toMatchObject({ logo: null });
  });

  it('agree with their media type', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument());
    expect((await call('PUT', `/apps/${uuid}/logo`, SVG, { 'Content-Type': 'image/png' })).status).toBe(422);
    expect((await call('PUT', `/apps/${uuid}/logo`, SVG, { 'Content-Type': 'text/html' })).status).toBe(415);
  });

  it.each([['x.png'], ['../secret'], [`${'a'.repeat(64)}.gif`], [`${'a'.repeat(64)}.svg`]])(
    'are not %s',
    async (file) => {
      const { app } = admin();
      expect((await app.request(`/logos/${file}`)).status).toBe(404);
    },
  );
});

describe('M7 import and export', () => {
  const bundle = [anOidcDocument({ issuer: 'a' }), anOidcDocument({ issuer: 'b' })];

  it('report first, write on request', async () => {
    const { call } = admin();
    const dry = await call('POST', '/apps/import?format=json&dry_run=true', bundle);
    expect(await dry.json()).toMatchObject({
      dry_run: true,
      applied: false,
      created: ['a', 'b'],
      errors: [],
    });
    expect((await (await call('GET', '/apps')).json()) as unknown).toEqual([]);
    const real = await call('POST', '/apps/import?format=json', bundle);
    expect(await real.json()).toMatchObject({ applied: true, created: ['a', 'b'] });
    expect(await (await call('POST', '/apps/import?format=json', bundle)).json()).toMatchObject({
      unchanged: ['a', 'b'],
    });
  });

  it('write nothing of a bundle with a fault', async () => {
    const { call } = admin();
    const response = await call('POST', '/apps/import', [...bundle, anOidcDocument({ issuer: 'c', ial: 9 })]);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ issuer: 'c', field: 'ial', code: 'ial.invalid' }],
    });
    expect(await (await call('GET', '/apps')).json()).toEqual([]);
  });

  it('speak YAML both ways, logos included', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument({ issuer: 'a' }));
    await call('PUT', `/apps/${uuid}/logo`, SVG, { 'Content-Type': 'image/svg+xml' });
    const exported = await call('GET', '/apps/export?format=yaml');
    expect(exported.headers.get('Content-Type')).toContain('yaml');
    const text = await exported.text();
    const elsewhere = admin();
    const response = await elsewhere.call('POST', '/apps/import?format=yaml', text, {
      'Content-Type': 'application/yaml',
    });
    expect(await response.json()).toMatchObject({ created: ['a'], errors: [] });
    const found: { logo: string }[] = await (await elsewhere.call('GET', '/apps?issuer=a')).json();
    expect((await elsewhere.app.request(found[0]?.logo ?? '')).status).toBe(200);
  });

  it('refuse an unknown format and a body that is no bundle', async () => {
    const { call } = admin();
    expect((await call('POST', '/apps/import?format=xml', bundle)).status).toBe(400);
    expect((await call('GET', '/apps/export?format=xml')).status).toBe(400);
    expect((await call('POST', '/apps/import?format=json', '{')).status).toBe(400);
  });
});

describe('P50 GET /audit', () => {
  it('tells who changed what, newest first, certificates as fingerprints', async () => {
    const { call } = admin();
    const { uuid } = await created(call, anOidcDocument());
    await call('POST', `/apps/${uuid}/certs`, { cert: pem('first') });
    await call('PATCH', `/apps/${uuid}`, { friendly_name: 'New' });
    const response = await call('GET', `/audit?item_id=${uuid}`);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject([
      {
        action: 'update',
        actor: 'api:admin-token',
        item_type: 'app',
        changes: { friendly_name: ['Example Permits', 'New'] },
      },
      { action: 'update', changes: { certs: [[], [expect.stringMatching(/^[0-9a-f]{64}$/)]] } },
      { action: 'create', before: null, item_id: uuid },
    ]);
    expect(text).not.toContain('BEGIN CERTIFICATE');
    expect((await call('GET', '/audit?cursor=0')).status).toBe(400);
  });
});
