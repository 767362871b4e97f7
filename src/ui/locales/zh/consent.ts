import type { consent as english } from '../en/consent.ts';
import type { Translation } from '../translation.ts';

export const consent = {} as const satisfies Translation<typeof english>;
