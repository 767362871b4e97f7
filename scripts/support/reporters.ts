/**
 * Reporters of a test suite: the usual one, and with `GATEHOUSE_RESULTS` set to a folder also a JSON report named
 * after the suite in it, from which `.ci/run` counts.
 */
export function reporters(suite: string): { reporters: string[]; outputFile?: { json: string } } {
  const folder = process.env.GATEHOUSE_RESULTS;
  if (!folder) return { reporters: ['default'] };
  return { reporters: ['default', 'json'], outputFile: { json: `${folder}/${suite}.json` } };
}
