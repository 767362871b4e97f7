import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAdmin } from '../../../scripts/cloud/admin.ts';
import { keyRequest } from '../../../scripts/cloud/key-request.ts';
import { renderKeys } from '../../../scripts/cloud/render-keys.ts';

const because = { reason: 'yearly rotation', force: false };

describe('O10: npm run keys', () => {
  it('lists without a reason', () => {
    expect(keyRequest(['list'], { reason: null, force: false })).toEqual({
      ok: true,
      request: { method: 'GET', path: '/keys', body: null },
    });
  });

  it('PI-31: shows what hangs on each root', () => {
    expect(keyRequest(['roots'], { reason: null, force: false })).toEqual({
      ok: true,
      request: { method: 'GET', path: '/keys/roots', body: null },
    });
    expect(keyRequest(['roots', '1'], because).ok).toBe(false);
    const roots = [
      { root: 1, sealed: 0, passwords: 12 },
      { root: 2, sealed: 900, passwords: 88 },
    ];
    expect(renderKeys({ newest: 2, roots })).toBe(
      ['root  sealed  passwords', '1     0       12', '2     900     88'].join('\n'),
    );
    expect(renderKeys({ newest: 1, roots: [] })).toBe('Nothing hangs on any root.');
  });

  it('is shown in the operations guide as it prints', () => {
    const guide = readFileSync(join(resolve(import.meta.dirname, '../../..'), 'docs/operations.md'), 'utf8');
    const shown = /^```\n(state [\s\S]*?)\n```$/m.exec(guide)?.[1] ?? '';
    const [titles = [], ...rows] = shown.split('\n').map((line) => line.split(/ {2,}/));
    const keys = rows.map((row) =>
      Object.fromEntries(titles.map((title, at) => [title, row[at] === '-' ? null : row[at]])),
    );
    expect(keys.length).toBeGreaterThan(1);
    const listed = {
      state: '',
      use: '',
      createdAt: '',
      activatedAt: '',
      retiringAt: '',
      createdBy: '',
      kid: '',
    };
    expect(
      renderKeys({ keys: [listed] })
        .split('\n')[0]
        ?.split(/ +/),
    ).toEqual(titles);
    expect(renderKeys({ keys })).toBe(shown);
  });

  it.each([
    [['rotate', 'oidc'], '/keys/oidc/rotate'],
    [['activate', 'kid-1'], '/keys/kid-1/activate'],
    [['retire', 'kid-1'], '/keys/kid-1/retire'],
  ])('turns %j into a request with its reason', (words, path) => {
    expect(keyRequest(words, because)).toEqual({
      ok: true,
      request: { method: 'POST', path, body: { reason: 'yearly rotation' } },
    });
  });

  it('passes the emergency on', () => {
    const asked = keyRequest(['rotate', 'oidc'], { reason: 'leak', force: true });
    expect(asked.ok && asked.request.body).toEqual({ reason: 'leak', force: true });
  });

  it.each([[null], [''], ['   '], ['x'.repeat(501)]])('O14: changes nothing for the reason %j', (reason) => {
    expect(keyRequest(['retire', 'kid-1'], { reason, force: false }).ok).toBe(false);
  });

  it.each([
    [['rotate', 'saml']],
    [['retire']],
    [['retire', '../apps']],
    [['destroy', 'x']],
    [['list', 'all']],
    [['retire', 'a', 'b']],
  ])('refuses %j', (words) => {
    expect(keyRequest(words, because).ok).toBe(false);
  });
});

describe('finding the machine interface', () => {
  const query = { environment: 'local', url: null, givenToken: null, project: '/p', secretsFolder: '/s' };
  const files: Readonly<Record<string, string>> = {
    '/p/.dev.vars': 'ADMIN_TOKEN=local-token\n',
    '/p/deploy/production.json': JSON.stringify({
      issuer: 'https://idp.agency.gov/',
      mail_from: 'a@agency.gov',
    }),
    '/s/production.secrets.json': JSON.stringify({ ADMIN_TOKEN: 'kept-token' }),
  };
  const read = (path: string): string | null => files[path] ?? null;

  it('uses .dev.vars on a laptop', () => {
    expect(findAdmin({ ...query, read })).toEqual({
      ok: true,
      access: { base: 'http://localhost:8787/api/admin/v1', token: 'local-token' },
    });
  });

  it('uses the environment file and the kept secrets elsewhere', () => {
    expect(findAdmin({ ...query, environment: 'production', read })).toEqual({
      ok: true,
      access: { base: 'https://idp.agency.gov/api/admin/v1', token: 'kept-token' },
    });
  });

  it('prefers the token it was given', () => {
    const found = findAdmin({ ...query, environment: 'production', givenToken: 'given', read });
    expect(found.ok && found.access.token).toBe('given');
  });

  it.each([['http://idp.agency.gov/'], ['http://localhost.evil.example/'], ['ftp://localhost/']])(
    'does not send a token to %s',
    (url) => {
      expect(findAdmin({ ...query, url, read }).ok).toBe(false);
    },
  );

  it('says what is missing', () => {
    expect(findAdmin({ ...query, environment: 'staging', read }).ok).toBe(false);
    expect(findAdmin({ ...query, environment: 'moon', read }).ok).toBe(false);
    expect(findAdmin({ ...query, read: () => null }).ok).toBe(false);
  });
});

describe('showing keys', () => {
  it('makes a table with dates people can read, whatever the case of the names', () => {
    const key = {
      kid: 'k1',
      use: 'oidc',
      state: 'active',
      activatedAt: 1_795_305_600_000,
      retiring_at: null,
    };
    expect(renderKeys({ keys: [key] }).split('\n')).toEqual([
      'state   use   activated_at       retiring_at  kid',
      'active  oidc  2026-11-22T00:00Z  -            k1',
    ]);
  });

  it('shows anything else as it is', () => {
    expect(renderKeys({ kid: 'k2', state: 'pending' })).toContain('"pending"');
    expect(renderKeys([])).toBe('No keys yet.');
  });
});
