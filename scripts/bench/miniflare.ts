import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PROJECT } from '../support/project.ts';

export async function serveInMiniflare(
  folder: string,
  port: number,
  compatibilityDate: string,
  text: Readonly<Record<string, string>>,
): Promise<{ readonly ended: Promise<unknown>; readonly stop: () => void }> {
  throw new Error(`not yet ${folder} ${port} ${compatibilityDate} ${Object.keys(text).length} ${PROJECT} ${mkdirSync} ${readFileSync} ${createRequire} ${join}`);
}
