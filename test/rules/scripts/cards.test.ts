import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../scripts/support/command.ts';
import { PROJECT } from '../../../scripts/support/project.ts';

const cards = (...args: readonly string[]) =>
  run(process.execPath, [join(PROJECT, 'scripts/cards.ts'), ...args], { cwd: PROJECT });

describe('node scripts/cards.ts', () => {
  it('explains itself', async () => {
    const { code, stdout } = await cards('--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: node scripts\/cards\.ts issue/);
  });

  it.each([[[]], [['issue', '--bogus']], [['revoke']]])('refuses %j with its usage', async (args) => {
    const { code, stderr } = await cards(...args);
    expect(code).toBe(1);
    expect(stderr).toContain('Usage: node scripts/cards.ts issue');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
