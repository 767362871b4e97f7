import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkCert } from '../../../src/apps/certs.ts';
import { checkLogo } from '../../../src/apps/logo.ts';
import type { AppSettings } from '../../../src/apps/model.ts';
import { validateApp } from '../../../src/apps/validate.ts';
import { utf8 } from '../../../src/kernel/bytes.ts';
import { appLookup, appRegistry, forgetApps } from '../../../src/platform/d1/apps.ts';
import { auditReader } from '../../../src/platform/d1/audit.ts';
import { logoStore } from '../../../src/platform/kv/logos.ts';
import FIRST from '../../vectors/openssl/first.pem?raw';

const NOW = Date.UTC(2026, 5, 1);
let count = 0;

/** Settings of a new OIDC app with an issuer of its own. */
function fresh(fields: Record<string, unknown> = {}): AppSettings {
  count += 1;
  const checked = validateApp(
    {
      issuer: `urn:example:${count}`,
      friendly_name: 'Example',
      identity_protocol: 'openid_connect_pkce',
      redirect_uris: [`https://app-${count}.example.gov/auth`, 'gov.example.app://x'],
      ...fields,
    },
    { env: 'test', previous: null },
  );
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return checked.value;
}

const registry = appRegistry(env.DB);

async function create(settings: AppSettings) {
  const created = await registry.create(settings, 'test', NOW);
  if (!created.ok) throw new Error(created.error.reason);
  return created.value;
}

const rows = async (sql: string, ...values: unknown[]) =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all()
  ).results;

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));
beforeEach(() => forgetApps());

describe('app registry on D1', () => {
  it('gives back what was stored', async () => {
    const settings = fresh({ help_text: { sign_in: 'first_time' }, certs: [FIRST], default_aal: 3 });
    const app = await create(settings);
    expect(app).toEqual({
      ...settings,
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      agencyId: app.uuid,
      createdAt: NOW,
      updatedAt: NOW,
      etag: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(await registry.byUuid(app.uuid)).toEqual(app);
    expect(await registry.byIssuer(settings.issuer)).toEqual(app);
    expect(await registry.list()).toContainEqual(app);
  });

  it('refuses an issuer that exists, byte for byte', async () => {
    const settings = fresh();
    await create(settings);
    expect(await registry.create(settings, 'test', NOW)).toEqual({
      ok: false,
      error: { reason: 'issuer_taken' },
    });
    expect(
      (await registry.create({ ...settings, issuer: settings.issuer.toUpperCase() }, 'test', NOW)).ok,
    ).toBe(true);
  });

  it('lets one of two simultaneous creations win', async () => {
    const settings = fresh();
    const both = await Promise.all([
      registry.create(settings, 'a', NOW),
      registry.create(settings, 'b', NOW),
    ]);
    expect(both.filter((result) => result.ok)).toHaveLength(1);
    expect(
      await rows(
        'SELECT actor FROM audit WHERE item_id = (SELECT uuid FROM apps WHERE issuer = ?)',
        settings.issuer,
      ),
    ).toHaveLength(1);
  });

  it('replaces settings, keeps the issuer, and minds the version', async () => {
    const app = await create(fresh());
    const changed = { ...fresh(), friendly_name: 'New', issuer: 'ignored' };
    const first = await registry.replace(app.uuid, changed, 'test', NOW + 1, app.etag);
    expect(first.ok && first.value).toMatchObject({
      friendly_name: 'New',
      issuer: app.issuer,
      createdAt: NOW,
      updatedAt: NOW + 1,
    });
    expect(await registry.replace(app.uuid, changed, 'test', NOW + 2, app.etag)).toEqual({
      ok: false,
      error: { reason: 'stale' },
    });
    expect((await registry.replace(app.uuid, changed, 'test', NOW + 2, null)).ok).toBe(true);
    expect(await registry.replace(crypto.randomUUID(), changed, 'test', NOW, null)).toEqual({
      ok: false,
      error: { reason: 'not_found' },
    });
  });

  it('loses no write when two come at once without a version', async () => {
    const app = await create(fresh());
    const both = await Promise.all(
      [1, 2].map((n) =>
        registry.replace(app.uuid, { ...fresh(), description: `${n}` }, 'test', NOW + n, null),
      ),
    );
    expect(both.every((result) => result.ok)).toBe(true);
    const history = await auditReader(env.DB)({ itemId: app.uuid, before: null, limit: 10 });
    const [latest, earlier] = history;
    expect(latest?.before).toEqual(earlier?.after);
  });

  it('SUB-1 shares subjects within an agency, by name or abbreviation', async () => {
    const dhs = await create(fresh({ agency: 'DHS' }));
    const same = await create(fresh({ agency: 'dhs' }));
    const gsa = await create(fresh({ agency: 'General Services Administration' }));
    const none = await create(fresh());
    expect(same.agencyId).toBe(dhs.agencyId);
    expect(new Set([dhs.agencyId, gsa.agencyId, none.agencyId]).size).toBe(3);
    expect(none.agencyId).toBe(none.uuid);
    const moved = await registry.replace(none.uuid, { ...none, agency: 'DHS' }, 'test', NOW, null);
    expect(moved.ok && moved.value.agencyId).toBe(dhs.agencyId);
  });

  it('keeps a deleted issuer for its team, and its uuid with it', async () => {
    const app = await create(fresh({ team: 'Permits' }));
    expect(await registry.remove(app.uuid, 'test', NOW + 1, null)).toEqual({ ok: true, value: null });
    expect(await registry.remove(app.uuid, 'test', NOW + 1, null)).toEqual({
      ok: false,
      error: { reason: 'not_found' },
    });
    expect(await registry.byUuid(app.uuid)).toBeNull();
    expect(await registry.byIssuer(app.issuer)).toBeNull();
    const settings = fresh({ issuer: app.issuer, team: 'Others' });
    expect(await registry.create(settings, 'test', NOW + 2)).toEqual({
      ok: false,
      error: { reason: 'issuer_taken' },
    });
    const again = await registry.create({ ...settings, team: 'Permits' }, 'test', NOW + 3);
    expect(again.ok && again.value).toMatchObject({ uuid: app.uuid, createdAt: NOW + 3 });
  });

  it('imports in one transaction, whatever the number', async () => {
    const known = await create(fresh());
    const many = Array.from({ length: 300 }, () => fresh({ agency: 'Import Agency' }));
    const done = await registry.importAll(
      [{ ...known, friendly_name: 'Imported' }, ...many],
      'test',
      NOW + 1,
    );
    expect(done.updated).toEqual([known.issuer]);
    expect(done.created).toHaveLength(300);
    expect((await registry.byIssuer(known.issuer))?.friendly_name).toBe('Imported');
    expect(await rows("SELECT id FROM agencies WHERE name = 'Import Agency'")).toHaveLength(1);
  });

  it('P50 writes history with every change, and nobody can rewrite it', async () => {
    const app = await create(fresh({ certs: [FIRST] }));
    await registry.replace(app.uuid, { ...fresh(), friendly_name: 'New' }, 'someone', NOW + 1, null);
    await registry.remove(app.uuid, 'test', NOW + 2, null);
    const history = await auditReader(env.DB)({ itemId: app.uuid, before: null, limit: 10 });
    expect(history).toMatchObject([
      { action: 'delete', after: null },
      { action: 'update', actor: 'someone', time: NOW + 1, changes: { friendly_name: ['Example', 'New'] } },
      { action: 'create', before: null, after: { certs: [expect.stringMatching(/^[0-9a-f]{64}$/)] } },
    ]);
    await expect(env.DB.prepare('UPDATE audit SET actor = ?').bind('me').run()).rejects.toThrow(
      /append-only/,
    );
    await expect(env.DB.prepare('DELETE FROM audit').run()).rejects.toThrow(/append-only/);
  });
});

describe('app lookup', () => {
  /** A database that counts statements, and a clock that stands still. */
  function watched() {
    let reads = 0;
    let time = NOW;
    const db = new Proxy(env.DB, {
      get(target, name) {
        if (name === 'prepare') {
          return (sql: string) => {
            reads += 1;
            return target.prepare(sql);
          };
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    return { ...appLookup(db, () => time), reads: () => reads, pass: (ms: number) => (time += ms) };
  }

  it('asks the database once for issuer and uuid together', async () => {
    const app = await create(fresh());
    const lookup = watched();
    expect(await lookup.findAppByIssuer(app.issuer)).toEqual(app);
    expect(await lookup.findAppByIssuer(app.issuer)).toEqual(app);
    expect(await lookup.findApp(app.uuid)).toEqual(app);
    expect(lookup.reads()).toBe(1);
  });

  it('asks again after 30 s, and keeps the object while nothing changed', async () => {
    const app = await create(fresh());
    const lookup = watched();
    const first = await lookup.findAppByIssuer(app.issuer);
    lookup.pass(29_999);
    await lookup.findAppByIssuer(app.issuer);
    expect(lookup.reads()).toBe(1);
    lookup.pass(1);
    expect(await lookup.findAppByIssuer(app.issuer)).toBe(first);
    expect(lookup.reads()).toBe(2);
  });

  it('remembers for 5 s that there is no such app', async () => {
    const lookup = watched();
    expect(await lookup.findAppByIssuer('urn:nobody')).toBeNull();
    expect(await lookup.findAppByIssuer('urn:nobody')).toBeNull();
    expect(lookup.reads()).toBe(1);
    lookup.pass(5000);
    await lookup.findAppByIssuer('urn:nobody');
    expect(lookup.reads()).toBe(2);
  });

  it('sees a write of its own isolate at once', async () => {
    const settings = fresh();
    const lookup = watched();
    expect(await lookup.findAppByIssuer(settings.issuer)).toBeNull();
    const app = await create(settings);
    expect((await lookup.findAppByIssuer(settings.issuer))?.active).toBe(true);
    await registry.replace(app.uuid, { ...settings, active: false }, 'test', NOW, null);
    expect((await lookup.findAppByIssuer(settings.issuer))?.active).toBe(false);
    await registry.remove(app.uuid, 'test', NOW, null);
    expect(await lookup.findAppByIssuer(settings.issuer)).toBeNull();
  });

  it('does not trust memories from the future when the clock is set back', async () => {
    const app = await create(fresh());
    const lookup = watched();
    await lookup.findAppByIssuer(app.issuer);
    lookup.pass(-3_600_000);
    await lookup.findAppByIssuer(app.issuer);
    expect(lookup.reads()).toBe(2);
  });

  it('does not look up what no issuer can be', async () => {
    const lookup = watched();
    expect(await lookup.findAppByIssuer('x'.repeat(256))).toBeNull();
    expect(lookup.reads()).toBe(0);
  });

  it('NET-1 knows the origins of active apps, and asks once in two minutes', async () => {
    const app = await create(
      fresh({ redirect_uris: ['https://Cors.example.gov:443/a', 'https://cors.example.gov/b'] }),
    );
    const lookup = watched();
    expect(await lookup.isRegisteredOrigin('https://cors.example.gov')).toBe(true);
    expect(await lookup.isRegisteredOrigin('https://cors.example.gov')).toBe(true);
    expect(lookup.reads()).toBe(1);
    expect(await lookup.isRegisteredOrigin('https://other.example.gov')).toBe(false);
    expect(await lookup.isRegisteredOrigin('null')).toBe(false);
    await registry.replace(app.uuid, { ...app, active: false }, 'test', NOW, null);
    expect(await lookup.isRegisteredOrigin('https://cors.example.gov')).toBe(false);
    await registry.replace(app.uuid, { ...app, redirect_uris: [] }, 'test', NOW, null);
    expect(await lookup.isRegisteredOrigin('https://cors.example.gov')).toBe(false);
  });
});

describe('in the Worker’s runtime', () => {
  it('certificates parse', () => {
    expect(checkCert(FIRST)).toMatchObject({ ok: true, value: { blocks: 1 } });
  });

  it('logos are rebuilt and kept', async () => {
    const checked = checkLogo(utf8('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'), 'svg');
    if (!checked.ok) throw new Error(checked.error);
    const { saveLogo, loadLogo } = logoStore(env.PUBLIC);
    await saveLogo(checked.value.sha256, 'svg', checked.value.bytes);
    expect(await loadLogo(checked.value.sha256, 'svg')).toEqual(checked.value.bytes);
    expect(await loadLogo('0'.repeat(64), 'svg')).toBeNull();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    expect(checkLogo(new Uint8Array(png), 'png').ok).toBe(true);
  });
});
