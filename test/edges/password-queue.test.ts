import { describe, expect, it } from 'vitest';
import { PASSWORD_COST } from '../../src/accounts/rules/password-record.ts';
import { faultResponse } from '../../src/edge.tsx';
import { PasswordQueueFull, passwords } from '../../src/platform/passwords.ts';
import { signInRoutes } from '../../src/signin/endpoints/routes.ts';
import { anApp, aWorld, get, post } from '../rules/pages/a-hall.ts';
import { readForms } from '../support/browser.ts';
import { testKeys } from '../support/sessions.ts';

describe('PI-14 more passwords at once than an isolate can derive', { timeout: 60_000 }, () => {
  it('wait in a short queue; the rest is refused, and none is derived at a lower cost', async () => {
    const port = passwords(testKeys(), 'production', undefined);
    const made = await Promise.allSettled(
      Array.from({ length: 30 }, () => port.make('somebody', 'a password')),
    );
    const records = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value.record] : []));
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(records.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) expect(reason).toBeInstanceOf(PasswordQueueFull);
    const { ln, r, p } = PASSWORD_COST;
    expect(ln, 'N=2^14 at least').toBeGreaterThanOrEqual(14);
    for (const record of records) expect(record).toContain(`ln=${ln},r=${r},p=${p}`);
    expect((await port.make('somebody', 'a password')).record, 'later there is room again').toContain(
      `ln=${ln}`,
    );
  });

  it('are those of unknown addresses, too: each costs one derivation (AE-2)', async () => {
    const port = passwords(testKeys(), 'test', '10');
    const checked = await Promise.allSettled(
      Array.from({ length: 30 }, () => port.verify(null, null, 'a password')),
    );
    const refused = checked.filter(({ status }) => status === 'rejected');
    expect(refused.length, 'there was no room for all of them').toBeGreaterThan(0);
    for (const one of checked) if (one.status === 'fulfilled') expect(one.value.matches).toBe(false);
  });

  it('are answered 503 with a time to come back, and nobody is signed in', async () => {
    const world = aWorld();
    const { email, password } = { email: 'pat@mailbox.test', password: 'a password' };
    const verify = async (): Promise<never> => {
      throw new PasswordQueueFull('too many password derivations');
    };
    const hall = {
      ...world.hall,
      accounts: { ...world.hall.accounts, findByEmail: async () => null },
      passwords: { ...world.hall.passwords, verify },
    };
    const app = anApp(signInRoutes(hall));
    app.onError((error, c) => faultResponse(c, hall, error));
    const page = await get(app, '/');
    const [form] = readForms(await page.text()).filter(({ names }) => names.has('password'));
    const cookie = page.headers
      .getSetCookie()
      .map((line) => line.split(';')[0] ?? '')
      .join('; ');
    const fields = { ...Object.fromEntries(form?.values ?? []), email, password };
    const answer = await post(app, '/', cookie, fields);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.getSetCookie().join()).not.toMatch(/session=[^;]/);
  });
});
