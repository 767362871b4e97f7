import { printed, run } from './support/command.ts';
import { PROJECT, WRANGLER } from './support/project.ts';
import { runScript, Stop } from './support/stop.ts';

/**
 * Writes `src/env.d.ts`, the types of every binding in wrangler.toml. Variables are typed as strings, not as their
 * present values, since every environment has its own. Throws {@link Stop} when wrangler refuses the configuration.
 */
export async function generateTypes(): Promise<void> {
  const made = await run(
    process.execPath,
    [
      ...WRANGLER,
      'types',
      'src/env.d.ts',
      '--include-runtime=false',
      '--strict-vars=false',
      '--env-file',
      '.env.types',
    ],
    { cwd: PROJECT },
  );
  if (made.code !== 0) throw new Stop(printed(made));
}

if (import.meta.main) {
  await runScript(async () => {
    await generateTypes();
    return 0;
  });
}
