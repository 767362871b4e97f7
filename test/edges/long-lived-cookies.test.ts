import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson, walk } from '../support/people.ts';
import { ORIGIN, type Served } from '../support/served.ts';

const worker = servedHere(env);
const lines: string[] = [];
const watched: Served = {
  ...worker,
  fetch: async (...asked) => {
    const answer = await worker.fetch(...asked);
    lines.push(...answer.headers.getSetCookie());
    return answer;
  },
};

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

const DAYS = 86_400;
const lineOf = (name: string): string => lines.findLast((line) => line.split('=')[0]?.endsWith(name)) ?? '';

describe('HD-3 what stays in a browser', () => {
  it('is its own name, that it is remembered, and how the box stood', async () => {
    const browser = new Browser(watched);
    await browser.open(ORIGIN);
    await walk(browser, await aPerson(worker), { remember: true });
    expect(lineOf('gh_device')).toMatch(/=[0-9a-f]{128};/);
    for (const [name, days] of [
      ['gh_device', 730],
      ['gh_remember', 30],
      ['gh_remember_choice', 365],
    ] as const) {
      const line = lineOf(name);
      expect(Number(/Max-Age=(\d+)/.exec(line)?.[1]) / DAYS, name).toBeCloseTo(days, 0);
      expect(line, name).toMatch(/HttpOnly/);
      expect(line, name).toMatch(/SameSite=Lax/);
    }
  });

  it('is nothing that opens the session once the browser is closed (SE-1)', () => {
    expect(lineOf('gh_session')).toMatch(/HttpOnly/);
    expect(lineOf('gh_session')).not.toMatch(/Max-Age|Expires/i);
  });
});
