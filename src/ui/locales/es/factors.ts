import type { factors as english } from '../en/factors.ts';
import type { Translation } from '../translation.ts';

export const factors = {} as const satisfies Translation<typeof english>;
