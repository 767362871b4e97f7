/** An expected end of a script: a sentence for the person at the terminal, no stack trace. */
export class Stop extends Error {}

/** Runs a script's main function; a {@link Stop} prints its sentence and exits 1, a bug keeps its stack trace. */
export async function runScript(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
