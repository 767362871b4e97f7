import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_DICTIONARY } from '../src/developers/errors.ts';
import { errorsMarkdown } from '../src/developers/errors-markdown.ts';
import { PROJECT } from './support/project.ts';

/** Writes docs/errors.md from the error dictionary; a test fails when the committed file says something else. */
writeFileSync(join(PROJECT, 'docs', 'errors.md'), errorsMarkdown(ERROR_DICTIONARY));
