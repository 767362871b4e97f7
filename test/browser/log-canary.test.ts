import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { expectNobodyInLines, keepOut, keptOut, letIn } from '../support/heard-lines.ts';
import { aPerson, enterPassword } from './support/people.ts';
import { sharedLines } from './support/shared-log.ts';
import { profiles, world } from './support/world.ts';

const newProfile = profiles();

describe('O23 the canary of the whole suite, over the log that all files share', () => {
  const told = (): number => sharedLines().filter((line) => line.includes('passkey_failed')).length;
  let before = 0;
  beforeEach(async () => {
    before = told();
    const answer = await fetch(new URL('/api/logger', world.issuer), {
      method: 'POST',
      body: JSON.stringify({ event: 'passkey_failed' }),
    });
    expect(answer.status).toBe(200);
    await expect.poll(told, { timeout: 10_000 }).toBe(before + 1);
  });

  it('lets such a line pass', () => {
    expect(() => expectNobodyInLines(false)).not.toThrow();
  });

  it.fails('fails a test after which a line of the server holds what it must not', () => {
    keepOut(['passkey_failed']);
    onTestFinished(() => letIn('passkey_failed'));
  });

  it('keeps out what somebody got, typed and was given to keep', async () => {
    const context = await newProfile();
    const page = await context.newPage();
    const person = await aPerson(world);
    await page.goto(world.issuer);
    await enterPassword(page, person);
    const cookies = await context.cookies();
    await context.close();
    const session = cookies.find(({ name }) => name.endsWith('gh_session'))?.value;
    expect(keptOut()).toEqual(expect.arrayContaining([person.backupCode(), person.password, session]));
  });
});
