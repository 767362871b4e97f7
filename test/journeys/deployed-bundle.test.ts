import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorker, type TestWorker } from '../support/worker.ts';

/** Says what a bundle holds, once a Worker was started from it. */
const bundled = (environment: string): string =>
  readFileSync(join(import.meta.dirname, '../../dist/bundle', environment, 'worker.js'), 'utf8');

const YAML = `
shared: &shared
  team: "1"
apps:
  urn:gov:example:yaml:
    <<: *shared
    app_name: From YAML
    count: 0x10
`;

describe('the bundle that is deployed to the sandbox', () => {
  let worker: TestWorker;
  beforeAll(async () => {
    worker = await startWorker({ GH_ENV: 'sandbox' }, 'sandbox');
  });
  afterAll(() => worker.close());

  it.each(['/', '/es', '/fr', '/zh', '/developers', '/developers/support/', '/sandbox', '/sandbox/saml'])(
    'draws %s',
    async (path) => {
      const page = await worker.fetch(path);
      const html = await page.text();
      expect(page.status).toBe(200);
      expect(html).toMatch(/^<!DOCTYPE html><html lang="(en|es|fr|zh)">/);
      expect(html).toMatch(/<h1[ >]/);
      expect(html).not.toMatch(/\[object |undefined/);
    },
  );

  it.each(['/.well-known/openid-configuration', '/api/openid_connect/certs', '/api/health'])(
    'publishes %s',
    async (path) => {
      const answer = await worker.fetch(path);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toBeTypeOf('object');
    },
  );

  it('makes test accounts', async () => {
    const made = await worker.api('POST', '/api/sandbox/v1/accounts', { factors: ['totp'] });
    expect(made.status).toBe(201);
    expect(await made.json()).toHaveProperty('email');
  });

  it('reads YAML with anchors, merges and numbers', async () => {
    const answer = await worker.fetch('/api/admin/v1/apps/import?dry_run=true', {
      method: 'POST',
      headers: { authorization: 'Bearer test-admin-token', 'content-type': 'application/yaml' },
      body: YAML,
    });
    const said = await answer.text();
    expect(said).toContain('urn:gov:example:yaml');
    expect(said).not.toContain('not plain YAML');
  });
});

describe('the bundle that is deployed to production', () => {
  it('serves no environment with test accounts, whatever its variables say', async () => {
    const worker = await startWorker({ GH_ENV: 'sandbox' }, 'production');
    try {
      for (const path of ['/', '/sandbox', '/api/health']) {
        const answer = await worker.fetch(path);
        expect(answer.status).toBe(500);
        expect(await answer.text()).toContain('GH_ENV must not be sandbox');
      }
      // What only the machine interface for tests reads.
      expect(bundled('sandbox')).toContain('advance_seconds');
      expect(bundled('production')).not.toContain('advance_seconds');
    } finally {
      await worker.close();
    }
  });
});
