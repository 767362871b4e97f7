import type { saml as english } from '../en/saml.ts';
import type { Translation } from '../translation.ts';

export const saml = {} as const satisfies Translation<typeof english>;
