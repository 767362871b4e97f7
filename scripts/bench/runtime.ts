import { createRequire } from 'node:module';
import { isRecord } from '../support/record.ts';
import { Stop } from '../support/stop.ts';

/** The runtime that wrangler brings along: the path of its program. */
export function runtime(): string {
  const workerd: unknown = createRequire(createRequire(import.meta.url).resolve('wrangler'))('workerd');
  if (!isRecord(workerd) || typeof workerd.default !== 'string') throw new Stop('workerd is not installed');
  return workerd.default;
}
