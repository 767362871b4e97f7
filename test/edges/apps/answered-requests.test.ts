import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../src/kernel/time.ts';
import { answeredRequestsIn, pruneAnswered } from '../../../src/platform/d1/answered-requests.ts';
import { oneDatabase } from '../../../src/platform/d1/database.ts';
import { servedHere } from '../../support/isolate.ts';

const NOW = Date.UTC(2026, 5, 1);
const ANSWER = { status: 201, headers: { ETag: '"1"' }, body: '{}' };
const pick = oneDatabase(env.DB);
const answered = answeredRequestsIn(pick);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

describe('M3 Idempotency-Key in D1', () => {
  it('of many at once one runs, and all others get its answer once there is one', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => answered.begin('race', 'request', NOW)));
    expect(all.filter(({ kind }) => kind === 'new')).toHaveLength(1);
    expect(all.filter(({ kind }) => kind === 'running')).toHaveLength(9);
    await answered.finish('race', ANSWER);
    expect(await answered.begin('race', 'request', NOW)).toEqual({ kind: 'answered', answer: ANSWER });
    expect(await answered.begin('race', 'another', NOW)).toEqual({ kind: 'other' });
  });

  it('a released key is free; an answered one is not released', async () => {
    await answered.begin('free', 'request', NOW);
    await answered.release('free');
    expect(await answered.begin('free', 'another', NOW)).toEqual({ kind: 'new' });
    await answered.finish('free', ANSWER);
    await answered.release('free');
    expect(await answered.begin('free', 'another', NOW)).toEqual({ kind: 'answered', answer: ANSWER });
  });

  it('a request that was cut off holds its key for a minute, an answer stays for a day', async () => {
    await answered.begin('cut', 'request', NOW);
    expect(await answered.begin('cut', 'request', NOW + MINUTE - 1)).toEqual({ kind: 'running' });
    expect(await answered.begin('cut', 'request', NOW + MINUTE)).toEqual({ kind: 'new' });
    await answered.finish('cut', ANSWER);
    expect((await answered.begin('cut', 'request', NOW + DAY)).kind).toBe('answered');
    expect(await answered.begin('cut', 'request', NOW + MINUTE + DAY)).toEqual({ kind: 'new' });
  });

  it('answers leave the database after a day', async () => {
    await answered.begin('old', 'request', NOW - DAY);
    await answered.begin('young', 'request', NOW - DAY + 1);
    await pruneAnswered(pick, NOW);
    const { results } = await env.DB.prepare(
      "SELECT key FROM answered_requests WHERE key IN ('old', 'young')",
    ).all();
    expect(results).toEqual([{ key: 'young' }]);
  });

  it('the Worker makes one app of one request sent many times', async () => {
    const worker = servedHere(env);
    const send = () =>
      worker.api(
        'POST',
        '/api/admin/v1/apps',
        {
          issuer: 'urn:test:once',
          friendly_name: 'Once',
          identity_protocol: 'openid_connect_pkce',
          redirect_uris: ['https://once.test/cb'],
        },
        { 'idempotency-key': '0f1e2d3c-one-request' },
      );
    const at = await Promise.all([send(), send(), send(), send()]);
    const statuses = at.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(201);
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
    const again = await send();
    expect(again.status).toBe(201);
    expect(await again.json()).toMatchObject({ issuer: 'urn:test:once' });
    expect(again.headers.get('location')).toMatch(/^\/api\/admin\/v1\/apps\//);
    const rows = await env.DB.prepare("SELECT action FROM audit WHERE action = 'create'").all();
    expect(rows.results).toHaveLength(1);
    const kept = await env.DB.prepare('SELECT key FROM answered_requests').all<{ key: string }>();
    expect(kept.results.map(({ key }) => key).join()).not.toContain('one-request');
  });
});
