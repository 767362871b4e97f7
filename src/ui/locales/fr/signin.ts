import type { signin as english } from '../en/signin.ts';
import type { Translation } from '../translation.ts';

export const signin = {} as const satisfies Translation<typeof english>;
