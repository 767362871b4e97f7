import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { apiDescription } from '../src/apps/openapi-documents.ts';

/** Writes docs/openapi.json in the house's format; a test fails when the committed file says something else. */
const target = `${import.meta.dirname}/../docs/openapi.json`;
writeFileSync(target, JSON.stringify(apiDescription('sandbox'), null, 2));
execFileSync(`${import.meta.dirname}/../node_modules/.bin/biome`, ['format', '--write', target], {
  stdio: 'ignore',
});
