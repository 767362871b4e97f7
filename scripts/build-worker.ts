/**
 * Bundles the Worker of one environment into `dist/bundle/NAME`. wrangler runs it before it deploys or weighs that
 * environment ([env.NAME.build] in wrangler.toml) and takes what it finds there as it is.
 *
 *   node scripts/build-worker.ts sandbox|staging|production
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENTS, isEnvironment } from './cloud/environment-file.ts';
import { bundleWorker } from './support/bundle-worker.ts';
import { printed, run } from './support/command.ts';
import { PROJECT } from './support/project.ts';
import { runScript, Stop } from './support/stop.ts';

await runScript(async () => {
  const environment = process.argv[2] ?? '';
  if (!isEnvironment(environment)) throw new Stop(`Name an environment: ${ENVIRONMENTS.join(', ')}.`);
  // wrangler looks for the assets next, and a fresh checkout has none.
  if (!existsSync(join(PROJECT, 'dist', 'assets'))) {
    const built = await run(process.execPath, [join(PROJECT, 'scripts', 'build-assets.ts')], {
      cwd: PROJECT,
    });
    if (built.code !== 0) throw new Stop(`The assets could not be built:\n${printed(built)}`);
  }
  const folder = join(PROJECT, 'dist', 'bundle', environment);
  const fresh = join(PROJECT, 'dist', 'bundle', `.${environment}-${process.pid}`);
  try {
    await bundleWorker({
      entry: join(PROJECT, 'src', 'worker.ts'),
      folder: fresh,
      file: 'worker.js',
      sandbox: environment === 'sandbox',
    });
    // File by file, so that whoever reads the folder meanwhile never finds it empty.
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(folder, name));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return 0;
});
