import type { sandbox as english } from '../en/sandbox.ts';
import type { Translation } from '../translation.ts';

export const sandbox = {} as const satisfies Translation<typeof english>;
